"""Every class of bad graph (comfyui.md A.4): a readable sentence, tied to its field.

The same words for what a real ComfyUI 0.3.64 answered (recorded) and for what
the sketch engine answers to the same request.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from cozygen.errors import UnprocessableError
from cozygen.runs.host_errors import complaints, failure, fields_of_nodes, refusal
from cozygen.workflows.form import Field, Form, Target
from tests.conftest import Client
from tests.host.node_stand_in import NodeStandIn

# name of the recorded request → (sentence, field)
SAID: dict[str, tuple[str, str | None]] = {
    "no_prompt": ("The workflow is empty.", None),
    "empty": ("The workflow makes nothing: it has no node that saves or shows a picture.", None),
    "no_outputs": ("The workflow makes nothing: it has no node that saves or shows a picture.", None),
    "missing_class": ("Node 1 does not say of which kind it is.", None),
    "unknown_class": (
        "This ComfyUI has no node “NoSuchNode”: install the pack that brings it (node 1).",
        None,
    ),
    "missing_input": ("“EmptyImage · height” is missing.", "EmptyImage · height"),
    "bad_link_node": ("“images” of “SaveImage” is connected to node 77, which is not there.", None),
    "bad_link_shape": ("“images” of “SaveImage” is connected wrongly.", None),
    "bad_link_slot": (
        "“images” of “SaveImage” is connected to an output that the other node does not have.",
        None,
    ),
    "type_mismatch": ("“ImageScale · width” is connected to the wrong kind of output.", "ImageScale · width"),
    "too_small": ("“EmptyImage · width” is too small: 1 at least.", "EmptyImage · width"),
    "too_big": ("“EmptyImage · width” is too big: 16384 at most.", "EmptyImage · width"),
    "not_a_number": ("“EmptyImage · width” must be a whole number.", "EmptyImage · width"),
    "not_in_list": (
        "“ImageScale · upscale_method” is not among the choices: “nope”.",
        "ImageScale · upscale_method",
    ),
    "load_missing_file": (
        "“LoadImage · image” names a picture that is not there: “absent.png”; choose another.",
        "LoadImage · image",
    ),
}
ONLY_RECORDED: dict[str, tuple[str, str | None]] = {
    "missing_model": (
        "“CheckpointLoaderSimple · ckpt_name” is not among the choices: “absent.safetensors”.",
        "CheckpointLoaderSimple · ckpt_name",
    ),
}


@pytest.fixture(scope="module")
def recorded(shared_data: Path) -> dict[str, Any]:
    return dict(json.loads((shared_data / "comfyui_0.3.64.json").read_text())["runs"])


@pytest.fixture
def place() -> str:
    """The sketch engine belongs to the stand-alone server."""
    return "alone"


def form_of(graph: Any) -> dict[str, str]:
    """A form with a field for every literal input, as for a plain workflow, and for what is missing."""
    nodes = graph if isinstance(graph, dict) else {}
    extra = {"EmptyImage": ("width", "height", "batch_size", "color"), "ImageScale": ("width",)}
    fields = [
        Field(f"{node['class_type']} · {name}", name, "text", "", (Target(node_id, name),))
        for node_id, node in nodes.items()
        if node.get("class_type")
        for name in {**node.get("inputs", {}), **dict.fromkeys(extra.get(node["class_type"], ()))}
        if name not in ("image", "images") or node["class_type"] == "LoadImage"
    ]
    return fields_of_nodes(Form("titles", tuple(fields)))


def said(body: Any, graph: Any) -> dict[str, str | None]:
    """Every sentence with its field."""
    error = refusal(body, graph if isinstance(graph, dict) else {}, form_of(graph))
    assert isinstance(error, UnprocessableError)
    assert error.details is not None
    assert error.message == error.details["problems"][0]["message"]
    return {problem["message"]: problem["field"] for problem in error.details["problems"]}


@pytest.mark.parametrize("name", [*SAID, *ONLY_RECORDED])
def test_a_real_refusal_is_readable(recorded: dict[str, Any], name: str) -> None:
    sentence, field = {**SAID, **ONLY_RECORDED}[name]
    request = recorded[name]["request"]
    found = said(recorded[name]["response"], request.get("prompt"))
    assert sentence in found
    assert found[sentence] == field
    for text in found:
        assert text.endswith("."), text
        assert "Exception" not in text, text
        assert "traceback" not in text, text


@pytest.mark.parametrize("name", SAID)
async def test_the_sketch_engine_is_refused_in_the_same_words(
    client: Client, recorded: dict[str, Any], name: str
) -> None:
    request = copy.deepcopy(recorded[name]["request"])
    answer = await client.post("/prompt", json=request)
    assert answer.status == 400
    graph = request.get("prompt")
    assert said(await answer.json(), graph) == said(recorded[name]["response"], graph)


async def test_a_circle_is_named(client: Client, recorded: dict[str, Any]) -> None:
    request = recorded["cycle"]["request"]
    for body in (recorded["cycle"]["response"], await (await client.post("/prompt", json=request)).json()):
        (sentence,) = said(body, request["prompt"])
        assert sentence == (
            "“ImageInvert” (1) and “ImageInvert” (2) wait for each other; a graph must not go in a circle."
        )


NEWER: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "missing node": (
        {
            "error": {
                "type": "missing_node_type",
                "message": "m",
                "details": "d",
                "extra_info": {"node_id": "1", "class_type": "Absent", "node_title": "A"},
            }
        },
        "This ComfyUI has no node “Absent”: install the pack that brings it (node 1).",
        "EmptyImage · width",
    ),
    "circle": (
        {
            "error": {"type": "prompt_outputs_failed_validation", "message": "m", "details": ""},
            "node_errors": {
                "1": {
                    "errors": [{"type": "dependency_cycle", "message": "m", "details": "", "extra_info": {}}]
                }
            },
        },
        "“EmptyImage · width” waits for itself: a graph must not go in a circle.",
        "EmptyImage · width",
    ),
    "dynamic input": (
        {
            "error": {"type": "x", "message": "m"},
            "node_errors": {
                "1": {
                    "errors": [
                        {
                            "type": "invalid_dynamic_input",
                            "message": "Bad dynamic input",
                            "details": "slot 3",
                            "extra_info": {"input_name": "extra"},
                        }
                    ]
                }
            },
        },
        "“extra” of “EmptyImage”: Bad dynamic input (slot 3).",
        None,
    ),
    "prompt id": (
        {"error": {"type": "invalid_prompt_id", "message": "prompt_id must be a UUID", "details": ""}},
        "prompt_id must be a UUID.",
        None,
    ),
    "inner check": (
        {
            "error": {},
            "node_errors": {
                "1": {
                    "errors": [
                        {
                            "type": "exception_during_inner_validation",
                            "message": "m",
                            "details": "boom",
                            "extra_info": {"input_name": "width", "exception_type": "ValueError"},
                        }
                    ]
                }
            },
        },
        "“EmptyImage · width” could not be checked: boom.",
        "EmptyImage · width",
    ),
    "words only": ({"error": "no"}, "no.", None),
}


@pytest.mark.parametrize("name", NEWER)
def test_other_dialects_are_readable_too(name: str) -> None:
    body, sentence, field = NEWER[name]
    graph = {"1": {"class_type": "EmptyImage", "inputs": {"width": 1}}}
    assert said(body, graph) == {sentence: field}


# Every class of node error that ComfyUI 0.3.64 to 0.38 has (comfyui.md A.4), as both word it.
CLASSES: dict[str, tuple[dict[str, Any], str]] = {
    "required_input_missing": ({}, "is missing."),
    "bad_linked_input": ({"received_value": ["77"]}, "is connected wrongly."),
    "return_type_mismatch": ({"received_type": "MASK"}, "is connected to the wrong kind of output."),
    "invalid_input_type": ({"input_config": ["INT", {}], "received_value": "x"}, "must be a whole number."),
    "value_smaller_than_min": ({"input_config": ["INT", {"min": 16}]}, "is too small: 16 at least."),
    "value_bigger_than_max": ({"input_config": ["INT", {"max": 64}]}, "is too big: 64 at most."),
    "value_not_in_list": ({"received_value": "nope"}, "is not among the choices: “nope”."),
    "custom_validation_failed": ({}, "was refused: words of the host."),
    "exception_during_validation": (
        {"exception_type": "ValueError"},
        "could not be checked: words of the host.",
    ),
    "exception_during_inner_validation": (
        {"exception_type": "KeyError"},
        "is connected to node words of the host, which is not there.",
    ),
    "dependency_cycle": ({}, "waits for itself: a graph must not go in a circle."),
    "invalid_dynamic_input": ({}, ": What it says (words of the host)."),
    "invalid_loop": ({}, ": What it says (words of the host)."),
}


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_of_node_error_names_its_field_in_a_sentence(kind: str) -> None:
    info, words = CLASSES[kind]
    error = {"type": kind, "message": "What it says", "details": "words of the host",
             "extra_info": {"input_name": "width", **info}}  # fmt: skip
    body = {
        "error": {"type": "prompt_outputs_failed_validation", "message": "m", "details": ""},
        "node_errors": {"1": {"errors": [error], "dependent_outputs": ["9"], "class_type": "EmptyImage"}},
    }
    graph = {"1": {"class_type": "EmptyImage", "inputs": {"width": 1}}}
    glue = "" if words.startswith(":") else " "
    assert said(body, graph) == {f"“EmptyImage · width”{glue}{words}": "EmptyImage · width"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"error": None},
        {"node_errors": {"1": None}},
        {"node_errors": {"1": {"errors": [None, "x"]}}},
        {"node_errors": []},
        {"error": {"type": 7, "extra_info": []}},
        {"node_errors": {"1": {"errors": [{"extra_info": {"input_name": ["x"]}}]}}},
        {
            "node_errors": {
                "1": {"errors": [{"type": "value_bigger_than_max", "extra_info": {"input_config": "INT"}}]}
            }
        },
    ],
)
def test_a_refusal_of_no_known_shape_is_still_a_sentence(body: dict[str, Any]) -> None:
    for sentence in said(body, {"1": {"class_type": "X", "inputs": {}}}):
        assert sentence.endswith(".")


# What nodes say of a picture that is not there or not chosen: ComfyUI's own (0.3.64 and 0.33.0) and ours.
PICTURES: dict[str, tuple[str, str, str, str, str]] = {
    "its own": (
        "LoadImage",
        "image",
        "absent.png",
        "image - Invalid image file: absent.png",
        "names a picture that is not there: “absent.png”; choose another.",
    ),
    "of the gallery": (
        "LoadImage",
        "image",
        "old/a.png [output]",
        "image - Invalid image file: old/a.png [output]",
        "names a picture that is not there: “old/a.png”; choose another.",
    ),
    "its own, no name": (
        "LoadImageMask",
        "image",
        "",
        "image - Invalid image file: ",
        "has no picture yet; choose one.",
    ),
    "another kind": (
        "LoadAudio",
        "audio",
        "a.flac",
        "audio - Invalid audio file: a.flac",
        "names a file that is not there: “a.flac”; choose another.",
    ),
    "ours": (
        "CozyGenImageInput",
        "image_filename",
        "output::old::a.png",
        "image_filename - CozyGen Image Input, image_filename: "
        "'output::old::a.png' is not a file in ComfyUI's input or output folder",
        "names a picture that is not there: “old/a.png”; choose another.",
    ),
    "ours, no name": (
        "CozyGenImageInput",
        "image_filename",
        " ",
        "image_filename - CozyGen Image Input, image_filename: no picture is chosen",
        "has no picture yet; choose one.",
    ),
    "ours, something else": (
        "CozyGenImageInput",
        "image_filename",
        "a",
        "image_filename - CozyGen Image Input, image_filename: the name contains a NUL character",
        "was refused: the name contains a NUL character.",
    ),
    "with a dash": ("X", "y", "a", "y - first - second", "was refused: first - second."),
    "no words": ("X", "y", "a", "y", "was refused."),
}


@pytest.mark.parametrize("case", PICTURES)
def test_a_picture_that_is_not_there_is_said_in_the_same_words_everywhere(case: str) -> None:
    kind, name, value, details, words = PICTURES[case]
    graph = {"1": {"class_type": kind, "inputs": {name: value}}}
    form = Form("cozygen", (Field("Photo", "Photo", "image", "", (Target("1", name),)),))
    entry = {"type": "custom_validation_failed", "details": details, "extra_info": {"input_name": name}}
    error = refusal({"node_errors": {"1": {"errors": [entry]}}}, graph, fields_of_nodes(form))
    assert error.details is not None
    assert error.details["fields"] == {"Photo": [f"“Photo” {words}"]}


def test_our_own_nodes_sentences_are_those_above(tmp_path: Path) -> None:
    """The words of our node are read again in host_errors: both must change together."""
    host = NodeStandIn(tmp_path)
    check = host.node("CozyGenImageInput").VALIDATE_INPUTS
    for case in ("ours", "ours, no name"):
        assert "image_filename - " + check(PICTURES[case][2]) == PICTURES[case][3]


def test_a_circle_is_named_alike_by_older_and_newer_hosts() -> None:
    graph = {
        "1": {"class_type": "ImageInvert", "inputs": {"image": ["2", 0]}},
        "2": {"class_type": "ImageScale", "inputs": {"image": ["1", 0], "width": 8}},
        "3": {"class_type": "SaveImage", "inputs": {"images": ["2", 0]}},
    }
    form = Form("titles", (Field("Width", "Width", "integer", 0, (Target("2", "width"),)),))
    whole = {"type": "prompt_outputs_failed_validation", "message": "m", "details": ""}
    entries = {
        node_id: {
            "errors": [
                {
                    "type": "dependency_cycle",
                    "message": "Dependency cycle detected",
                    "details": "2 (ImageScale) -> 1 (ImageInvert) -> 2 (ImageScale)",
                    "extra_info": {"node_id": node_id, "cycle_nodes": ["2", "1"]},
                }
            ]
        }
        for node_id in ("2", "1")
    }
    for node_errors in ({}, entries):
        error = refusal({"error": whole, "node_errors": node_errors}, graph, fields_of_nodes(form))
        assert error.details is not None
        assert error.details["fields"] == {"Width": [error.message]}
        assert error.message == (
            "“ImageInvert” (1) and “ImageScale” (2) wait for each other; a graph must not go in a circle."
        )


def test_a_graph_whose_field_feeds_the_input_names_that_field() -> None:
    graph = {
        "1": {"class_type": "EmptyImage", "inputs": {"width": ["9", 0]}},
        "9": {"class_type": "CozyGenIntInput", "inputs": {"default_value": 0}},
    }
    form = Form("cozygen", (Field("Width", "Width", "integer", 0, (Target("9", "default_value"),)),))
    body = {
        "node_errors": {
            "1": {"errors": [{"type": "value_smaller_than_min", "extra_info": {"input_name": "width"}}]}
        }
    }
    error = refusal(body, graph, fields_of_nodes(form))
    assert error.details is not None
    assert error.details["fields"] == {"Width": ["“Width” is too small."]}


def test_an_output_that_is_left_out_is_said(recorded: dict[str, Any]) -> None:
    wanted = recorded["ok_one_output_bad"]
    found = complaints(wanted["response"], wanted["request"]["prompt"], {})
    assert found
    assert all(text.endswith(".") for text in found)


def test_a_failure_while_running_is_short_first(recorded: dict[str, Any]) -> None:
    messages = recorded["fails_running"]["ws"]
    data = next(message["data"] for message in messages if message["type"] == "execution_error")
    error = failure(data, {str(data["node_id"]): "Save as"})
    assert (error.field, error.node_type, "\n" in error.message) == ("Save as", "SaveImage", False)
