"""Types of workflows over HTTP."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic import Field

from cozygen.errors import NotFoundError
from cozygen.http.changes import changed_reply, if_match, read_reply
from cozygen.http.models import Body, OldBody, Reply
from cozygen.http.requests import read_body
from cozygen.storage.document_file import Change
from cozygen.workflows.types import MODES, WorkflowTypes, type_etag, types_of

WORKFLOW_TYPES: web.AppKey[WorkflowTypes] = web.AppKey("workflow_types", WorkflowTypes)


class TypeBody(OldBody):
    """A workflow and its mode; an empty mode removes it."""

    workflow: str = Field(default="", max_length=4096)
    mode: str | None = None


class TypePatch(Body):
    """The new mode of a workflow."""

    mode: str


class TypesReply(Reply):
    """Mode by workflow, and the modes there are."""

    workflows: dict[str, str]
    choices: list[str]


class TypeReply(Reply):
    """One workflow's mode."""

    workflow: str
    mode: str


class TypesChangedReply(Reply):
    """The whole map after a change."""

    status: str
    workflows: dict[str, str]
    undo: str | None = None


def _types(request: web.Request) -> WorkflowTypes:
    return request.config_dict[WORKFLOW_TYPES]


async def read(request: web.Request) -> web.StreamResponse:
    """All types."""
    present = await _types(request).read()
    return read_reply(request, {"workflows": types_of(present.value), "choices": list(MODES)}, present.etag)


async def replace(request: web.Request) -> web.StreamResponse:
    """Set or remove the type of a workflow."""
    body = await read_body(request, TypeBody)
    change = await _types(request).set(body.workflow, body.mode or "", if_match=if_match(request))
    return _changed(request, change)


async def read_one(request: web.Request) -> web.StreamResponse:
    """The type of one workflow."""
    value = (await _types(request).read()).value
    workflow = request.match_info["workflow"]
    if workflow not in types_of(value):
        raise NotFoundError("This workflow has no type.")
    body = {"workflow": workflow, "mode": types_of(value)[workflow]}
    return read_reply(request, body, type_etag(value, workflow))


async def patch(request: web.Request) -> web.StreamResponse:
    """Change the version that was read."""
    body = await read_body(request, TypePatch)
    workflow = request.match_info["workflow"]
    change = await _types(request).edit(workflow, body.mode, if_match=if_match(request))
    return _changed(request, change, etag=type_etag(change.after.value, workflow))


async def delete(request: web.Request) -> web.StreamResponse:
    """Remove the version that was read."""
    workflow = request.match_info["workflow"]
    return _changed(request, await _types(request).edit(workflow, "", if_match=if_match(request)))


def _changed(request: web.Request, change: Change, *, etag: str | None = None) -> web.Response:
    body: dict[str, Any] = {"status": "ok", "workflows": types_of(change.after.value)}
    return changed_reply(request, _types(request).document, change, body, etag=etag)
