"""A form: the fields of a workflow that a person fills in, whatever they were made from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

Kind = Literal["text", "integer", "number", "boolean", "choice", "image", "lora_pair"]
Source = Literal["cozygen", "app_mode", "titles"]
Value = str | int | float | bool | None

# Beyond this a number does not survive JavaScript, so it travels as a string.
SAFE_INTEGER = 2**53 - 1


@dataclass(frozen=True)
class Target:
    """An input of a node that receives a field's value."""

    node_id: str
    input: str


@dataclass(frozen=True)
class LoraPair:
    """The names of the fields that one LoRA pair sets, and the pairs to choose from."""

    high: str
    low: str
    strength_high: str | None
    strength_low: str | None
    pairs: tuple[tuple[str, str, str], ...]
    """(label, high file, low file) for every pair of files."""


@dataclass(frozen=True)
class Field:
    """One field; `targets` are all inputs that get its value, the first gives the node id."""

    name: str
    label: str
    kind: Kind
    default: Value
    targets: tuple[Target, ...]
    minimum: int | float | None = None
    maximum: int | float | None = None
    step: int | float | None = None
    multiline: bool = False
    role: str | None = None
    choices: tuple[str, ...] | None = None
    choice_type: str | None = None
    randomize: bool = False
    bypass: bool = False
    priority: int = 0
    help: str = ""
    pair: LoraPair | None = None
    part_of: str | None = None
    """Name of the pair that shows this field, so that a form need not show it twice."""


@dataclass(frozen=True)
class Problem:
    """Something about a workflow that its user should know."""

    code: str
    message: str
    node_id: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Group:
    """Fields that are shown together, folded or not."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """The fields of a workflow in order, with what could not be made of it."""

    source: Source
    fields: tuple[Field, ...]
    groups: tuple[Group, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def get(self, name: str) -> Field | None:
        """The field of that name."""
        return next((entry for entry in self.fields if entry.name == name), None)


def merged(fields: list[Field]) -> list[Field]:
    """Fields of one name become one field that feeds all their inputs; order is kept."""
    by_name: dict[str, Field] = {}
    for entry in fields:
        known = by_name.get(entry.name)
        by_name[entry.name] = replace(known, targets=known.targets + entry.targets) if known else entry
    return list(by_name.values())


def wire(value: Any) -> Any:
    """A value as it travels in JSON: an integer beyond 2⁵³−1 as a string."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > SAFE_INTEGER:
        return str(value)
    return value


def as_json(entry: Field) -> dict[str, Any]:
    """A field in the shape of `docs/api.md`."""
    body: dict[str, Any] = {
        "name": entry.name,
        "label": entry.label,
        "kind": entry.kind,
        "default": wire(entry.default),
        "min": wire(entry.minimum),
        "max": wire(entry.maximum),
        "step": wire(entry.step),
        "multiline": entry.multiline,
        "role": entry.role,
        "choices": list(entry.choices) if entry.choices is not None else None,
        "choice_type": entry.choice_type,
        "randomize": entry.randomize,
        "bypass": entry.bypass,
        "priority": entry.priority,
        "node_id": entry.targets[0].node_id if entry.targets else None,
        "input": entry.targets[0].input if entry.targets else None,
    }
    body.update({"help": entry.help} if entry.help else {})
    body.update({"part_of": entry.part_of} if entry.part_of else {})
    body.update({"pair": _pair_json(entry.pair)} if entry.pair else {})
    return body


def _pair_json(pair: LoraPair) -> dict[str, Any]:
    return {
        "high": pair.high,
        "low": pair.low,
        "strength_high": pair.strength_high,
        "strength_low": pair.strength_low,
        "pairs": [{"label": label, "high": high, "low": low} for label, high, low in pair.pairs],
    }
