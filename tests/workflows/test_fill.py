"""Filling a form: values, defaults, bypass and drawn seeds, into a copy of the graph."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cozygen.errors import UnprocessableError
from cozygen.workflows.build_form import build_form
from cozygen.workflows.bypass import bypass
from cozygen.workflows.form import Field, Form, Target
from cozygen.workflows.graph import Graph, dangling_links
from cozygen.workflows.inject import complete, inject
from cozygen.workflows.node_info import NoNodeInfo
from cozygen.workflows.seeds import Before, counted_from, draw, draw_values
from tests.workflows.graphs import FakeChoices, FakeNodes, dynamic, node, text_to_image


def field(name: str, kind: Any, default: Any, **more: Any) -> Field:
    return Field(name, name, kind, default, (Target("1", name),), **more)


NUMBER = field("n", "number", 0.5, minimum=0.0, maximum=1.0)
WHOLE = field("i", "integer", 3, minimum=1, maximum=2**64 - 1)
CHOICE = field("c", "choice", "a", choices=("a", "b"))
FORM = Form("cozygen", (NUMBER, WHOLE, CHOICE, field("b", "boolean", False), field("t", "text", "x")))


def test_missing_names_take_their_defaults_and_unknown_ones_are_told() -> None:
    values, unknown = complete(FORM, {"i": "7", "b": "yes", "extra": 1, "t": None})
    assert values == {"n": 0.5, "i": 7, "c": "a", "b": True, "t": "x"}
    assert unknown == ["extra"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", "much"),
        ("n", 1.01),
        ("n", -1),
        ("n", float("nan")),
        ("n", [1]),
        ("n", True),
        ("i", 0),
        ("i", 2**64),
        ("i", 1.5),
        ("i", "1.5"),
        ("i", ""),
        ("i", "１"),
        ("i", "9" * 5000),
        ("c", "z"),
        ("c", 3),
        ("b", "perhaps"),
        ("b", 2),
        ("t", 7),
        ("t", {}),
    ],
)
def test_a_value_that_does_not_fit_is_named_by_its_field(name: str, value: Any) -> None:
    with pytest.raises(UnprocessableError) as refused:
        complete(FORM, {name: value})
    assert refused.value.error == "invalid_values"
    assert list((refused.value.details or {})["fields"]) == [name]


@pytest.mark.parametrize("seed", [2**53 + 1, str(2**53 + 1), 2**64 - 1, str(2**64 - 1)])
def test_big_seeds_arrive_exactly_as_number_or_text(seed: Any) -> None:
    values, _unknown = complete(FORM, {"i": seed})
    assert values["i"] == int(seed)


def test_the_graph_itself_is_never_changed() -> None:
    graph = text_to_image()
    before = copy.deepcopy(graph)
    form = Form("titles", (Field("seed", "seed", "integer", 1, (Target("3", "seed"),)),))
    assert inject(graph, form, {"seed": 9})["3"]["inputs"]["seed"] == 9
    assert graph == before


async def test_a_forms_own_defaults_give_back_the_graphs_own_values() -> None:
    graph = text_to_image()
    form = await build_form(graph, None, FakeNodes(), FakeChoices())
    values, _unknown = complete(form, {})
    assert inject(graph, form, values) == graph


LITERAL = st.one_of(
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text(max_size=20),
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), LITERAL, max_size=6))
async def test_defaults_of_any_plain_node_reproduce_it(inputs: dict[str, Any]) -> None:
    graph: Graph = {"1": {"class_type": "Anything", "inputs": inputs}}
    form = await build_form(graph, None, NoNodeInfo(), FakeChoices())
    values, _unknown = complete(form, {})
    assert inject(graph, form, values) == graph


# --- bypass ------------------------------------------------------------------


def with_loras(count: int) -> Graph:
    """Checkpoint → LoRA loaders in a row → sampler and text encoders."""
    graph = text_to_image()
    model: list[Any] = ["4", 0]
    clip: list[Any] = ["4", 1]
    for number in range(count):
        lora, control = f"l{number}", f"c{number}"
        graph[control] = dynamic(f"LoRA {number}", "DROPDOWN", "a.safetensors", display_bypass=True)
        graph[lora] = node(
            "LoraLoader",
            model=model,
            clip=clip,
            lora_name=[control, 0],
            strength_model=1.0,
            strength_clip=1.0,
        )
        model, clip = [lora, 0], [lora, 1]
    graph["3"]["inputs"]["model"] = model
    graph["6"]["inputs"]["clip"] = graph["7"]["inputs"]["clip"] = clip
    return graph


async def bypassed(graph: Graph, *names: str, nodes: Any = None) -> Graph:
    source = nodes or FakeNodes()
    form = await build_form(graph, None, source, FakeChoices())
    return await bypass(graph, form, names, source)


async def test_a_bypassed_lora_leaves_no_trace() -> None:
    lean = await bypassed(with_loras(1), "LoRA 0")
    assert lean == text_to_image()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
async def test_a_chain_can_be_bypassed_in_any_order(order: tuple[int, ...]) -> None:
    lean = await bypassed(with_loras(3), *(f"LoRA {number}" for number in order))
    assert lean == text_to_image()


async def test_the_middle_of_a_chain_goes_and_its_neighbours_meet() -> None:
    lean = await bypassed(with_loras(3), "LoRA 1")
    assert lean["l2"]["inputs"]["model"] == ["l0", 0]
    assert lean["l2"]["inputs"]["clip"] == ["l0", 1]
    assert "l1" not in lean
    assert "c1" not in lean
    assert dangling_links(lean) == []


async def test_a_consumer_with_another_input_name_is_matched_by_type() -> None:
    graph = with_loras(1)
    graph["m"] = node("ModelMerge", base_model=["l0", 0], other_model=["4", 0])
    lean = await bypassed(graph, "LoRA 0")
    assert lean["m"]["inputs"]["base_model"] == ["4", 0]


async def test_two_conditionings_keep_their_sides() -> None:
    graph = text_to_image()
    graph["c"] = dynamic("Net", "DROPDOWN", "c.safetensors", display_bypass=True)
    graph["cn"] = node("ControlNetLoader", control_net_name=["c", 0])
    graph["img"] = node("LoadImage", image="a.png")
    graph["s"] = dynamic("Strength", "FLOAT", "1", display_bypass=True)
    graph["ca"] = node(
        "ControlNetApplyAdvanced",
        positive=["6", 0],
        negative=["7", 0],
        control_net=["cn", 0],
        image=["img", 0],
        strength=["s", 0],
    )
    graph["3"]["inputs"].update(positive=["ca", 0], negative=["ca", 1])
    lean = await bypassed(graph, "Strength")
    assert lean["3"]["inputs"]["positive"] == ["6", 0]
    assert lean["3"]["inputs"]["negative"] == ["7", 0]
    assert "s" not in lean


async def test_strength_controllers_go_with_their_node() -> None:
    graph = with_loras(1)
    graph["st"] = dynamic("Strength", "FLOAT", "1")
    graph["l0"]["inputs"]["strength_model"] = ["st", 0]
    assert await bypassed(graph, "LoRA 0") == text_to_image()


async def test_one_controller_of_two_nodes_switches_both_off() -> None:
    graph = with_loras(2)
    graph["l1"]["inputs"]["lora_name"] = ["c0", 0]
    del graph["c1"]
    assert await bypassed(graph, "LoRA 0") == text_to_image()


async def test_without_a_host_equal_names_still_match() -> None:
    assert await bypassed(with_loras(1), "LoRA 0", nodes=NoNodeInfo()) == text_to_image()


async def test_where_nothing_passes_through_the_strength_goes_to_zero() -> None:
    graph = with_loras(1)
    graph["l0"]["inputs"].pop("clip")
    lean = await bypassed(graph, "LoRA 0")
    assert lean["l0"]["inputs"]["strength_model"] == 0.0
    assert lean["6"]["inputs"]["clip"] == ["l0", 1], "the node stays, without effect"


async def test_what_cannot_be_bypassed_is_refused_by_its_field() -> None:
    graph = text_to_image()
    graph["c"] = node(
        "CozyGenChoiceInput", param_name="Model", choice_type="checkpoints", display_bypass=True
    )
    graph["4"]["inputs"]["ckpt_name"] = ["c", 0]
    before = copy.deepcopy(graph)
    with pytest.raises(UnprocessableError) as refused:
        await bypassed(graph, "Model")
    assert refused.value.error == "cannot_bypass"
    assert (refused.value.details or {})["field"] == "Model"
    assert graph == before


async def test_an_unknown_name_bypasses_nothing() -> None:
    assert await bypassed(with_loras(1), "LoRA 9") == with_loras(1)


# --- seeds -------------------------------------------------------------------

SEED = field("seed", "integer", 1, minimum=0, maximum=2**64 - 1)


def test_a_random_seed_is_within_what_every_client_shows() -> None:
    drawn = [draw(SEED, Random(number)) for number in range(200)]
    assert all(isinstance(seed, int) and 0 <= seed <= 2**53 - 1 for seed in drawn)
    assert len(set(drawn)) == 200


@given(st.integers(-100, 100), st.integers(0, 200), st.integers())
def test_drawn_values_keep_to_the_limits(low: int, span: int, dice: int) -> None:
    whole = field("i", "integer", low, minimum=low, maximum=low + span)
    number = field("n", "number", low, minimum=float(low), maximum=float(low + span))
    assert low <= draw(whole, Random(dice)) <= low + span
    assert low <= draw(number, Random(dice)) <= low + span


def test_modes_fixed_random_and_increment() -> None:
    form = Form("cozygen", (SEED, field("t", "text", "x")))
    values: dict[str, Any] = {"seed": 10, "t": "x"}

    def run(mode: Any, number: int) -> Any:
        return draw_values(form, values, {"seed": mode, "t": mode}, run=number, dice=Random(1))["seed"]

    assert [run("fixed", number) for number in range(3)] == [10, 10, 10]
    assert [run("increment", number) for number in range(3)] == [10, 11, 12]
    assert run("random", 0) != 10
    assert values == {"seed": 10, "t": "x"}


def test_the_last_value_is_used_again_while_it_fits() -> None:
    form = Form("cozygen", (WHOLE, NUMBER, CHOICE))
    values: dict[str, Any] = {"i": 3, "n": 0.5, "c": "a"}
    modes: dict[str, Any] = {"i": "last", "n": "last", "c": "last"}
    before = Before({"i": str(2**64 - 1), "n": 7.0, "c": "b"})
    drawn = draw_values(form, values, modes, run=2, dice=Random(1), before=before)
    assert drawn == {"i": 2**64 - 1, "n": 0.5, "c": "a"}, "0 to 1 for n; a choice is not drawn"


@given(st.integers(0, 50), st.integers(0, 5), st.integers(1, 5))
def test_orders_of_any_size_count_without_a_gap(start: int, first: int, then: int) -> None:
    form = Form("cozygen", (SEED,))
    modes: dict[str, Any] = {"seed": "increment"}

    def order(count: int, before: Before) -> list[Any]:
        return [
            draw_values(form, {"seed": start}, modes, run=run, dice=Random(), before=before)["seed"]
            for run in range(count)
        ]

    counted = order(first + 1, Before())
    counted += order(then, Before({"seed": counted[-1]}, counted_from({"seed": start}, modes)))
    assert counted == list(range(start, start + first + 1 + then))


def test_counting_up_starts_over_at_the_end() -> None:
    small = field("i", "integer", 9, minimum=1, maximum=10)
    form = Form("cozygen", (small,))
    counted = [draw_values(form, {"i": 9}, {"i": "increment"}, run=n, dice=Random())["i"] for n in range(4)]
    assert counted == [9, 10, 1, 2]
