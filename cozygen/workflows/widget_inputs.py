"""Fields from ordinary nodes: their widget inputs, as the graph and the host describe them.

Used for App-mode definitions (`extra.linearData` names the inputs) and for any
other graph (which inputs count is ruled: rulings.md, "Form of a plain workflow").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cozygen.workflows.form import Field, Kind, Target
from cozygen.workflows.graph import Graph, Node, as_link, inputs_of, title_of
from cozygen.workflows.node_info import InputInfo, NodeInfo
from cozygen.workflows.roles import Roles
from cozygen.workflows.values import fitting

ALWAYS = frozenset(
    {
        "positive",
        "negative",
        "seed",
        "steps",
        "cfg",
        "sampler",
        "scheduler",
        "width",
        "height",
        "batch",
        "model",
        "lora",
    }
)
"""Roles that every form of a plain workflow shows."""

MORE = "More"
"""Name of the folded group with the rest."""

_KIND_OF_TYPE: dict[str, Kind] = {
    "INT": "integer",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "COMBO": "choice",
}
_IMAGE_INPUTS = {("LoadImage", "image"), ("LoadImageMask", "image"), ("LoadImageOutput", "image")}
_FOLDER_OF = {
    "ckpt_name": "checkpoints",
    "unet_name": "diffusion_models",
    "lora_name": "loras",
    "vae_name": "vae",
    "clip_name": "text_encoders",
    "clip_name1": "text_encoders",
    "clip_name2": "text_encoders",
    "sampler_name": "sampler",
    "scheduler": "scheduler",
    "control_net_name": "controlnet",
    "upscale_model": "upscale_models",
}


def is_image_input(node: Node, name: str) -> bool:
    """Whether an input takes the name of a picture in the input folder."""
    return (str(node["class_type"]), name) in _IMAGE_INPUTS


def choice_type_of(name: str) -> str | None:
    """Which list of files or names an input draws from, by its name."""
    return _FOLDER_OF.get(name)


def widgets_of(node: Node, info: NodeInfo | None) -> list[str]:
    """The inputs of a node that hold a value, not a link."""
    names = [name for name, value in inputs_of(node).items() if as_link(value) is None]
    if info is None:
        return [name for name in names if isinstance(inputs_of(node)[name], (str, int, float, bool))]
    return [name for name in names if name in info.inputs and info.inputs[name].is_widget]


def read_widget(
    graph: Graph, target: Target, roles: Roles, info: InputInfo | None, choices: tuple[str, ...] | None
) -> Field:
    """The field of one widget input, named `<title> · <input>`."""
    node = graph[target.node_id]
    value = inputs_of(node).get(target.input)
    role = roles.of(target.node_id, target.input)
    options = choices if choices is not None else (info.choices if info else None)
    kind = _kind(node, target.input, value, info, options)
    minimum, maximum = (info.minimum, info.maximum) if info else (None, None)
    return Field(
        name=f"{title_of(node)} · {target.input}",
        label=f"{title_of(node)} · {target.input}",
        kind=kind,
        default=_default(kind, value, options, minimum, maximum),
        targets=(target,),
        minimum=minimum,
        maximum=maximum,
        step=_step(kind, info),
        multiline=kind == "text" and (role in ("positive", "negative") or bool(info and info.multiline)),
        role=role,
        choices=options if kind == "choice" else None,
        choice_type=choice_type_of(target.input) if kind == "choice" else None,
        randomize=role == "seed" or bool(info and info.seed_control),
        help=info.help if info else "",
    )


def _kind(node: Node, name: str, value: Any, info: InputInfo | None, choices: tuple[str, ...] | None) -> Kind:
    if is_image_input(node, name):
        return "image"
    if choices:
        return "choice"
    if info is not None:
        return _KIND_OF_TYPE.get(info.type, "text")
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, float) else "text"


def _default(kind: Kind, value: Any, choices: tuple[str, ...] | None, minimum: Any, maximum: Any) -> Any:
    if kind != "choice":
        return fitting(kind, value, minimum, maximum)
    text = "" if value is None else str(value)
    # A file that is gone stays visible as what the workflow asks for; validation names it.
    return text if text or not choices else choices[0]


def _step(kind: Kind, info: InputInfo | None) -> int | float | None:
    if kind not in ("integer", "number"):
        return None
    return (info.step if info else None) or (1 if kind == "integer" else 0.01)


def app_mode_targets(ui_graph: Any, graph: Graph) -> tuple[list[Target], list[Target]]:
    """(inputs that an App-mode definition names, in its order; those that the graph does not have).

    An input that reads another node is left out: a value of its own would cut the link.
    """
    extra = ui_graph.get("extra") if isinstance(ui_graph, Mapping) else None
    linear = extra.get("linearData") if isinstance(extra, Mapping) else None
    listed = linear.get("inputs") if isinstance(linear, Mapping) else None
    entries = [entry for entry in listed if isinstance(entry, list)] if isinstance(listed, list) else []
    named = dict.fromkeys(Target(str(entry[0]), str(entry[1])) for entry in entries if len(entry) > 1)
    here = [target for target in named if target.input in inputs_of(graph.get(target.node_id, {}))]
    gone = [target for target in named if target not in here]
    return [
        target for target in here if as_link(inputs_of(graph[target.node_id])[target.input]) is None
    ], gone
