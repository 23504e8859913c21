"""Presets checked, copied, ordered, exported and brought in, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from aiohttp import hdrs, web
from pydantic import Field, StringConstraints

from cozygen.http.changes import changed_reply, if_match, read_reply, user_of
from cozygen.http.models import Body, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body, read_query
from cozygen.presets.checked import checked_values
from cozygen.presets.endpoints import LIMIT, PRESETS, changed
from cozygen.presets.exchange import exported, read_exported
from cozygen.presets.store import preset_of, presets_of, workflows_of
from cozygen.storage.preconditions import item_etag
from cozygen.workflows.endpoints import FORMS
from cozygen.workflows.form_replies import ProblemReply

Id = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class OneQuery(Query):
    """A preset of a workflow."""

    workflow: str = ""
    id: str = ""


class CheckedReply(Reply):
    """Values that fit the form as it is now; `problems` name those that do not."""

    values: dict[str, Any]
    problems: list[ProblemReply]


class OrderBody(Body):
    """Ids in the wanted order; presets that are not named follow."""

    workflow: Id
    ids: Annotated[list[Id], Field(max_length=10_000)]


class DuplicateBody(Body):
    """Which preset, and what the copy is called; without a name it gets a number."""

    workflow: Id
    id: Id
    name: str = Field(default="", max_length=1000)


class ImportBody(Body):
    """An exported file. `workflow` takes all of it; `replace` overwrites what has the same name."""

    data: dict[str, Any]
    workflow: str = Field(default="", max_length=4096)
    replace: bool = False


class ImportReply(Reply):
    """How many presets came in, and how."""

    added: int
    replaced: int
    renamed: int
    undo: str | None = None


class ExportQuery(Query):
    """Which workflow's presets; all without one."""

    workflow: str = ""


async def check(request: web.Request) -> web.StreamResponse:
    """What applying a preset would set, and what of it no longer fits."""
    query = read_query(request, OneQuery)
    value = (await request.config_dict[PRESETS].read()).value
    preset = preset_of(value, user_of(request), query.workflow.strip(), query.id)
    body = await checked_values(request.config_dict[FORMS], query.workflow.strip(), preset.get("values", {}))
    return json_reply(body)


async def order(request: web.Request) -> web.StreamResponse:
    """Put the presets that were read into another order."""
    body = await read_body(request, OrderBody)
    store, workflow = request.config_dict[PRESETS], body.workflow.strip()
    change = await store.order(user_of(request), workflow, body.ids, if_match=if_match(request))
    return changed(request, change, workflow)


async def duplicate(request: web.Request) -> web.StreamResponse:
    """Copy a preset."""
    body = await read_body(request, DuplicateBody)
    store, workflow = request.config_dict[PRESETS], body.workflow.strip()
    change, stored = await store.duplicate(user_of(request), workflow, body.id, body.name.strip())
    return changed(request, change, workflow, stored, status=201)


async def export(request: web.Request) -> web.StreamResponse:
    """The caller's presets as a file."""
    workflow = read_query(request, ExportQuery).workflow.strip()
    value, user = (await request.config_dict[PRESETS].read()).value, user_of(request)
    chosen = {workflow: presets_of(value, user, workflow)} if workflow else workflows_of(value, user)
    body = exported(chosen)
    reply = read_reply(request, body, item_etag(body))
    reply.headers[hdrs.CONTENT_DISPOSITION] = 'attachment; filename="cozygen-presets.json"'
    return reply


async def bring_in(request: web.Request) -> web.StreamResponse:
    """Add the presets of an exported file."""
    body = await read_body(request, ImportBody, limit=LIMIT)
    presets = read_exported(body.data, body.workflow.strip())
    store = request.config_dict[PRESETS]
    change, counts = await store.bring_in(user_of(request), presets, replace=body.replace)
    return changed_reply(request, store.document, change, dict(counts))
