"""Raw prompts over HTTP."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cozygen.errors import InvalidError
from cozygen.http.models import OldBody, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body
from cozygen.runs.prompt_raw import PromptRawStore, cleaned

PROMPT_RAW: web.AppKey[PromptRawStore] = web.AppKey("prompt_raw", PromptRawStore)


class PromptRawBody(OldBody):
    """A run's id, and its raw prompts by `<node id>:<input name>` under the first of three names."""

    prompt_id: str | int | float | bool | None = None
    prompt_raw: Any = None
    cozygen_prompt_raw: Any = None
    raw: Any = None


class OkReply(Reply):
    """That it is stored."""

    ok: bool


async def store(request: web.Request) -> web.StreamResponse:
    """Remember the raw prompts of a run."""
    body = await read_body(request, PromptRawBody)
    prompt_id = "" if body.prompt_id is None else str(body.prompt_id).strip()
    if not prompt_id:
        raise InvalidError("Say which run: prompt_id.", code="prompt_id required")
    raw = cleaned(body.prompt_raw or body.cozygen_prompt_raw or body.raw)
    await request.config_dict[PROMPT_RAW].store(prompt_id, raw)
    return json_reply({"ok": True})
