"""Fields from CozyGen's own input nodes, as real graphs write them.

Old and new spellings of a setting both count: `increment` and `step`,
`Multiline`, `multiline` and `display_multiline` (predecessor's section 2.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cozygen.workflows.form import Field, Kind, Target
from cozygen.workflows.graph import Consumer, Graph, Node, as_link, inputs_of, title_of
from cozygen.workflows.node_info import InputInfo
from cozygen.workflows.roles import Roles
from cozygen.workflows.values import fitting, to_boolean, to_number

INPUT_CLASSES = frozenset(
    {
        "CozyGenDynamicInput",
        "CozyGenImageInput",
        "CozyGenFloatInput",
        "CozyGenIntInput",
        "CozyGenStringInput",
        "CozyGenChoiceInput",
    }
)
OUTPUT_CLASSES = frozenset({"CozyGenOutput", "CozyGenVideoOutput"})
CONTROLLERS = frozenset({"CozyGenDynamicInput", "CozyGenChoiceInput"})
_KIND_OF_CLASS: dict[str, Kind] = {
    "CozyGenImageInput": "image",
    "CozyGenFloatInput": "number",
    "CozyGenIntInput": "integer",
    "CozyGenStringInput": "text",
    "CozyGenChoiceInput": "choice",
}
_KIND_OF_TYPE: dict[str, Kind] = {
    "INT": "integer",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "BOOL": "boolean",
    "DROPDOWN": "choice",
    "CHOICE": "choice",
    "COMBO": "choice",
}
_VALUE_INPUT = {"CozyGenImageInput": "image_filename", "CozyGenChoiceInput": "value"}
# A dynamic input without a choice type takes it from its name.
_TYPE_OF_NAME = {
    "clip_name1": "clip",
    "clip_name2": "clip",
    "unet_name": "unet",
    "vae_name": "vae",
    "sampler_name": "sampler",
    "scheduler": "scheduler",
}
_NONE = "None"


def is_cozy_input(node: Node) -> bool:
    """Whether a node is one of ours that asks for a value."""
    return node["class_type"] in INPUT_CLASSES


def name_of(node_id: str, node: Node) -> str:
    """The form key of an input node."""
    name = inputs_of(node).get("param_name")
    if isinstance(name, str) and name.strip():
        return name.strip()
    return "Image Input" if node["class_type"] == "CozyGenImageInput" else f"{title_of(node)} {node_id}"


def choice_type_of(node: Node) -> str | None:
    """Which list of files or names a choice draws from."""
    inputs = inputs_of(node)
    stated = inputs.get("choice_type")
    if isinstance(stated, str) and stated.strip() and stated != _NONE:
        return stated.strip()
    if node["class_type"] == "CozyGenDynamicInput":
        return _TYPE_OF_NAME.get(str(inputs.get("param_name")))
    return None


def read_field(
    graph: Graph, node_id: str, roles: Roles, choices: tuple[str, ...] | None, target: InputInfo | None
) -> Field:
    """The field of one input node.

    `choices` are those of its choice type; `target` describes the input that it
    feeds and fills in what the node leaves open.
    """
    node = graph[node_id]
    kind = _kind(node)
    name = name_of(node_id, node)
    role = roles.of_source(node_id)
    if role in ("positive", "negative") and kind != "text":
        # A picture may lead to a sampler's side too, through what turns it into conditioning.
        role = None
    options = choices if choices is not None else _own_choices(node, target)
    minimum, maximum = _limits(node, kind, target)
    return Field(
        name=name,
        label=name,
        kind=kind,
        default=_default(node, kind, options, minimum, maximum),
        targets=(Target(node_id, _VALUE_INPUT.get(node["class_type"], "default_value")),),
        minimum=minimum,
        maximum=maximum,
        step=_step(node, kind, target),
        multiline=kind == "text" and _multiline(node, name, role, target),
        role=role,
        choices=options if kind == "choice" else None,
        choice_type=choice_type_of(node) if kind == "choice" else None,
        randomize=_flag(node, "add_randomize_toggle") or role == "seed",
        bypass=node["class_type"] in CONTROLLERS and _flag(node, "display_bypass"),
        priority=_priority(node),
        help=target.help if target else "",
    )


def fed_input(graph: Graph, consumers: Sequence[Consumer]) -> tuple[str, str] | None:
    """(class, input) of the first input that an input node feeds."""
    if not consumers:
        return None
    return str(graph[consumers[0].node_id]["class_type"]), consumers[0].input


def _kind(node: Node) -> Kind:
    fixed = _KIND_OF_CLASS.get(str(node["class_type"]))
    return fixed or _KIND_OF_TYPE.get(str(inputs_of(node).get("param_type", "")).upper(), "text")


def _flag(node: Node, name: str) -> bool:
    return bool(to_boolean(inputs_of(node).get(name)))


def _priority(node: Node) -> int:
    number = to_number(inputs_of(node).get("priority"))
    return int(number) if number is not None else 0


def _own_choices(node: Node, target: InputInfo | None) -> tuple[str, ...] | None:
    """The list that a node carries itself, as a list or as comma-separated text."""
    for key in ("choices", "options"):
        carried = inputs_of(node).get(key)
        if isinstance(carried, str) and carried.strip():
            return tuple(part.strip() for part in carried.split(",") if part.strip())
        if isinstance(carried, list) and carried and as_link(carried) is None:
            return tuple(str(part) for part in carried)
    return target.choices if target else None


def _limits(node: Node, kind: Kind, target: InputInfo | None) -> tuple[Any, Any]:
    if kind not in ("integer", "number"):
        return None, None
    inputs = inputs_of(node)
    minimum = _first_number(inputs, "min_value", "min", kind=kind)
    maximum = _first_number(inputs, "max_value", "max", kind=kind)
    if minimum is not None and minimum == maximum:
        minimum = maximum = None
    if target is not None and target.type in ("INT", "FLOAT"):
        minimum = target.minimum if minimum is None else minimum
        maximum = target.maximum if maximum is None else maximum
    if minimum is not None and maximum is not None and minimum > maximum:
        return maximum, minimum
    return minimum, maximum


def _step(node: Node, kind: Kind, target: InputInfo | None) -> int | float | None:
    if kind not in ("integer", "number"):
        return None
    inputs = inputs_of(node)
    stated = _first_number(inputs, "increment", kind=kind) or _first_number(inputs, "step", kind=kind)
    return stated or (target.step if target and target.step else None) or (1 if kind == "integer" else 0.01)


def _first_number(inputs: dict[str, Any], *names: str, kind: Kind) -> int | float | None:
    """The first of the named settings that is a number, in the field's type."""
    for name in names:
        value = inputs.get(name)
        number = to_number(value)
        if number is None:
            continue
        return int(value) if kind == "integer" and isinstance(value, int) else _typed(number, kind)
    return None


