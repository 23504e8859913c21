"""What a host says of a node class: `object_info`, read into one shape.

ComfyUI describes a choice as `[[options], {…}]` or as `["COMBO", {"options": […]}]`
(comfyui.md A.6); both read the same here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

WIDGET_TYPES = frozenset({"INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"})


@dataclass(frozen=True)
class InputInfo:
    """One input of a class: its type, and what its widget allows."""

    type: str
    required: bool = True
    default: Any = None
    minimum: float | int | None = None
    maximum: float | int | None = None
    step: float | int | None = None
    multiline: bool = False
    choices: tuple[str, ...] | None = None
    help: str = ""
    seed_control: bool = False

    @property
    def is_widget(self) -> bool:
        """Whether a person can type or choose its value."""
        return self.type in WIDGET_TYPES


@dataclass(frozen=True)
class NodeInfo:
    """One class: its name for people, its inputs and the types of its outputs."""

    class_type: str
    display_name: str
    inputs: Mapping[str, InputInfo] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()
    is_output: bool = False


class NodeInfoSource(Protocol):
    """A host that can describe its node classes."""

    async def node_info(self, class_type: str) -> NodeInfo | None:
        """The description of a class; None where the host has none."""


class NoNodeInfo:
    """A host that cannot describe classes: graphs speak for themselves."""

    async def node_info(self, class_type: str) -> NodeInfo | None:
        """Nothing is known."""
        return None


def read_node_info(class_type: str, raw: Mapping[str, Any]) -> NodeInfo:
    """One entry of an `object_info` answer."""
    inputs: dict[str, InputInfo] = {}
    for group in ("required", "optional"):
        for name, entry in (raw.get("input", {}).get(group) or {}).items():
            inputs[name] = _read_input(entry, required=group == "required")
    outputs = tuple("COMBO" if isinstance(kind, list) else str(kind) for kind in raw.get("output") or ())
    return NodeInfo(
        class_type, str(raw.get("display_name") or class_type), inputs, outputs, bool(raw.get("output_node"))
    )


def _read_input(entry: Any, *, required: bool) -> InputInfo:
    kind = entry[0] if isinstance(entry, (list, tuple)) and entry else "*"
    options = entry[1] if isinstance(entry, (list, tuple)) and len(entry) > 1 else {}
    options = options if isinstance(options, dict) else {}
    choices = kind if isinstance(kind, list) else options.get("options")
    if isinstance(choices, list):
        return InputInfo(
            "COMBO",
            required,
            default=options.get("default"),
            choices=tuple(str(choice) for choice in choices),
            help=str(options.get("tooltip") or ""),
        )
    return InputInfo(
        str(kind),
        required,
        default=options.get("default"),
        minimum=_number(options.get("min")),
        maximum=_number(options.get("max")),
        step=_number(options.get("step")),
        multiline=bool(options.get("multiline")),
        help=str(options.get("tooltip") or ""),
        seed_control=bool(options.get("control_after_generate")),
    )


def _number(value: Any) -> float | int | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
