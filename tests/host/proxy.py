"""A reverse proxy that mounts a server under `/base/` and strips the prefix.

`python -m tests.host.proxy http://127.0.0.1:8188 8088` puts it before a ComfyUI by hand.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import ClientSession, WSMsgType, web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

PREFIX = "/base"
# Of one connection only (RFC 9110, 7.6.1); aiohttp writes its own.
_HOP = ("Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "TE", "Trailer")
_SESSION: web.AppKey[ClientSession] = web.AppKey("session", ClientSession)


def proxy(target: URL, *, keep_host: bool = True, tls: bool = False) -> web.Application:
    """`keep_host`: the browser's `Host` is handed on, as nginx does when told to; else the target's own.

    `tls`: says in `X-Forwarded-Proto` that the browser spoke TLS.
    """

    async def forward(request: web.Request) -> web.StreamResponse:
        # Cut from the text: a proxy does not decode what it hands on.
        url = target.join(URL(request.raw_path.removeprefix(PREFIX) or "/", encoded=True))
        headers = _headers(request, keep_host=keep_host, tls=tls)
        session = request.app[_SESSION]
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await _socket(session, request, url, headers)
        body = request.content if request.body_exists else None
        async with session.request(
            request.method, url, headers=headers, data=body, allow_redirects=False
        ) as answer:
            reply = web.StreamResponse(status=answer.status, headers=_without_hops(answer.headers))
            await reply.prepare(request)
            async for part in answer.content.iter_any():
                await reply.write(part)
            await reply.write_eof()
            return reply

    app = web.Application()
    app.cleanup_ctx.append(_client)
    app.router.add_route("*", PREFIX + "/{path:.*}", forward)
    return app


async def _client(app: web.Application) -> AsyncIterator[None]:
    async with ClientSession(auto_decompress=False) as session:
        app[_SESSION] = session
        yield


def _headers(request: web.Request, *, keep_host: bool, tls: bool) -> CIMultiDict[str]:
    headers = _without_hops(request.headers)
    headers["X-Forwarded-For"] = request.remote or ""
    headers["X-Forwarded-Host"] = request.host
    headers["X-Forwarded-Proto"] = "https" if tls else request.scheme
    if not keep_host:
        del headers["Host"]
    return headers


def _without_hops(headers: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    kept = CIMultiDict(headers)
    for name in [name for name in kept if name in _HOP or name.startswith("Sec-WebSocket-")]:
        kept.popall(name, None)
    return kept


async def _socket(
    session: ClientSession, request: web.Request, url: URL, headers: CIMultiDict[str]
) -> web.StreamResponse:
    async with session.ws_connect(url, headers=headers) as far:
        near = web.WebSocketResponse()
        await near.prepare(request)
        pumps = [asyncio.create_task(_pump(near, far)), asyncio.create_task(_pump(far, near))]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
        await near.close()
        return near


async def _pump(source: Any, sink: Any) -> None:
    """Messages of either kind of socket, from one to the other."""
    async for message in source:
        if message.type is WSMsgType.TEXT:
            await sink.send_str(message.data)
        elif message.type is WSMsgType.BINARY:
            await sink.send_bytes(message.data)


if __name__ == "__main__":
    web.run_app(proxy(URL(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), access_log=None)
