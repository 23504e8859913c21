"""Values drawn for a run: random, counted up, used again, or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, get_args

from cozygen.workflows.form import SAFE_INTEGER, Field, Form, Value
from cozygen.workflows.values import ValueRefusedError, checked

SeedMode = Literal["fixed", "random", "increment", "last"]
"""What becomes of a value at each run: as it stands, drawn, one step on, or as in the run before."""
MODES = frozenset(get_args(SeedMode))
# What fits everywhere, also in nodes that take 32 bits.
USUAL_HIGHEST = 2**32 - 1


@dataclass(frozen=True)
class Before:
    """The run before: its values, and from which of them it was counting up."""

    values: Mapping[str, Any] = field(default_factory=dict)
    counted_from: Mapping[str, Any] = field(default_factory=dict)


NOTHING = Before()


def draw_values(
    form: Form,
    values: Mapping[str, Value],
    modes: Mapping[str, SeedMode],
    *,
    run: int,
    dice: Random,
    before: Before = NOTHING,
) -> dict[str, Value]:
    """The values of run number `run` (0 first): drawn, counted or used again where a mode says so.

    Counting goes on from the run `before` while the value that it started from stays the same.
    """
    drawn = dict(values)
    for name, mode in modes.items():
        field = form.get(name)
        if field is None or field.kind not in ("integer", "number") or name not in values:
            continue
        if mode == "random":
            drawn[name] = draw(field, dice)
        elif mode == "increment":
            goes_on = name in before.values and before.counted_from.get(name) == values[name]
            drawn[name] = (
                _count_up(field, _again(field, before, values[name]), run + 1)
                if goes_on
                else _count_up(field, values[name], run)
            )
        elif mode == "last":
            drawn[name] = _again(field, before, values[name])
    return drawn


def counted_from(values: Mapping[str, Value], modes: Mapping[str, SeedMode]) -> dict[str, Value]:
    """What the next run has to know of one that counts."""
    return {name: values[name] for name, mode in modes.items() if mode == "increment" and name in values}


def _again(field: Field, before: Before, otherwise: Value) -> Value:
    """The value of the run before, unless the field has other limits now."""
    try:
        return checked(field, before.values[field.name])
    except (KeyError, ValueRefusedError):
        return otherwise


def draw(field: Field, dice: Random) -> int | float:
    """A value within the field's limits; integers never exceed 2⁵³−1, so every client shows them."""
    if field.kind == "number":
        low, high = field.minimum or 0.0, 1.0 if field.maximum is None else field.maximum
        return dice.uniform(low, max(low, high))
    low = int(field.minimum or 0)
    high = USUAL_HIGHEST if field.maximum is None else min(int(field.maximum), SAFE_INTEGER)
    return dice.randint(low, max(low, high))


def _count_up(field: Field, value: Value, run: int) -> Value:
    """The value `run` steps on; beyond the highest it starts over at the lowest."""
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return value
    step = (field.step or 1) if field.kind == "number" else max(1, int(field.step or 1))
    counted = value + run * step
    if field.maximum is None or counted <= field.maximum:
        return counted
    low = field.minimum or 0
    return low + (counted - field.maximum - step) % (field.maximum - low + step)
