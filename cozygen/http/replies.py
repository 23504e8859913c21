"""Replies: JSON and the one error shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from pydantic import BaseModel

from cozygen.errors import CozyGenError
from cozygen.storage import json_text


def json_reply(data: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """A JSON reply; `data` is a model, plain values, or bytes that are JSON already."""
    return web.Response(
        body=_as_bytes(data),
        status=status,
        content_type="application/json",
        charset="utf-8",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def _as_bytes(data: Any) -> bytes:
    if isinstance(data, bytes):
        return data
    if isinstance(data, BaseModel):
        return json_text.dumps(data.model_dump(mode="json"))
    return json_text.dumps(data)


def error_reply(error: CozyGenError) -> web.Response:
    """The error shape of `docs/api.md`, with the error's status and headers."""
    body: dict[str, Any] = {"error": error.error, "message": error.message}
    if error.details is not None:
        body["details"] = error.details
    return json_reply(body, status=error.status, headers=error.headers)
