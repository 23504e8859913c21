"""Values drawn for a run: random, counted up, or kept."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Literal, get_args

from cozygen.workflows.form import SAFE_INTEGER, Field, Form, Value

SeedMode = Literal["fixed", "random", "increment"]
MODES = frozenset(get_args(SeedMode))
# What fits everywhere, also in nodes that take 32 bits.
USUAL_HIGHEST = 2**32 - 1


def draw_values(
    form: Form, values: Mapping[str, Value], modes: Mapping[str, SeedMode], *, run: int, dice: Random
) -> dict[str, Value]:
    """The values of run number `run` (0 first): drawn or counted where a mode says so."""
    drawn = dict(values)
    for name, mode in modes.items():
        field = form.get(name)
        if field is None or field.kind not in ("integer", "number") or name not in values:
            continue
        if mode == "random":
            drawn[name] = draw(field, dice)
        elif mode == "increment":
            drawn[name] = _count_up(field, values[name], run)
    return drawn


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
