"""Answers to a change of a document: its new ETag, and a token to take it back."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cozygen.auth import session_of
from cozygen.http.replies import json_reply
from cozygen.storage.document_file import Change
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.preconditions import matches
from cozygen.storage.undo import Undo

UNDO: web.AppKey[Undo] = web.AppKey("undo", Undo)


def user_of(request: web.Request) -> str:
    """Whose things the caller reads and writes; `default` without a login."""
    session = session_of(request)
    return session.user if session is not None else "default"


def name_of(request: web.Request) -> str:
    """What the caller signed in as; `default` without a login."""
    session = session_of(request)
    return (session.name or session.user) if session is not None else "default"


def if_match(request: web.Request) -> str | None:
    """The header `If-Match`."""
    return request.headers.get("If-Match")


def if_none_match(request: web.Request) -> str | None:
    """The header `If-None-Match`."""
    return request.headers.get("If-None-Match")


def read_reply(request: web.Request, body: Any, etag: str) -> web.StreamResponse:
    """What was read, with its ETag; 304 without a body when the caller has it already."""
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    known = if_none_match(request)
    if known is not None and matches(known.replace("W/", ""), etag):
        return web.Response(status=304, headers=headers)
    return json_reply(body, headers=headers)


def changed_reply(
    request: web.Request,
    document: JsonDocument,
    change: Change,
    body: dict[str, Any],
    *,
    etag: str | None = None,
    status: int = 200,
) -> web.Response:
    """The reply to a write: `body`, plus `undo` when something changed; `etag` defaults to the document's."""
    undo = request.config_dict[UNDO].offer_change(user_of(request), document, change)
    return json_reply(
        body if undo is None else {**body, "undo": undo},
        status=status,
        headers={"ETag": etag or change.after.etag},
    )
