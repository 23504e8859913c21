"""Reading requests: a model out of a query string or a JSON body, or an InvalidError."""

from __future__ import annotations

import asyncio
from typing import Any, Final, TypeVar
from urllib.parse import unquote_to_bytes

from aiohttp import web
from pydantic import BaseModel, ValidationError

from cozygen.errors import InvalidError, PayloadTooLargeError, UnsupportedMediaTypeError
from cozygen.http.endpoint import MiB
from cozygen.storage import json_text

_LARGE: Final = 256 * 1024
Model = TypeVar("Model", bound=BaseModel)


def read_query(request: web.Request, model: type[Model]) -> Model:
    """The query string as `model`; of a repeated parameter the first counts."""
    values: dict[str, str] = {}
    for name, value in request.query.items():
        values.setdefault(name, value)
    return validate(model, values, "The query is not understood")


def exact_text(request: web.Request, name: str) -> str:
    """A query parameter by its bytes: what is no UTF-8 becomes surrogates, as in file names."""
    for pair in request.rel_url.raw_query_string.split("&"):
        key, _, value = pair.partition("=")
        if key == name:
            return unquote_to_bytes(value.replace("+", " ")).decode("utf-8", "surrogateescape")
    return ""


async def read_body(request: web.Request, model: type[Model], *, limit: int = MiB) -> Model:
    """The JSON body as `model`; at most `limit` bytes are read."""
    return validate(model, await read_json(request, limit=limit), "The body is not understood")


async def read_json(request: web.Request, *, limit: int = MiB, may_be_empty: bool = True) -> Any:
    """The JSON body, unchecked; an empty body reads as `{}` where it `may_be_empty`."""
    data = await _read_bytes(request, limit)
    if not data and may_be_empty:
        return {}
    if request.content_type != "application/json":
        raise UnsupportedMediaTypeError("Send the body as application/json.")
    try:
        # A large body would hold up everybody else.
        return await asyncio.to_thread(json_text.loads, data) if len(data) > _LARGE else json_text.loads(data)
    except json_text.JsonTextError as error:
        raise InvalidError("The body is not JSON.", code="invalid json payload") from error


async def _read_bytes(request: web.Request, limit: int) -> bytes:
    """Read by chunks, so that a body without a length cannot fill the memory."""
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    data = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        data += chunk
        if len(data) > limit:
            raise _too_large(limit)
    return bytes(data)


def _too_large(limit: int) -> PayloadTooLargeError:
    return PayloadTooLargeError(f"The body is larger than {limit // 1024} KiB.", details={"limit": limit})


def validate(model: type[Model], value: Any, message: str) -> Model:
    """Check `value` against `model`; raises InvalidError with `details.fields`."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        fields = field_errors(error)
        first = next(iter(fields.items()), ("", [""]))
        where = f" ({first[0]}: {first[1][0]})" if first[0] else ""
        raise InvalidError(f"{message}{where}.", details={"fields": fields}) from error


def field_errors(error: ValidationError) -> dict[str, list[str]]:
    """Messages by field, without the values that were sent."""
    fields: dict[str, list[str]] = {}
    for entry in error.errors(include_url=False, include_input=False, include_context=False):
        name = ".".join(str(part) for part in entry["loc"])
        fields.setdefault(name, []).append(str(entry["msg"]))
    return fields
