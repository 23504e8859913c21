"""Making thumbnails ahead, over HTTP."""

from __future__ import annotations

import asyncio
from typing import Literal

from aiohttp import web

from cozygen.http.models import Body, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body
from cozygen.thumbs.endpoints import THUMBS
from cozygen.thumbs.warming import State, Warming

WARMING: web.AppKey[Warming] = web.AppKey("warming", Warming)


class WarmingReply(Reply):
    """How far it is; `waiting` is for a prompt or for people who look, `full` for the size of the cache."""

    state: State
    only_when_idle: bool
    done: int
    total: int
    made: int
    failed: int
    per_second: float
    cache_bytes: int
    cache_limit_bytes: int


class WarmingBody(Body):
    """`only_when_idle`: none while a prompt runs or somebody looks at pictures."""

    action: Literal["start", "pause", "stop"]
    only_when_idle: bool = True


async def progress(request: web.Request) -> web.StreamResponse:
    """How far the making of thumbnails ahead is."""
    return await _reply(request)


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
    return await _reply(request)


async def _reply(request: web.Request) -> web.StreamResponse:
    thumbs = request.config_dict[THUMBS].thumbs
    kept = await asyncio.to_thread(thumbs.disk.size)
    reply = WarmingReply(
        **request.config_dict[WARMING].progress.as_json(),
        cache_bytes=kept,
        cache_limit_bytes=thumbs.disk.capacity,
    )
    return json_reply(reply)
