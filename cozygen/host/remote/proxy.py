"""The far ComfyUI's own addresses on our server: HTTP passed through, sockets kept alive over its restarts.

So that scripts and old clients can talk to `cozygen serve --comfyui` as they
talk to ComfyUI, behind our login. Our session never reaches it.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import aiohttp
from aiohttp import hdrs, web
from multidict import CIMultiDict, CIMultiDictProxy

from cozygen.host.protocol import HostDownError
from cozygen.host.remote.host import RemoteHost
from cozygen.host.remote.socket import FRAME_LIMIT, open_socket

REMOTE: web.AppKey[RemoteHost] = web.AppKey("remote", RemoteHost)
RETRY_S: Final = 2.0
# Named like ComfyUI's, so that the guard knows who may use them; everything else is for administrators.
_NAMED: Final = (
    (hdrs.METH_GET, ("/view", "/queue", "/history", "/history/{prompt_id}", "/prompt")),
    (hdrs.METH_POST, ("/prompt", "/interrupt", "/queue", "/upload/image", "/upload/mask")),
)
_OF_ONE_HOP: Final = frozenset(
    name.lower()
    for name in (
        *("Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer"),
        *("Transfer-Encoding", "Upgrade", "Proxy-Connection"),
    )
)
# Ours alone: who is signed in, and which page asked (the guard has judged that already).
_OURS: Final = frozenset(
    name.lower()
    for name in (
        *("Host", "Cookie", "Authorization", "Origin", "Referer", "Sec-Fetch-Site", "Sec-Fetch-Mode"),
        *("Sec-Fetch-Dest", "Sec-Fetch-User", "Expect"),
    )
)


def add_remote_routes(app: web.Application, host: RemoteHost) -> None:
    """Put the far ComfyUI's addresses behind ours, and close its connections with the application."""
    app[REMOTE] = host
    app[SOCKETS] = set()
    for prefix in ("", "/api"):
        for method, paths in _NAMED:
            for path in paths:
                app.router.add_route(method, prefix + path, pass_on)
        app.router.add_get(prefix + "/ws", pass_on_socket)
    app.router.add_route("*", "/{path:.+}", pass_on)
    app.on_shutdown.append(_close_sockets)
    app.on_cleanup.append(_close)


async def _close_sockets(app: web.Application) -> None:
    await asyncio.gather(*(bridge.close() for bridge in app[SOCKETS]))


async def _close(app: web.Application) -> None:
    await app[REMOTE].close()


async def pass_on(request: web.Request) -> web.StreamResponse:
    """Any address over HTTP."""
    client = request.app[REMOTE].client
    url = client.base.with_path(
        client.base.raw_path.rstrip("/") + request.rel_url.raw_path, encoded=True
    ).with_query(request.rel_url.raw_query_string or None)
    body = request.content if request.body_exists else None
    try:
        async with client.session.request(
            request.method, url, headers=_headers(request.headers, _OURS), data=body, allow_redirects=False
        ) as far:
            return await _answer(request, far)
    except (aiohttp.ClientConnectorError, asyncio.TimeoutError) as error:
        raise web.HTTPBadGateway(text="ComfyUI cannot be reached.") from error
    except (aiohttp.ClientError, ConnectionError) as error:
        raise web.HTTPBadGateway(text="ComfyUI hung up.") from error


async def _answer(request: web.Request, far: aiohttp.ClientResponse) -> web.StreamResponse:
    headers = _headers(far.headers, frozenset({"set-cookie", "content-length"}))
    reply = web.StreamResponse(status=far.status, headers=headers)
    if far.headers.get(hdrs.CONTENT_LENGTH, "").isdecimal():
        reply.content_length = int(far.headers[hdrs.CONTENT_LENGTH])
    await reply.prepare(request)
    if request.method != hdrs.METH_HEAD:
        async for piece in far.content.iter_chunked(64 * 1024):
            await reply.write(piece)
    await reply.write_eof()
    return reply


def _headers(headers: CIMultiDictProxy[str], dropped: frozenset[str]) -> CIMultiDict[str]:
    named = {word.strip().lower() for word in headers.get(hdrs.CONNECTION, "").split(",")}
    return CIMultiDict(
        (name, value)
        for name, value in headers.items()
        if name.lower() not in _OF_ONE_HOP and name.lower() not in dropped and name.lower() not in named
    )


async def pass_on_socket(request: web.Request) -> web.StreamResponse:
    """A socket that outlives the far one: while ComfyUI is away it stays open and silent."""
    near = web.WebSocketResponse(heartbeat=30.0, max_msg_size=FRAME_LIMIT)
    await near.prepare(request)
    bridge = _Bridge(request.app[REMOTE], near, request.query.get("clientId", ""))
    request.app[SOCKETS].add(bridge)
    try:
        await bridge.run()
    finally:
        request.app[SOCKETS].discard(bridge)
    return near


class _Bridge:
    """One near socket and, while there is one, its far one."""

    def __init__(self, host: RemoteHost, near: web.WebSocketResponse, client_id: str) -> None:
        self._host = host
        self._near = near
        self._client_id = client_id
        self._far: aiohttp.ClientWebSocketResponse[Any] | None = None
        self._hello: str | None = None

    async def run(self) -> None:
        """Until the near one leaves."""
        feeding = asyncio.create_task(self._feed())
        try:
            async for frame in self._near:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    await self._send_far(frame.data)
        finally:
            feeding.cancel()
            await asyncio.gather(feeding, return_exceptions=True)

    async def _send_far(self, text: str) -> None:
        # The first words tell what the client understands; a new connection needs them again.
        self._hello = self._hello or text
        if self._far is not None and not self._far.closed:
            await self._far.send_str(text)

    async def _feed(self) -> None:
        while True:
            try:
                async with open_socket(self._host.client, self._client_id) as far:
                    if self._hello is not None:
                        await far.send_str(self._hello)
                    self._far = far
                    await self._pump(far)
            except (HostDownError, ConnectionError, aiohttp.ClientError):
                pass  # it is tried again until the near one leaves
            self._far = None
            await asyncio.sleep(RETRY_S)

    async def _pump(self, far: aiohttp.ClientWebSocketResponse[Any]) -> None:
        async for frame in far:
            if frame.type is aiohttp.WSMsgType.TEXT:
                await self._near.send_str(frame.data)
            elif frame.type is aiohttp.WSMsgType.BINARY:
                await self._near.send_bytes(frame.data)

    async def close(self) -> None:
        """The server stops."""
        await self._near.close(code=aiohttp.WSCloseCode.GOING_AWAY)


SOCKETS: web.AppKey[set[_Bridge]] = web.AppKey("remote_sockets", set)
