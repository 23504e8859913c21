"""A user's own order, labels and pins, over HTTP."""

from __future__ import annotations

from typing import Annotated

from aiohttp import web
from pydantic import Field, StringConstraints

from cozygen.http.changes import changed_reply, if_match, read_reply, user_of
from cozygen.http.models import Body, Reply
from cozygen.http.requests import read_body
from cozygen.storage.preconditions import item_etag
from cozygen.workflows.form_settings import MOST_PINS, FormSettings, pins_etag

FORM_SETTINGS: web.AppKey[FormSettings] = web.AppKey("form_settings", FormSettings)

Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Label = Annotated[str, StringConstraints(max_length=200)]


class SettingsBody(Body):
    """Field names in the wanted order, those to hide and to pin, and own labels by name."""

    order: list[Name] = Field(default_factory=list, max_length=2000)
    hidden: list[Name] = Field(default_factory=list, max_length=2000)
    pinned: list[Name] = Field(default_factory=list, max_length=2000)
    labels: dict[str, Label] = Field(default_factory=dict, max_length=2000)


class SettingsReply(Reply):
    """What is stored; all empty where nothing is."""

    workflow: str
    order: list[str]
    hidden: list[str]
    pinned: list[str]
    labels: dict[str, str]
    undo: str | None = None


class PinsBody(Body):
    """Names of workflows, in the order they are to be shown."""

    workflows: Annotated[list[Name], Field(max_length=MOST_PINS)]


class PinsReply(Reply):
    """The pinned workflows in order; one that is away for a while stays pinned."""

    workflows: list[str]
    undo: str | None = None


def _store(request: web.Request) -> FormSettings:
    return request.config_dict[FORM_SETTINGS]


async def read_settings(request: web.Request) -> web.StreamResponse:
    """The caller's settings of one form."""
    workflow = request.match_info["workflow"]
    item = await _store(request).items.get(user_of(request), workflow)
    return read_reply(request, _settings_json(workflow, item), item_etag(item))


async def write_settings(request: web.Request) -> web.StreamResponse:
    """Replace the caller's settings of one form; all empty removes them."""
    body = await read_body(request, SettingsBody)
    workflow, store = request.match_info["workflow"], _store(request)
    item = {key: part for key, part in body.model_dump().items() if part}
    change = await store.items.put(user_of(request), workflow, item, if_match=if_match(request))
    reply = _settings_json(workflow, item)
    return changed_reply(request, store.items.document, change, reply, etag=item_etag(item))


def _settings_json(workflow: str, item: dict[str, object]) -> dict[str, object]:
    empty: dict[str, object] = {"order": [], "hidden": [], "pinned": [], "labels": {}}
    return {"workflow": workflow, **empty, **item}


async def read_pins(request: web.Request) -> web.StreamResponse:
    """The caller's pinned workflows."""
    pinned = await _store(request).pinned(user_of(request))
    return read_reply(request, {"workflows": pinned}, pins_etag(pinned))


async def write_pins(request: web.Request) -> web.StreamResponse:
    """Replace the caller's pinned workflows."""
    body = await read_body(request, PinsBody)
    store = _store(request)
    change = await store.pin(user_of(request), body.workflows, if_match=if_match(request))
    pinned = await store.pinned(user_of(request))
    return changed_reply(request, store.pins.document, change, {"workflows": pinned}, etag=pins_etag(pinned))
