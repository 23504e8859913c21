"""Making thumbnails ahead, over HTTP."""

from __future__ import annotations

from typing import Literal

from aiohttp import web

from cozygen.http.models import Body, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body
from cozygen.thumbs.warming import State, Warming

WARMING: web.AppKey[Warming] = web.AppKey("warming", Warming)


class WarmingReply(Reply):
    """How far it is; `waiting` is for a prompt that runs, `full` for the size of the cache."""

    state: State
    only_when_idle: bool
    done: int
    total: int
    made: int
    failed: int
    per_second: float


class WarmingBody(Body):
    """`only_when_idle`: none while a prompt runs."""

    action: Literal["start", "pause", "stop"]
    only_when_idle: bool = True


async def progress(request: web.Request) -> web.StreamResponse:
    """How far the making of thumbnails ahead is."""
    return _reply(request.config_dict[WARMING])


async def control(request: web.Request) -> web.StreamResponse:
    """Start or go on, pause, or give up making thumbnails ahead."""
    body = await read_body(request, WarmingBody)
    warming = request.config_dict[WARMING]
    if body.action == "start":
        warming.start(only_when_idle=body.only_when_idle)
    elif body.action == "pause":
        warming.pause()
    else:
        await warming.stop()
    return _reply(warming)


def _reply(warming: Warming) -> web.StreamResponse:
    return json_reply(WarmingReply(**warming.progress.as_json()))
