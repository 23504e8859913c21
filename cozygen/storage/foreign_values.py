"""What a client may hand us to keep."""

from __future__ import annotations

import json
from typing import Any

import orjson

from cozygen.errors import InvalidError
from cozygen.storage.document_text import MAX_DEPTH, depth_of


def check_storable(value: Any) -> None:
    """Raise InvalidError for text that is no Unicode (half a surrogate pair) and for bottomless nesting."""
    if depth_of(value) > MAX_DEPTH:
        raise InvalidError("The value is nested too deeply.", code="too_deep")
    try:
        orjson.dumps(value)
    except orjson.JSONEncodeError:
        # Also raised for big integers, which are welcome.
        _check_slowly(value)


def _check_slowly(value: Any) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidError(
            "The text holds half a character (a lone surrogate).", code="invalid_text"
        ) from error
