"""Numbers as prompts write them: at most two decimals, no trailing zeros."""

from __future__ import annotations

import math
from typing import Final

from cozygen.aliases import grammar

HIGHEST: Final = 100.0
_ONE: Final = 1e-6


def round_hundredths(value: float) -> float:
    """Rounds half up; written out because languages differ in rounding an exact half."""
    return math.floor(value * 100 + 0.5) / 100


def format_weight(value: float) -> str:
    """`1.2`, `0.75`, `2`."""
    hundredths = math.floor(abs(value) * 100 + 0.5)
    whole, rest = divmod(hundredths, 100)
    fraction = f".{rest:02d}".rstrip("0") if rest else ""
    return ("-" if value < 0 and hundredths else "") + f"{whole}{fraction}"


def read_weight(value: object) -> float | None:
    """A weight from a number or its text; None for everything that is not one, such as NaN, None or "abc"."""
    if isinstance(value, str):
        stripped = value.strip(grammar.WHITESPACE)
        value = float(stripped) if grammar.NUMBER.fullmatch(stripped) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def is_one(value: float) -> bool:
    """Whether a weight says nothing."""
    return abs(value - 1) < _ONE


def within(value: float, lowest: float) -> float:
    """Keeps a weight between `lowest` and 100."""
    return min(max(value, lowest), HIGHEST)
