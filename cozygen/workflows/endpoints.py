"""Workflow files, their forms, and the lists to choose from, over HTTP."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any

from aiohttp import hdrs, web
from pydantic import Field as ModelField
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from cozygen.errors import InvalidError, NotFoundError, PreconditionRequiredError
from cozygen.http.changes import user_of
from cozygen.http.endpoint import MiB
from cozygen.http.models import Body, Flag, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body, read_query
from cozygen.storage.preconditions import require_absent, require_match
from cozygen.workflows.choices import resolved
from cozygen.workflows.form import Form, as_json
from cozygen.workflows.form_settings import arranged
from cozygen.workflows.forms import Forms
from cozygen.workflows.graph import parse_graph
from cozygen.workflows.guess_type import guess_type
from cozygen.workflows.model_endpoints import MODELS, preview_links
from cozygen.workflows.settings_endpoints import FORM_SETTINGS
from cozygen.workflows.type_endpoints import WORKFLOW_TYPES
from cozygen.workflows.types import types_of

FORMS: web.AppKey[Forms] = web.AppKey("forms", Forms)
WORKFLOW_LIMIT = 32 * MiB


class SaveBody(Body):
    """“Save to CozyGen”: the API graph, and the graph editor's own."""

    prompt: dict[str, Any]
    workflow: dict[str, Any] | None = None


class RenameBody(Body):
    """The new name, ending in .json; folders are made."""

    to: str = ModelField(min_length=1, max_length=400)


class RestoreBody(Body):
    """The token that deleting answered."""

    undo: str = ModelField(min_length=1, max_length=40)


class ChoicesQuery(Query):
    """`refresh` or any `cache_bust` reads the list anew; `q` ranks and shortens it."""

    type: str = ""
    refresh: Flag = False
    cache_bust: str = ""
    q: str = ""
    limit: int = ModelField(default=100, ge=1, le=1000)
    previews: Flag = ModelField(default=False, description="adds where pictures of models are")


class ChoicesReply(Reply):
    """The names, sorted as the host sorts them; by likeness where `q` was sent.

    `previews` has the address of a picture for every model that has one.
    """

    choices: list[str]
    previews: dict[str, str] | None = None


async def list_workflows(request: web.Request) -> web.StreamResponse:
    """All workflow files."""
    files = await asyncio.to_thread(request.config_dict[FORMS].files.list)
    pinned = set(await request.config_dict[FORM_SETTINGS].pinned(user_of(request)))
    types = types_of((await request.config_dict[WORKFLOW_TYPES].read()).value)
    items = [
        {**file._asdict(), "pinned": file.name in pinned, "type": types.get(file.name)} for file in files
    ]
    return json_reply({"workflows": [file.name for file in files], "items": items})


async def read_workflow(request: web.Request) -> web.StreamResponse:
    """One workflow file as it stands."""
    workflow = await request.config_dict[FORMS].read(request.match_info["name"])
    return json_reply(workflow.document, headers={hdrs.ETAG: workflow.etag})


async def read_form(request: web.Request) -> web.StreamResponse:
    """The form of a workflow."""
    forms = request.config_dict[FORMS]
    workflow = await forms.read(request.match_info["name"])
    body = form_json(await forms.form_of(workflow))
    settings = await request.config_dict[FORM_SETTINGS].of(user_of(request), workflow.name)
    body["fields"], body["groups"] = arranged(body["fields"], body["groups"], settings)
    head = {"workflow": workflow.name, "title": workflow.name.rsplit("/", 1)[-1][: -len(".json")]}
    types = types_of((await request.config_dict[WORKFLOW_TYPES].read()).value)
    kind = types.get(workflow.name) or guess_type(parse_graph(workflow.document))
    return json_reply({**head, "version": workflow.etag.strip('"'), "type": kind, **body})


def form_json(form: Form) -> dict[str, Any]:
    """The part of a form that is the same for a file and for a graph."""
    problems = [{key: value for key, value in asdict(entry).items() if value} for entry in form.problems]
    return {
        "source": form.source,
        "fields": [as_json(field) for field in form.fields],
        "groups": [{"name": group.name, "fields": list(group.fields)} for group in form.groups],
        "problems": problems,
    }


async def save_workflow(request: web.Request) -> web.StreamResponse:
    """Write a workflow; a new one needs no If-Match, an existing one does."""
    body = await read_body(request, SaveBody, limit=WORKFLOW_LIMIT)
    graph = parse_graph(body.prompt)
    forms = request.config_dict[FORMS]
    name = request.match_info["name"]
    workflow = await asyncio.to_thread(_save, forms, name, graph, body.workflow, request)
    return json_reply({"workflow": workflow.name}, headers={hdrs.ETAG: workflow.etag})


def _save(forms: Forms, name: str, graph: Any, ui_graph: Any, request: web.Request) -> Any:
    try:
        present = forms.files.read(name)
    except NotFoundError:
        return forms.files.save(name, graph, ui_graph)
    require_absent(request.headers.get(hdrs.IF_NONE_MATCH), True, current=None)
    require_match(request.headers.get(hdrs.IF_MATCH), present.etag, current=None)
    return forms.files.save(name, graph, ui_graph)


async def rename_workflow(request: web.Request) -> web.StreamResponse:
    """Give a workflow another name."""
    body = await read_body(request, RenameBody)
    await _require_version(request)
    name = await request.config_dict[FORMS].rename(request.match_info["name"], body.to)
    return json_reply({"workflow": name})


async def delete_workflow(request: web.Request) -> web.StreamResponse:
    """Put a workflow into the trash; the answer's `undo` brings it back."""
    await _require_version(request)
    token = await asyncio.to_thread(request.config_dict[FORMS].files.delete, request.match_info["name"])
    return json_reply({"ok": True, "undo": token})


async def restore_workflow(request: web.Request) -> web.StreamResponse:
    """Bring a deleted workflow back."""
    body = await read_body(request, RestoreBody)
    name = await asyncio.to_thread(request.config_dict[FORMS].files.restore, body.undo)
    return json_reply({"workflow": name})


async def _require_version(request: web.Request) -> None:
    header = request.headers.get(hdrs.IF_MATCH)
    if header is None:
        raise PreconditionRequiredError("Send If-Match with the ETag of the version you mean.")
    workflow = await request.config_dict[FORMS].read(request.match_info["name"])
    require_match(header, workflow.etag, current=None)


async def get_choices(request: web.Request) -> web.StreamResponse:
    """The names of one choice type."""
    query = read_query(request, ChoicesQuery)
    if not query.type:
        raise InvalidError("Say which list: type=checkpoints, for instance.", code="missing type")
    source = request.config_dict[FORMS].choices
    if query.refresh or query.cache_bust:
        await source.refresh(query.type)
    names = await source.choices(query.type)
    if names is None:
        raise InvalidError("There is no such list.", code=f"invalid type {resolved(query.type)[:80]}")
    shown = await asyncio.to_thread(_ranked, names, query.q, query.limit) if query.q else list(names)
    if not query.previews:
        return json_reply({"choices": shown})
    links = await preview_links(request.config_dict[MODELS], query.type, shown)
    return json_reply({"choices": shown, "previews": links})


def _ranked(names: tuple[str, ...], q: str, limit: int) -> list[str]:
    """The names that resemble `q`, best first; letters and digits count, case does not."""
    hits = process.extract(
        q, names, scorer=fuzz.WRatio, processor=default_process, limit=limit, score_cutoff=60
    )
    return [name for name, _score, _index in hits]
