"""Presets over HTTP, for the account that asks."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic import Field

from cozygen.errors import InvalidError
from cozygen.http.changes import changed_reply, if_match, if_none_match, name_of, read_reply, user_of
from cozygen.http.endpoint import MiB
from cozygen.http.models import Body, OldBody, Query, Reply
from cozygen.http.requests import read_body, read_query
from cozygen.presets.store import PresetStore, preset_of, presets_of, workflows_of
from cozygen.storage.document_file import Change
from cozygen.storage.preconditions import item_etag

PRESETS: web.AppKey[PresetStore] = web.AppKey("presets", PresetStore)
LIMIT = 16 * MiB


class PresetsQuery(Query):
    """Which workflow's presets; all without one."""

    workflow: str = ""


class PresetsBody(OldBody):
    """Either `delete` an id, or save a `preset` `{id?, name, values?}`."""

    workflow: str = Field(default="", max_length=4096)
    delete: str | int | float | bool | None = None
    preset: Any = None


class PresetPatch(Body):
    """What is to change of a preset."""

    name: str | None = Field(default=None, max_length=1000)
    values: dict[str, Any] | None = None


class PresetBody(Body):
    """A whole preset."""

    name: str = Field(max_length=1000)
    values: dict[str, Any] = Field(default_factory=dict)


class PresetReply(Reply):
    """One preset; times are Unix seconds."""

    id: str
    name: str
    values: dict[str, Any]
    updated: int
    created: int


class PresetsReply(Reply):
    """The presets of one workflow (`workflow`, `presets`), or of all (`workflows`)."""

    user: str
    workflow: str | None = None
    presets: list[PresetReply] | None = None
    workflows: dict[str, list[PresetReply]] | None = None


class PresetsChangedReply(Reply):
    """The workflow's presets after a change, and the one that was saved."""

    status: str
    user: str
    presets: list[PresetReply]
    preset: PresetReply | None = None
    undo: str | None = None


def _store(request: web.Request) -> PresetStore:
    return request.config_dict[PRESETS]


async def read(request: web.Request) -> web.StreamResponse:
    """The caller's presets, of one workflow or of all."""
    workflow = read_query(request, PresetsQuery).workflow.strip()
    value, user = (await _store(request).read()).value, user_of(request)
    if workflow:
        presets = presets_of(value, user, workflow)
        return read_reply(
            request, {"workflow": workflow, "presets": presets, "user": name_of(request)}, item_etag(presets)
        )
    everything = workflows_of(value, user)
    return read_reply(request, {"workflows": everything, "user": name_of(request)}, item_etag(everything))


async def write(request: web.Request) -> web.StreamResponse:
    """Save or delete a preset as the predecessor's clients do."""
    body = await read_body(request, PresetsBody, limit=LIMIT)
    workflow = body.workflow.strip()
    if not workflow:
        raise InvalidError("Name the workflow.", code="missing workflow")
    if body.delete:
        change = await _store(request).delete(user_of(request), workflow, body.delete)
        return changed(request, change, workflow)
    preset = body.preset or {}
    if not isinstance(preset, dict):
        raise InvalidError("The preset is not an object.", code="invalid preset")
    change, stored = await _store(request).save(
        user_of(request),
        workflow,
        {key: preset.get(key) for key in ("id", "name", "values")},
        if_match=if_match(request),
        if_none_match=if_none_match(request),
    )
    return changed(request, change, workflow, stored)


async def read_one(request: web.Request) -> web.StreamResponse:
    """One preset of `?workflow=`."""
    value = (await _store(request).read()).value
    preset = preset_of(value, user_of(request), workflow_of(request), request.match_info["id"])
    return read_reply(request, preset, item_etag(preset))


async def put(request: web.Request) -> web.StreamResponse:
    """Create a preset under an id of the caller's choice, or replace the version that was read."""
    body = await read_body(request, PresetBody, limit=LIMIT)
    workflow, user = workflow_of(request), user_of(request)
    change, stored = await _store(request).put(
        user,
        workflow,
        request.match_info["id"],
        body.model_dump(),
        if_match=if_match(request),
        if_none_match=if_none_match(request),
    )
    created = len(presets_of(change.after.value, user, workflow)) > len(
        presets_of(change.before.value, user, workflow)
    )
    return changed(request, change, workflow, stored, status=201 if created else 200)


async def patch(request: web.Request) -> web.StreamResponse:
    """Change name or values of the version that was read."""
    body = await read_body(request, PresetPatch, limit=LIMIT)
    workflow = workflow_of(request)
    change, stored = await _store(request).patch(
        user_of(request),
        workflow,
        request.match_info["id"],
        body.model_dump(exclude_none=True),
        if_match=if_match(request),
    )
    return changed(request, change, workflow, stored)


async def delete(request: web.Request) -> web.StreamResponse:
    """Delete the version that was read."""
    workflow = workflow_of(request)
    change = await _store(request).delete_seen(
        user_of(request), workflow, request.match_info["id"], if_match=if_match(request)
    )
    return changed(request, change, workflow)


def workflow_of(request: web.Request) -> str:
    """The workflow of the query string."""
    workflow = read_query(request, PresetsQuery).workflow.strip()
    if not workflow:
        raise InvalidError("Name the workflow.", code="missing workflow")
    return workflow


def changed(
    request: web.Request,
    change: Change,
    workflow: str,
    preset: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> web.Response:
    """The reply to a change of one workflow's presets."""
    user = user_of(request)
    presets = presets_of(change.after.value, user, workflow)
    body: dict[str, Any] = {"status": "ok", "presets": presets, "user": name_of(request)}
    if preset is not None:
        body["preset"] = preset
    etag = item_etag(presets if preset is None else preset)
    return changed_reply(request, _store(request).document, change, body, etag=etag, status=status)
