"""The fields of a form as nodes: right types, and errors that name node and input instead of a silent 0."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cozygen.node_types.errors import NodeInputError
from cozygen.nodes import NODE_IDS, node_classes
from tests.host.node_stand_in import NodeStandIn

NUMBER = [
    "param_name",
    "priority",
    "default_value",
    "min_value",
    "max_value",
    "step",
    "add_randomize_toggle",
]
# What a graph saved with the predecessor says for every node: ids, input names, their order.
PREDECESSORS = {
    "CozyGenDynamicInput": ["param_name", "priority", "param_type", "default_value"],
    "CozyGenImageInput": ["param_name", "image_filename"],
    "CozyGenFloatInput": NUMBER,
    "CozyGenIntInput": NUMBER,
    "CozyGenStringInput": ["param_name", "priority", "default_value", "display_multiline"],
    "CozyGenChoiceInput": ["param_name", "priority", "choice_type", "default_choice", "display_bypass"],
    "CozyGenOutput": ["images", "filename_prefix"],
    "CozyGenVideoOutput": ["images", "frame_rate", "loop_count", "filename_prefix", "format", "pingpong"],
}
OUTPUTS = {
    "CozyGenDynamicInput": ("*",),
    "CozyGenImageInput": ("IMAGE", "MASK"),
    "CozyGenFloatInput": ("FLOAT",),
    "CozyGenIntInput": ("INT",),
    "CozyGenStringInput": ("STRING",),
    "CozyGenChoiceInput": ("*",),
    "CozyGenOutput": ("IMAGE",),
    "CozyGenVideoOutput": (),
}


@pytest.fixture
def host(tmp_path: Path) -> NodeStandIn:
    return NodeStandIn(tmp_path)


@pytest.mark.parametrize("node_id", PREDECESSORS)
def test_a_graph_of_the_predecessor_finds_its_inputs(host: NodeStandIn, node_id: str) -> None:
    inputs = node_classes(host)[node_id].INPUT_TYPES()  # type: ignore[attr-defined]  # every node has it
    names = [*inputs["required"], *inputs.get("optional", {})]
    assert names[: len(PREDECESSORS[node_id])] == PREDECESSORS[node_id]


@pytest.mark.parametrize("node_id", NODE_IDS)
def test_the_outputs_are_the_predecessors(host: NodeStandIn, node_id: str) -> None:
    assert OUTPUTS[node_id] == node_classes(host)[node_id].RETURN_TYPES  # type: ignore[attr-defined]  # every node has it


def test_the_dynamic_output_fits_every_input(host: NodeStandIn) -> None:
    star = node_classes(host)["CozyGenDynamicInput"].RETURN_TYPES[0]  # type: ignore[attr-defined]  # see above
    assert (star != "INT") is False  # ComfyUI compares types this way
    assert {star: 1}["*"] == 1


@pytest.mark.parametrize(
    ("param_type", "text", "value"),
    [
        ("INT", "20", 20),
        ("INT", " 20 ", 20),
        ("INT", "3.0", 3),
        ("INT", "1e3", 1000),
        ("INT", "-5", -5),
        ("INT", "18446744073709551615", 2**64 - 1),
        ("FLOAT", "0.25", 0.25),
        ("FLOAT", "1", 1.0),
        ("BOOLEAN", "TRUE", True),
        ("BOOLEAN", "1", True),
        ("BOOLEAN", "yes", True),
        ("BOOLEAN", "on", True),
        ("BOOLEAN", "false", False),
        ("BOOLEAN", "", False),
        ("STRING", "3.7", "3.7"),
        ("STRING", "", ""),
        ("DROPDOWN", "a\\b.safetensors", "a\\b.safetensors"),
    ],
)
def test_a_dynamic_field_gives_its_type(host: NodeStandIn, param_type: str, text: str, value: object) -> None:
    node = host.node("CozyGenDynamicInput")
    assert node.VALIDATE_INPUTS(param_type, text) is True
    (got,) = node.get_dynamic_value(param_type=param_type, default_value=text, param_name="x")
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ("param_type", "text"),
    [
        ("INT", "3.7"),
        ("INT", ""),
        ("INT", "abc"),
        ("INT", "nan"),
        ("INT", "inf"),
        ("INT", "1e99999"),
        ("INT", "0x10"),
        ("FLOAT", ""),
        ("FLOAT", "abc"),
        ("FLOAT", "nan"),
        ("FLOAT", "-inf"),
        ("BOOLEAN", "maybe"),
        ("BOOLEAN", "2"),
    ],
)
def test_what_is_no_value_of_the_type_is_named(host: NodeStandIn, param_type: str, text: str) -> None:
    node = host.node("CozyGenDynamicInput")
    refusal = node.VALIDATE_INPUTS(param_type, text)
    assert "CozyGen Dynamic Input, default_value" in refusal
    with pytest.raises(NodeInputError, match="CozyGen Dynamic Input, default_value"):
        node.get_dynamic_value(param_type=param_type, default_value=text)


@pytest.mark.parametrize(
    ("low", "high", "text"), [(1, 10, "0"), (1, 10, "11"), (0.0, 1.0, "1.01"), (-5, -1, "0")]
)
@pytest.mark.parametrize("param_type", ["INT", "FLOAT"])
def test_limits_hold(host: NodeStandIn, param_type: str, low: float, high: float, text: str) -> None:
    node = host.node("CozyGenDynamicInput")
    with pytest.raises(NodeInputError, match=r"allowed value|whole number"):
        node.get_dynamic_value(param_type=param_type, default_value=text, min_value=low, max_value=high)
    assert node.VALIDATE_INPUTS(param_type, text, low, high) is not True


@pytest.mark.parametrize(("low", "high"), [(0, 0), (None, None), (5, 5), (10, 1)])
def test_equal_limits_are_none(host: NodeStandIn, low: Any, high: Any) -> None:
    assert host.node("CozyGenDynamicInput").VALIDATE_INPUTS("INT", "123456", low, high) is True


def test_an_unknown_type_is_named(host: NodeStandIn) -> None:
    assert "param_type" in host.node("CozyGenDynamicInput").VALIDATE_INPUTS("COLOR", "x")


def test_linked_inputs_are_not_judged_before_the_run(host: NodeStandIn) -> None:
    assert host.node("CozyGenDynamicInput").VALIDATE_INPUTS(None, None) is True
    assert host.node("CozyGenChoiceInput").VALIDATE_INPUTS(None, None) is True
    assert host.node("CozyGenImageInput").VALIDATE_INPUTS(None) is True


def test_old_spellings_in_a_graph_do_no_harm(host: NodeStandIn) -> None:
    node = host.node("CozyGenDynamicInput")
    old = {
        "increment": 0.5,
        "Multiline": True,
        "choice_type": "loras",
        "display_bypass": True,
        "choices": "a,b",
    }
    assert node.get_dynamic_value(param_type="STRING", default_value="x", priority=3, **old) == ("x",)


@pytest.mark.parametrize(
    ("node_id", "value"),
    [("CozyGenFloatInput", 0.5), ("CozyGenIntInput", 2**64 - 1), ("CozyGenStringInput", "ünïcode ✨")],
)
def test_a_typed_field_gives_what_it_was_given(host: NodeStandIn, node_id: str, value: object) -> None:
    given = {"param_name": "x", "priority": 1, "min_value": 0, "max_value": 1, "step": 1}
    assert host.node(node_id).get_value(default_value=value, **given) == (value,)


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        ("ddim", "euler", "ddim"),
        ("", "ddim", "ddim"),
        ("None", "ddim", "ddim"),
        ("", "None", "euler"),
    ],
)
def test_a_choice_is_the_forms_else_the_default(
    host: NodeStandIn, value: str, default: str, expected: str
) -> None:
    node = host.node("CozyGenChoiceInput")
    assert node.get_value(choice_type="sampler", default_choice=default, value=value) == (expected,)


def test_a_choice_works_in_a_graph_without_the_hidden_value(host: NodeStandIn) -> None:
    assert host.node("CozyGenChoiceInput").get_value(
        choice_type="samplers_list", default_choice="ddim", param_name="s", priority=1
    ) == ("ddim",)


def test_a_model_is_never_picked_by_accident(host: NodeStandIn) -> None:
    host.lists["loras"] = ["a.safetensors", "b.safetensors"]
    with pytest.raises(NodeInputError, match=r"default_choice: nothing is chosen from loras"):
        host.node("CozyGenChoiceInput").get_value(choice_type="loras", default_choice="None")


@pytest.mark.parametrize("wanted", ["style\\ink.safetensors", "style/ink.safetensors"])
def test_a_choice_from_another_system_is_found(host: NodeStandIn, wanted: str) -> None:
    host.lists["loras"] = ["style/ink.safetensors"]
    node = host.node("CozyGenChoiceInput")
    assert node.get_value(choice_type="loras", default_choice=wanted) == ("style/ink.safetensors",)


@pytest.mark.parametrize(
    ("kind", "wanted", "match"),
    [
        ("loras", "gone.safetensors", "default_choice: 'gone.safetensors' is not among"),
        ("nothing", "x", "choice_type: this ComfyUI has no list named 'nothing'"),
    ],
)
def test_a_missing_choice_is_named(host: NodeStandIn, kind: str, wanted: str, match: str) -> None:
    with pytest.raises(NodeInputError, match=match):
        host.node("CozyGenChoiceInput").get_value(choice_type=kind, default_choice=wanted)


def test_an_unknown_list_is_refused_before_the_run(host: NodeStandIn) -> None:
    assert "nothing" in host.node("CozyGenChoiceInput").VALIDATE_INPUTS("nothing", "x")
    assert host.node("CozyGenChoiceInput").VALIDATE_INPUTS("loras", "saved long ago") is True


def test_asking_for_the_inputs_reads_no_model_folder(
    host: NodeStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NodeStandIn, "choices", lambda *_: pytest.fail("a folder was read"))
    assert node_classes(host)["CozyGenChoiceInput"].INPUT_TYPES()  # type: ignore[attr-defined]  # see above
