"""The reply that stays open: server-sent events."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp import web

from cozygen.http.events import Broker, Frame, Listener, View, as_named
from cozygen.storage import json_text

EVENTS: web.AppKey[Broker] = web.AppKey("events", Broker)
KEEPALIVE_S: Final = 15.0
WRITE_WITHIN_S: Final = 10.0
# Old clients wait for the comment, new ones take the delay.
_FIRST: Final = b":ok\n\nretry: 2000\n\n"
_HEADERS: Final = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-cache, no-store",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}


async def event_stream(
    request: web.Request,
    topics: list[str],
    *,
    view: View = as_named,
) -> web.StreamResponse:
    """Send events until the client leaves or the server stops; the guard ends it with its session."""
    broker = request.config_dict[EVENTS]
    listener = broker.listen(topics, view=view, after=last_event_id(request))
    reply = web.StreamResponse(headers=_HEADERS)
    try:
        await reply.prepare(request)
        if request.method != "HEAD":
            await _send_all(reply, listener)
    except (ConnectionError, asyncio.TimeoutError, TimeoutError):
        # The client is gone or reads nothing: the stream is over, and nobody is there to be told.
        pass
    finally:
        broker.leave(listener)
    return reply


def last_event_id(request: web.Request) -> str:
    """The last number that a client saw, from the header or from a fresh page's query."""
    return request.headers.get("Last-Event-ID", "") or request.query.get("last_event_id", "")


async def _send_all(reply: web.StreamResponse, listener: Listener) -> None:
    await _write(reply, _FIRST)
    while True:
        try:
            frame = await listener.next(KEEPALIVE_S)
        except StopAsyncIteration:
            return
        await _write(reply, encode(frame) if frame else b":keepalive\n\n")


async def _write(reply: web.StreamResponse, data: bytes) -> None:
    # Under TLS a write to a vanished client may wait for ever.
    await asyncio.wait_for(reply.write(data), WRITE_WITHIN_S)


def encode(frame: Frame) -> bytes:
    """A frame on the wire; JSON holds no line break."""
    name = b"event: " + frame.name.encode() + b"\n" if frame.name else b""
    return b"id: " + frame.id.encode() + b"\n" + name + b"data: " + json_text.dumps(frame.data) + b"\n\n"
