"""Forms from CozyGen's own nodes, as real exported graphs write them."""

from __future__ import annotations

from typing import Any

import pytest

from cozygen.workflows.build_form import build_form
from cozygen.workflows.form import Form, as_json
from cozygen.workflows.graph import Graph
from tests.workflows.graphs import FakeChoices, FakeNodes, dynamic, node, text_to_image

LORAS = ("a.safetensors", "styles/b.safetensors")


async def form_of(graph: Graph, **lists: tuple[str, ...]) -> Form:
    return await build_form(graph, None, FakeNodes(), FakeChoices(loras=LORAS, **lists))


async def only_field(one: dict[str, Any], **lists: tuple[str, ...]) -> Any:
    form = await form_of({"1": one}, **lists)
    assert len(form.fields) == 1
    return form.fields[0]


async def test_fields_stand_by_priority_and_ties_keep_the_graphs_order() -> None:
    form = await form_of(
        {
            "1": dynamic("Model", "STRING", "m", priority=1),
            "2": dynamic("Prompt", "STRING", "p", priority=0),
            "3": dynamic("Steps", "INT", "20", priority=1),
            "4": dynamic("No priority", "STRING", ""),
        }
    )
    assert [field.name for field in form.fields] == ["Prompt", "No priority", "Model", "Steps"]
    assert form.source == "cozygen"


@pytest.mark.parametrize(
    ("inputs", "minimum", "maximum", "step"),
    [
        ({"min_value": 1.0, "max_value": 50.0, "increment": 5}, 1, 50, 5),
        ({"min_value": 1, "max_value": 50, "step": 2}, 1, 50, 2),
        ({"min_value": 1, "max_value": 50, "increment": 0, "step": 0}, 1, 50, 1),
        ({"min": 3, "max": 9}, 3, 9, 1),
        ({"min_value": 0, "max_value": 0}, None, None, 1),
        ({"min_value": 9, "max_value": 3}, 3, 9, 1),
        ({"max_value": 18446744073709551615}, None, 18446744073709551615, 1),
        ({"min_value": "nonsense", "max_value": None}, None, None, 1),
        ({}, None, None, 1),
    ],
)
async def test_limits_and_step_are_read_under_all_their_names(
    inputs: dict[str, Any], minimum: Any, maximum: Any, step: Any
) -> None:
    field = await only_field(node("CozyGenIntInput", param_name="Steps", default_value=3, **inputs))
    assert (field.minimum, field.maximum, field.step) == (minimum, maximum, step)
    assert isinstance(field.step, int)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("INT", "7", 7),
        ("INT", "3.0", 3),
        ("INT", "3.7", 0),
        ("INT", "", 0),
        ("INT", "18446744073709551615", 18446744073709551615),
        ("FLOAT", "0.5", 0.5),
        ("FLOAT", "nan", 0.0),
        ("FLOAT", "x", 0.0),
        ("BOOLEAN", "true", True),
        ("BOOLEAN", "1", True),
        ("BOOLEAN", "False", False),
        ("BOOLEAN", "no", False),
        ("BOOLEAN", "nonsense", False),
        ("STRING", None, ""),
        ("STRING", "text", "text"),
    ],
)
async def test_defaults_are_valid_values_of_their_type(kind: str, raw: Any, value: Any) -> None:
    field = await only_field(dynamic("X", kind, raw))
    assert field.default == value
    assert type(field.default) is type(value)


async def test_a_default_outside_the_limits_is_moved_inside() -> None:
    field = await only_field(
        node("CozyGenIntInput", param_name="X", default_value=99, min_value=1, max_value=10)
    )
    assert field.default == 10


@pytest.mark.parametrize("key", ["Multiline", "multiline", "display_multiline"])
async def test_multiline_is_read_under_all_its_names(key: str) -> None:
    assert (await only_field(dynamic("Notes", "STRING", "", **{key: True}))).multiline
    assert not (await only_field(dynamic("Notes", "STRING", "", **{key: False}))).multiline


async def test_a_prompt_is_always_multiline() -> None:
    assert (await only_field(dynamic("My Prompt", "STRING", ""))).multiline


@pytest.mark.parametrize(
    ("inputs", "default"),
    [
        ({"default_choice": "styles/b.safetensors"}, "styles/b.safetensors"),
        ({"default_choice": "styles\\b.safetensors"}, "styles/b.safetensors"),
        ({"value": "a.safetensors", "default_choice": "styles/b.safetensors"}, "a.safetensors"),
        ({"default_choice": "None"}, "a.safetensors"),
        ({"default_choice": "gone.safetensors"}, "a.safetensors"),
        ({}, "a.safetensors"),
    ],
)
async def test_a_choice_keeps_what_was_chosen_if_it_still_exists(
    inputs: dict[str, Any], default: str
) -> None:
    field = await only_field(node("CozyGenChoiceInput", param_name="LoRA", choice_type="loras", **inputs))
    assert (field.kind, field.default, field.choices) == ("choice", default, LORAS)
    assert field.targets[0].input == "value"


