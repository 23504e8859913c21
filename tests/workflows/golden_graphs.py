"""Graphs whose forms are kept in `tests/vectors/forms.json`, by where the form comes from."""

from __future__ import annotations

import json
from typing import Any

from cozygen.workflows.graph import Graph
from tests.conftest import CHECKOUT
from tests.workflows.bypass_shapes import SHAPES, base, lora, sampler
from tests.workflows.graphs import dynamic, node

Case = tuple[Graph, Any]
"""A graph, and the graph editor's own if there is one."""


def cozy(*inputs: dict[str, Any]) -> Case:
    """Input nodes beside a graph that reads none of them."""
    return {**base(), **{str(20 + number): entry for number, entry in enumerate(inputs)}}, None


def feeding(entry: dict[str, Any], node_id: str, name: str) -> Case:
    """An input node that feeds an input of the usual graph."""
    graph = base(**{"20": entry})
    graph[node_id]["inputs"][name] = ["20", 0]
    return graph, None


def app(*inputs: Any, graph: Graph | None = None, mode: Any = True) -> Case:
    """An App-mode definition over the usual graph."""
    return graph or base(), {
        "nodes": [],
        "extra": {"linearMode": mode, "linearData": {"inputs": list(inputs)}},
    }


def titled(graph: Graph, **titles: str) -> Case:
    """The graph with titles of its nodes."""
    named = {f"n{key}": title for key, title in titles.items()}
    return {
        key: {**entry, "_meta": {"title": named[f"n{key}"]}} if f"n{key}" in named else entry
        for key, entry in graph.items()
    }, None


def without(graph: Graph, *node_ids: str) -> Graph:
    return {key: entry for key, entry in graph.items() if key not in node_ids}


# Keys as the predecessor's exported graphs write them (its section 2.1).
PREDECESSOR: dict[str, Case] = {
    "seed of a dynamic input": feeding(
        dynamic(
            "seed",
            "INT",
            5,
            priority=1,
            min_value=0,
            max_value=18446744073709551615,
            increment=1,
            add_randomize_toggle=True,
        ),
        "3",
        "seed",
    ),
    "prompt with a capital Multiline": feeding(
        dynamic("prompt", "STRING", "a cat", priority=0, Multiline=True), "6", "text"
    ),
    "checkpoint dropdown": feeding(
        dynamic(
            "ckpt_name",
            "DROPDOWN",
            "base.safetensors",
            priority=1,
            choice_type="checkpoints",
            display_bypass=False,
        ),
        "4",
        "ckpt_name",
    ),
    "legacy sampler list": feeding(
        dynamic("sampler_name", "DROPDOWN", "euler", priority=2, choice_type="samplers_list"),
        "3",
        "sampler_name",
    ),
    "int with step": feeding(
        node(
            "CozyGenIntInput",
            param_name="steps",
            priority=1,
            default_value=20,
            min_value=1,
            max_value=100,
            step=1,
            add_randomize_toggle=False,
        ),
        "3",
        "steps",
    ),
    "float with limits": feeding(
        node(
            "CozyGenFloatInput",
            param_name="cfg",
            priority=1,
            default_value=8.0,
            min_value=1.0,
            max_value=30.0,
            step=0.5,
            add_randomize_toggle=False,
        ),
        "3",
        "cfg",
    ),
    "string with display_multiline": feeding(
        node(
            "CozyGenStringInput",
            param_name="negative",
            priority=3,
            default_value="blurry",
            display_multiline=True,
        ),
        "7",
        "text",
    ),
    "choice that says None": feeding(
        node(
            "CozyGenChoiceInput",
            param_name="Sampler",
            priority=0,
            choice_type="sampler",
            default_choice="None",
            display_bypass=False,
        ),
        "3",
        "sampler_name",
    ),
    "image without a name": cozy(node("CozyGenImageInput", image_filename="sub\\a.png")),
    "limits that are all zero": feeding(
        dynamic("steps", "INT", 20, min_value=0, max_value=0, increment=0), "3", "steps"
    ),
}