def _typed(number: float, kind: Kind) -> int | float:
    return int(number) if kind == "integer" else number


def _multiline(node: Node, name: str, role: str | None, target: InputInfo | None) -> bool:
    if any(_flag(node, key) for key in ("Multiline", "multiline", "display_multiline")):
        return True
    return role in ("positive", "negative") or "prompt" in name.lower() or bool(target and target.multiline)


def _default(node: Node, kind: Kind, choices: tuple[str, ...] | None, minimum: Any, maximum: Any) -> Any:
    inputs = inputs_of(node)
    if kind == "choice":
        return _default_choice(inputs, choices)
    if kind == "image":
        return fitting("text", inputs.get("image_filename"), None, None)
    return fitting(kind, inputs.get("default_value"), minimum, maximum)


def _default_choice(inputs: dict[str, Any], choices: tuple[str, ...] | None) -> str:
    """The saved choice if it still exists, else the first; slashes of either kind match."""
    wished = [inputs.get(key) for key in ("value", "default_choice", "default_value")]
    names = [name for name in wished if isinstance(name, str) and name and name != _NONE]
    if not choices:
        return names[0] if names else ""
    for name in names:
        if name in choices:
            return name
        same = (choice for choice in choices if choice.replace("\\", "/") == name.replace("\\", "/"))
        if "/" in name.replace("\\", "/") and (found := next(same, None)) is not None:
            return found
    return choices[0]
