"""JSON as bytes: orjson, with what it refuses and ComfyUI writes.

orjson rejects NaN and lone surrogates and rounds integers beyond 64 bits.
Pictures and file names hold all three, so reading falls back to the standard
library, and writing escapes what cannot be UTF-8.
"""

from __future__ import annotations

import json
from typing import Any, Final

import orjson

# 2⁶⁴ has 20 digits, −2⁶³ has 19: orjson would read what is longer as a rounded float. Looked for in a
# text with all digits made alike, because a regular expression takes thirty times as long as the parser.
_ALIKE: Final = bytes(ord("0") if chr(code).isdigit() and code < 128 else code for code in range(256))
_LONG: Final = b"0" * 20
_LONG_NEGATIVE: Final = b"-" + b"0" * 19


class JsonTextError(ValueError):
    """The text is not JSON."""


def dumps(value: Any, *, indent: bool = False) -> bytes:
    """Serialise; NaN becomes null, a lone surrogate its `\\udXXX` escape."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else None)
    except orjson.JSONEncodeError:
        return _dumps_slow(value, indent=indent)


def _dumps_slow(value: Any, *, indent: bool) -> bytes:
    separators = (",", ": ") if indent else (",", ":")
    text = json.dumps(_finite(value), indent=2 if indent else None, separators=separators, allow_nan=False)
    return text.encode("ascii")


def _finite(value: Any) -> Any:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value


def loads(data: bytes) -> Any:
    """Parse; big integers stay exact, NaN and Infinity become None, a BOM is skipped."""
    if _may_hold_big_integer(data):
        return _loads_slow(data)
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return _loads_slow(data)


def _may_hold_big_integer(data: bytes) -> bool:
    alike = data.translate(_ALIKE)
    return _LONG in alike or _LONG_NEGATIVE in alike


def _loads_slow(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=lambda _name: None)
    except (ValueError, RecursionError) as error:
        raise JsonTextError("not JSON") from error
