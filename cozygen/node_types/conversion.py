"""Text of a dynamic field to the value its type promises; ValueError says what is wrong in one sentence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

TRUE_WORDS = frozenset({"true", "1", "yes", "on"})
FALSE_WORDS = frozenset({"false", "0", "no", "off", ""})


@dataclass(frozen=True)
class Limits:
    """Bounds of a number field; equal bounds mean none (the graph editor writes 0 and 0)."""

    low: float = 0.0
    high: float = 0.0

    def check(self, value: float) -> None:
        """ValueError when `value` lies outside."""
        if self.low >= self.high:
            return
        if value < self.low:
            raise ValueError(f"{value} is below the smallest allowed value {self.low:g}")
        if value > self.high:
            raise ValueError(f"{value} is above the largest allowed value {self.high:g}")


def convert(param_type: str, value: Any, limits: Limits) -> Any:
    """`value` as INT, FLOAT or BOOLEAN; STRING and DROPDOWN stay text."""
    if param_type == "INT":
        whole = to_whole(value)
        limits.check(whole)
        return whole
    if param_type == "FLOAT":
        number = to_number(value)
        limits.check(number)
        return number
    return to_switch(value) if param_type == "BOOLEAN" else str(value)


def to_whole(value: Any) -> int:
    """A whole number, exact to any size; `3.0` and `1e3` count as whole, `3.7` does not."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError(f"{value!r} is not a whole number") from None
    if not number.is_finite() or number.adjusted() > 30 or number != number.to_integral_value():
        raise ValueError(f"{value!r} is not a whole number")
    return int(number)


def to_number(value: Any) -> float:
    """A finite number; text such as `nan` or `inf` is refused."""
    try:
        number = float(str(value).strip())
    except ValueError:
        raise ValueError(f"{value!r} is not a number") from None
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is not a finite number")
    return number


def to_switch(value: Any) -> bool:
    """true/1/yes/on and false/0/no/off, in any case."""
    word = str(value).strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError(f"{value!r} is neither on nor off")
