"""The last values of a form, over HTTP."""

from __future__ import annotations

from typing import Annotated, Any

from aiohttp import web
from pydantic import Field, StringConstraints

from cozygen.http.changes import if_match, user_of
from cozygen.http.endpoint import MiB
from cozygen.http.models import Body, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body
from cozygen.presets.checked import checked_values
from cozygen.presets.form_values import FormValues
from cozygen.storage.preconditions import item_etag
from cozygen.workflows.endpoints import FORMS
from cozygen.workflows.form_replies import ProblemReply
from cozygen.workflows.seeds import SeedMode

FORM_VALUES: web.AppKey[FormValues] = web.AppKey("form_values", FormValues)
LIMIT = 16 * MiB
Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class ValuesBody(Body):
    """Values by field name, the fields that are switched off, and how seeds are drawn."""

    values: dict[str, Any] = Field(max_length=2000)
    bypassed: list[Name] = Field(default_factory=list, max_length=200)
    seeds: dict[str, SeedMode] = Field(default_factory=dict, max_length=2000)


class ValuesReply(Reply):
    """Values that fit the form as it is now; `problems` name those that do not and are left out.

    `updated` is when they were written, in Unix seconds; null where nothing was.
    """

    workflow: str
    values: dict[str, Any]
    bypassed: list[str]
    seeds: dict[str, str]
    updated: float | None
    problems: list[ProblemReply]


class StoredReply(Reply):
    """When the values were written; null after all were removed."""

    workflow: str
    updated: float | None


async def read_values(request: web.Request) -> web.StreamResponse:
    """What the caller last filled in, on any device."""
    workflow = request.match_info["workflow"]
    item = await request.config_dict[FORM_VALUES].get(user_of(request), workflow)
    body = {"workflow": workflow, "bypassed": [], "seeds": {}, "updated": None, **item}
    checked = await checked_values(request.config_dict[FORMS], workflow, item.get("values", {}))
    # The form is part of the answer, so the ETag of the stored item cannot answer 304.
    return json_reply({**body, **checked}, headers={"ETag": item_etag(item), "Cache-Control": "no-cache"})


async def write_values(request: web.Request) -> web.StreamResponse:
    """Replace what was read; the first write needs no If-Match."""
    body = await read_body(request, ValuesBody, limit=LIMIT)
    workflow = request.match_info["workflow"]
    _change, item = await request.config_dict[FORM_VALUES].put(
        user_of(request), workflow, body.model_dump(), if_match=if_match(request)
    )
    reply = {"workflow": workflow, "updated": item.get("updated")}
    return json_reply(reply, headers={"ETag": item_etag(item)})
