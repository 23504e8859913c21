"""Aliases over HTTP: the whole document as the predecessor's clients know it, and one alias at a time."""

from __future__ import annotations

from aiohttp import web
from pydantic import Field

from cozygen.aliases.store import Alias, AliasStore, find
from cozygen.http.changes import changed_reply, if_match, if_none_match, read_reply
from cozygen.http.endpoint import MiB
from cozygen.http.models import Body, Reply
from cozygen.http.requests import read_body, read_json
from cozygen.storage.document_file import Change

ALIASES: web.AppKey[AliasStore] = web.AppKey("aliases", AliasStore)
LIMIT = 16 * MiB


class AliasBody(Body):
    """A whole alias."""

    text: str = Field(max_length=MiB)
    category: str | None = Field(default=None, max_length=1000)


class AliasPatch(Body):
    """What is to change of an alias."""

    name: str | None = Field(default=None, max_length=1000)
    text: str | None = Field(default=None, max_length=MiB)
    category: str | None = Field(default=None, max_length=1000)


class AliasReply(Reply):
    """One alias."""

    name: str
    text: str
    category: str


class AliasesReply(Reply):
    """The document: `{items, categories, categoryList}`, or an older bare map of names to texts."""


class StatusReply(Reply):
    """That it is done, and how to take it back."""

    status: str
    undo: str | None = None


def _store(request: web.Request) -> AliasStore:
    return request.config_dict[ALIASES]


async def read(request: web.Request) -> web.StreamResponse:
    """The whole document, as stored."""
    present = await _store(request).read()
    return read_reply(request, present.body, present.etag)


async def replace(request: web.Request) -> web.StreamResponse:
    """Replace the whole document; with `If-Match` only the version that was read."""
    value = await read_json(request, limit=LIMIT, may_be_empty=False)
    store = _store(request)
    change = await store.replace(value, if_match=if_match(request))
    return changed_reply(request, store.document, change, {"status": "ok"})


async def read_one(request: web.Request) -> web.StreamResponse:
    """One alias."""
    alias = await _store(request).one(request.match_info["name"])
    return read_reply(request, alias.__dict__, alias.etag)


async def put(request: web.Request) -> web.StreamResponse:
    """Create an alias, or replace the version that was read."""
    body = await read_body(request, AliasBody, limit=LIMIT)
    change = await _store(request).put(
        request.match_info["name"],
        body.text,
        body.category,
        if_match=if_match(request),
        if_none_match=if_none_match(request),
    )
    created = find(change.before.value, request.match_info["name"].strip()) is None
    return _changed(request, change, request.match_info["name"].strip(), status=201 if created else 200)


async def patch(request: web.Request) -> web.StreamResponse:
    """Change name, text or category of the version that was read."""
    body = await read_body(request, AliasPatch, limit=LIMIT)
    name = request.match_info["name"]
    change = await _store(request).patch(
        name, new_name=body.name, text=body.text, category=body.category, if_match=if_match(request)
    )
    return _changed(request, change, (body.name or name).strip())


async def delete(request: web.Request) -> web.StreamResponse:
    """Delete the version that was read."""
    store = _store(request)
    change = await store.delete(request.match_info["name"], if_match=if_match(request))
    return changed_reply(request, store.document, change, {"status": "ok"})


def _changed(request: web.Request, change: Change, name: str, *, status: int = 200) -> web.Response:
    alias = find(change.after.value, name)
    body = alias.__dict__ if isinstance(alias, Alias) else {}
    etag = alias.etag if alias is not None else None
    return changed_reply(request, _store(request).document, change, body, etag=etag, status=status)
