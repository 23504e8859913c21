"""Values of fields: reading them from graphs and requests, exactly."""

from __future__ import annotations

import math
import re
from typing import Any

from cozygen.workflows.form import Field, Value

# Longer numbers are nobody's seed, and Python refuses to read very long ones.
_WHOLE = re.compile(r"^[+-]?[0-9]{1,40}$")
_YES = frozenset({"true", "1", "yes", "on"})
_NO = frozenset({"false", "0", "no", "off", ""})


class ValueRefusedError(ValueError):
    """A value does not fit its field; the message completes "must be …"."""


def to_integer(value: Any) -> int | None:
    """An integer from a number or its text, exact to any size; None where it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value == int(value) else None
    if isinstance(value, str):
        text = value.strip()
        if _WHOLE.match(text):
            return int(text)
        number = to_number(text) if text.isascii() else None
        return to_integer(number) if isinstance(number, float) else None
    return None


def to_number(value: Any) -> float | None:
    """A finite float from a number or its text."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def to_boolean(value: Any) -> bool | None:
    """A boolean from itself, 0 or 1, or a word for yes or no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        word = value.strip().lower()
        return True if word in _YES else False if word in _NO else None
    return None


def checked(field: Field, value: Any) -> Value:
    """A value sent for a field, in the field's type; raises ValueRefusedError."""
    if field.kind in ("integer", "number"):
        return _checked_number(field, value)
    if field.kind == "boolean":
        return bool(_or_refuse(to_boolean(value), "true or false"))
    if not isinstance(value, str):
        raise ValueRefusedError("a text")
    if field.kind in ("choice", "lora_pair") and field.choices is not None and value not in field.choices:
        raise ValueRefusedError("one of the choices")
    return value


def _checked_number(field: Field, value: Any) -> int | float:
    if field.kind == "integer":
        number: int | float = _or_refuse(to_integer(value), "a whole number")
    else:
        number = _or_refuse(to_number(value), "a number")
    if field.minimum is not None and number < field.minimum:
        raise ValueRefusedError(f"at least {field.minimum}")
    if field.maximum is not None and number > field.maximum:
        raise ValueRefusedError(f"at most {field.maximum}")
    return number


def _or_refuse(value: Any, what: str) -> Any:
    if value is None:
        raise ValueRefusedError(what)
    return value


def fitting(field_kind: str, value: Any, minimum: Any, maximum: Any) -> Any:
    """A graph's own value made valid: of its type and within its limits, else a sensible one."""
    if field_kind == "integer":
        return _clamped(to_integer(value), 0, minimum, maximum)
    if field_kind == "number":
        return _clamped(to_number(value), 0.0, minimum, maximum)
    if field_kind == "boolean":
        return bool(to_boolean(value))
    return "" if value is None else str(value)


def _clamped(value: Any, otherwise: Any, minimum: Any, maximum: Any) -> Any:
    number = otherwise if value is None else value
    if minimum is not None and number < minimum:
        return minimum
    if maximum is not None and number > maximum:
        return maximum
    return number
