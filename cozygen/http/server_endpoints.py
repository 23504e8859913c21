"""Whether the server is there and well."""

from __future__ import annotations

from aiohttp import web

from cozygen import __version__
from cozygen.auth import may_see_details
from cozygen.health import Health
from cozygen.http.models import Reply
from cozygen.http.replies import json_reply

HEALTH: web.AppKey[Health] = web.AppKey("health", Health)


class HelloReply(Reply):
    """`{"status": "ok"}`."""

    status: str


class HealthReply(Reply):
    """`ok` for everybody; version, parts and notices with a session."""

    status: str
    version: str | None = None
    parts: dict[str, dict[str, object]] | None = None
    notices: list[dict[str, object]] | None = None


async def hello(request: web.Request) -> web.StreamResponse:
    """The server is there."""
    return json_reply({"status": "ok"})


async def health(request: web.Request) -> web.StreamResponse:
    """How the server is; details only for somebody who may see them."""
    state = request.config_dict[HEALTH]
    status = "ok" if state.ok() else "not ok"
    if not may_see_details(request):
        return json_reply({"status": status})
    return json_reply({"status": status, "version": __version__, **state.report()})
