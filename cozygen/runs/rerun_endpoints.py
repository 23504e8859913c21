"""Re-running pictures over HTTP."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from pydantic import Field, model_validator

from cozygen.auth import session_of
from cozygen.http.endpoint import MiB
from cozygen.http.models import Body, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body
from cozygen.runs.endpoints import queued_reply
from cozygen.runs.rerun import Edit, Mode, Rerun
from cozygen.workflows.form_replies import Wire

RERUN: web.AppKey[Rerun] = web.AppKey("rerun", Rerun)
RERUN_LIMIT = 1 * MiB


class EditBody(Body):
    """A new value for an input of a node, or for everything of one meaning (`positive`, `seed`, …)."""

    value: Any
    node_id: str | None = Field(default=None, max_length=200)
    input: str | None = Field(default=None, max_length=200)
    role: str | None = Field(default=None, max_length=40)

    @model_validator(mode="after")
    def _one_place(self) -> EditBody:
        if (self.role is None) == (self.node_id is None or self.input is None):
            raise ValueError("give a role, or a node_id with its input")
        return self


class RerunBody(Body):
    """A picture, and how it is to be made again."""

    id: str = Field(max_length=400)
    mode: Mode = "same"
    edits: list[EditBody] = Field(default_factory=list, max_length=200)


class RemixBody(Body):
    """A picture, and the workflow whose form is to be filled from it (default: the one that made it)."""

    id: str = Field(max_length=400)
    workflow: str | None = Field(default=None, max_length=400)


class RemixReply(Reply):
    """Values by field name; `missing` are meaningful fields for which the picture has nothing."""

    workflow: str
    values: dict[str, Wire]
    missing: list[str]


async def rerun(request: web.Request) -> web.StreamResponse:
    """Make a picture again."""
    body = await read_body(request, RerunBody, limit=RERUN_LIMIT)
    session = session_of(request)
    edits = [Edit(edit.value, edit.node_id, edit.input, edit.role) for edit in body.edits]
    user = session.user if session else "default"
    queued = await request.config_dict[RERUN].rerun(body.id, body.mode, edits, user)
    return json_reply(queued_reply(queued))


async def remix(request: web.Request) -> web.StreamResponse:
    """What a picture would fill into a workflow's form."""
    body = await read_body(request, RemixBody)
    return json_reply(await request.config_dict[RERUN].remix(body.id, body.workflow))