async def test_a_choice_list_as_comma_separated_text_is_split() -> None:
    field = await only_field(dynamic("Size", "DROPDOWN", "big", choices="small, big ,huge"))
    assert (field.choices, field.default) == (("small", "big", "huge"), "big")


async def test_a_dropdown_takes_its_choices_from_what_it_feeds() -> None:
    graph = text_to_image()
    graph["10"] = dynamic("Sampler", "DROPDOWN", "heun")
    graph["3"]["inputs"]["sampler_name"] = ["10", 0]
    field = (await form_of(graph)).fields[0]
    assert (field.choices, field.default, field.role) == (("euler", "heun"), "heun", "sampler")


async def test_an_empty_choice_list_is_a_problem_and_not_a_crash() -> None:
    form = await form_of({"1": node("CozyGenChoiceInput", param_name="VAE", choice_type="vae")})
    assert [problem.code for problem in form.problems] == ["missing_node", "no_choices"] or [
        problem.code for problem in form.problems
    ] == ["no_choices"]


async def test_limits_come_from_the_fed_input_where_the_node_has_none() -> None:
    graph = text_to_image()
    graph["10"] = dynamic("Steps", "INT", "20")
    graph["3"]["inputs"]["steps"] = ["10", 0]
    field = (await form_of(graph)).fields[0]
    assert (field.minimum, field.maximum, field.role) == (1, 10000, "steps")


async def test_a_seed_can_be_random_without_being_told_so() -> None:
    graph = text_to_image()
    graph["10"] = dynamic("Noise", "INT", "1", max_value=18446744073709551615)
    graph["3"]["inputs"]["seed"] = ["10", 0]
    field = (await form_of(graph)).fields[0]
    assert (field.role, field.randomize) == ("seed", True)
    assert as_json(field)["max"] == "18446744073709551615", "too big for JavaScript, so it travels as text"


@pytest.mark.parametrize(("side", "role"), [("6", "positive"), ("7", "negative")])
async def test_prompts_know_their_side(side: str, role: str) -> None:
    graph = text_to_image()
    graph["10"] = node("CozyGenStringInput", param_name="Words", default_value="x")
    graph[side]["inputs"]["text"] = ["10", 0]
    assert (await form_of(graph)).fields[0].role == role


async def test_two_nodes_of_one_name_share_one_field() -> None:
    form = await form_of({"1": dynamic("Seed", "INT", "1"), "2": dynamic("Seed", "INT", "2")})
    assert [target.node_id for target in form.fields[0].targets] == ["1", "2"]


@pytest.mark.parametrize(
    ("inputs", "name"),
    [({"param_name": "  Picture "}, "Picture"), ({}, "Image Input"), ({"param_name": ""}, "Image Input")],
)
async def test_an_image_input_has_a_name(inputs: dict[str, Any], name: str) -> None:
    field = await only_field(node("CozyGenImageInput", image_filename="a.png", **inputs))
    assert (field.name, field.kind, field.default, field.targets[0].input) == (
        name,
        "image",
        "a.png",
        "image_filename",
    )


async def test_only_controllers_can_be_bypassed() -> None:
    yes = await only_field(
        node("CozyGenChoiceInput", param_name="L", choice_type="loras", display_bypass=True)
    )
    no = await only_field(node("CozyGenIntInput", param_name="N", default_value=1, display_bypass=True))
    assert (yes.bypass, no.bypass) == (True, False)


PAIR_FILES = (
    "motion-high.safetensors",
    "motion-low.safetensors",
    "sub/Run_HIGH.safetensors",
    "sub/Run_LOW.safetensors",
)


@pytest.mark.parametrize(
    ("high", "low", "strengths"),
    [
        ("Lora High - 1", "Lora Low - 1", ("Lora High Strength - 1", "Lora Low Strength - 1")),
        ("lora_high_1", "LORA-LOW-1", ("lora strength high 1", "lora_low_1_strength")),
    ],
)
async def test_a_high_and_a_low_lora_become_one_pair(high: str, low: str, strengths: tuple[str, str]) -> None:
    graph = {
        "1": dynamic(high, "DROPDOWN", PAIR_FILES[0], choice_type="loras"),
        "2": dynamic(low, "DROPDOWN", PAIR_FILES[1], choice_type="loras"),
        "3": dynamic(strengths[0], "FLOAT", "1"),
        "4": dynamic(strengths[1], "FLOAT", "1"),
    }
    form = await build_form(graph, None, FakeNodes(), FakeChoices(loras=PAIR_FILES))
    pair = form.fields[0]
    assert (pair.name, pair.kind, pair.default) == ("Video LoRA 1", "lora_pair", "Motion")
    assert pair.choices == ("Motion", "Run")
    assert [field.part_of for field in form.fields[1:]] == ["Video LoRA 1"] * 4


async def test_loras_without_partners_stay_plain_choices() -> None:
    graph = {
        "1": dynamic("Lora High - 1", "DROPDOWN", "", choice_type="loras"),
        "2": dynamic("Lora Low - 1", "DROPDOWN", "", choice_type="loras"),
    }
    form = await form_of(graph)
    assert [field.kind for field in form.fields] == ["choice", "choice"]
    assert not any(field.part_of for field in form.fields)