COZYGEN: dict[str, Case] = {
    "a number as text": cozy(dynamic("steps", "INT", "20", min_value="1", max_value="50", increment="2")),
    "a boolean as text": cozy(dynamic("tiled", "BOOLEAN", "false")),
    "an unknown type is a text": cozy(dynamic("odd", "SOMETHING", 5)),
    "priorities order, ties keep": cozy(
        dynamic("c", "INT", 1, priority=2),
        dynamic("a", "INT", 1, priority=1),
        dynamic("b", "INT", 1, priority=1),
    ),
    "two of one name": cozy(dynamic("steps", "INT", 20), dynamic("steps", "INT", 30)),
    "choices as one text": cozy(dynamic("size", "DROPDOWN", "b", choices="a, b, c")),
    "no choices at all": cozy(dynamic("size", "DROPDOWN", "b")),
    "limits the wrong way round": cozy(dynamic("cfg", "FLOAT", 3.5, min_value=10, max_value=1)),
    "a default outside": cozy(dynamic("cfg", "FLOAT", 99, min_value=0, max_value=30)),
    "no name": cozy(node("CozyGenStringInput", default_value="x")),
    "a lora pair": cozy(
        dynamic(
            "Lora High - 1", "DROPDOWN", "motion-high.safetensors", choice_type="loras", display_bypass=True
        ),
        dynamic("lora_low_1", "DROPDOWN", "motion-low.safetensors", choice_type="loras"),
        dynamic("Lora High Strength - 1", "FLOAT", 1.0),
    ),
    "an optional lora": (SHAPES["a lora whose strength is a field"].graph, None),
}

APP_MODE: dict[str, Case] = {
    "one prompt": app(["6", "text"]),
    "order of the definition": app(["3", "steps"], ["6", "text"], ["5", "width"]),
    "ids as numbers": app([3, "seed"], [6, "text"]),
    "with a height": app(["6", "text", {"height": 120}]),
    "an input that is gone": app(["6", "text"], ["99", "text"], ["6", "nothing"]),
    "a linked input": app(["3", "model"], ["3", "cfg"]),
    "a model": app(["4", "ckpt_name"]),
    "choices": app(["3", "sampler_name"], ["3", "scheduler"]),
    "the same twice": app(["6", "text"], ["6", "text"]),
    "mode switched off": app(["6", "text"], mode=False),
    "two nodes of one class": app(["6", "text"], ["7", "text"]),
    "an image": app(["30", "image"], graph=base(**{"30": node("LoadImage", image="picture.png")})),
}

TITLES: dict[str, Case] = {
    "the usual graph": (base(), None),
    "a title of its own": titled(base(), **{"8": "Decode it"}),
    "titles of both prompts": titled(base(), **{"6": "Positive", "7": "Negative"}),
    "equal titles": titled(base(), **{"6": "Prompt", "7": "Prompt"}),
    "a lora": (base(("10", 0), ("10", 1), **{"10": lora("a.safetensors")}), None),
    "a lora that is gone": (base(("10", 0), ("10", 1), **{"10": lora("gone.safetensors")}), None),
    "an unknown class": (base(**{"50": node("NobodyKnowsThis", value=5, text="x", link=["8", 0])}), None),
    "an image to work from": (base(**{"30": node("LoadImage", image="picture.png")}), None),
    "a big seed": (base() | {"3": sampler(seed=2**64 - 1)}, None),
    "a missing link": (without(base(), "5"), None),
    "a cycle": (base() | {"6": node("CLIPTextEncode", text="x", clip=["6", 0])}, None),
    "only an output": ({"1": node("SaveImage", filename_prefix="x", images=["2", 0])}, None),
    "flux": (
        {
            "6": node("CLIPTextEncode", text="a cat", clip=["2", 0]),
            "2": node("DualCLIPLoader", clip_name1="clip_l.safetensors", clip_name2="gone", type="flux"),
            "5": node("FluxGuidance", guidance=3.5, conditioning=["6", 0]),
            "7": node("BasicGuider", model=["1", 0], conditioning=["5", 0]),
            "1": node("UNETLoader", unet_name="flux1-dev.safetensors", weight_dtype="default"),
        },
        None,
    ),
}

EXAMPLES: dict[str, Case] = {
    path.stem: (json.loads(path.read_text("utf-8")), None)
    for path in sorted((CHECKOUT / "example_workflows").glob("*.json"))
}

GOLDEN: dict[str, dict[str, Case]] = {
    "predecessor": PREDECESSOR,
    "cozygen": COZYGEN,
    "app_mode": APP_MODE,
    "titles": TITLES,
    "examples": EXAMPLES,
}
