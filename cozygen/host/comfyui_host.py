"""ComfyUI around us, as a host: its own handlers are called, its sockets table is listened to."""

from __future__ import annotations

import asyncio
import json as json_module
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from aiohttp import web
from multidict import CIMultiDict, MultiDict
from yarl import URL

from cozygen.host import comfyui_choices
from cozygen.host.comfyui_options import facts
from cozygen.host.folders import Folders
from cozygen.host.protocol import HostDownError, HostMessage, HostReply
from cozygen.host.route_pattern import pattern

QUEUED_MESSAGES: Final = 4096


class InternalRequest:
    """What ComfyUI's JSON handlers read of a request, made in this process: no session, no socket."""

    def __init__(self, method: str, path: str, query: Mapping[str, str], body: Any) -> None:
        self.method = method
        self.path = path
        self.rel_url = URL.build(path=path, query=dict(query))
        self.query = MultiDict(query)
        self.headers: CIMultiDict[str] = CIMultiDict({"Content-Type": "application/json"})
        self.match_info: dict[str, str] = {}
        self.remote = "127.0.0.1"
        self._body = body

    async def json(self) -> Any:
        """The body."""
        if self._body is None:
            raise json_module.JSONDecodeError("no body", "", 0)
        return self._body


class ComfyHost:
    """The `PromptServer` that CozyGen is attached to."""

    kind = "comfyui"

    def __init__(self, prompt_server: Any, folders: Folders) -> None:
        self._server = prompt_server
        self._folders = folders

    @property
    def folders(self) -> Folders:
        """ComfyUI's folders."""
        return self._folders

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> HostReply:
        """Call the handler that ComfyUI registered for `method` and `path`."""
        request = InternalRequest(method, path, query or {}, json)
        handler, request.match_info = self._find(method, path)
        try:
            reply = await handler(request)
        except web.HTTPException as answer:
            return HostReply(answer.status, None)
        return HostReply(reply.status, _body(reply))

    def _find(self, method: str, path: str) -> tuple[Any, dict[str, str]]:
        for route in self._server.routes:
            if isinstance(route, web.RouteDef) and route.method == method:
                match = pattern(route.path).fullmatch(path)
                if match:
                    return route.handler, {name: unquote(value) for name, value in match.groupdict().items()}
        raise HostDownError(f"This ComfyUI does not answer {method} {path}.", code="host_error")

    @asynccontextmanager
    async def listen(self, client_id: str) -> AsyncIterator[AsyncIterator[HostMessage]]:
        """Stand in ComfyUI's table of sockets under `client_id`, with previews announced."""
        inbox = Inbox()
        self._server.sockets[client_id] = inbox
        metadata = getattr(self._server, "sockets_metadata", None)
        if metadata is not None:
            metadata[client_id] = {"feature_flags": {"supports_preview_metadata": True}}
        try:
            yield inbox.messages()
        finally:
            if self._server.sockets.get(client_id) is inbox:
                del self._server.sockets[client_id]
                if metadata is not None:
                    metadata.pop(client_id, None)

    def choice_types(self) -> list[str]:
        """Model folders, `sampler`, `scheduler`."""
        return comfyui_choices.choice_types()

    def choices(self, kind: str, *, refresh: bool = False) -> list[str]:
        """The values of one kind; KeyError for an unknown one."""
        return comfyui_choices.choices(kind, refresh=refresh)

    def model_file(self, kind: str, name: str) -> Path | None:
        """The file of a model that `choices` lists."""
        return comfyui_choices.model_file(kind, name)

    def facts(self) -> dict[str, Any]:
        """Version and options of this ComfyUI."""
        return facts()


class Inbox:
    """The two methods by which ComfyUI writes to a socket; a slow reader loses the oldest messages."""

    closed = False

    def __init__(self) -> None:
        self._queue: asyncio.Queue[HostMessage] = asyncio.Queue(QUEUED_MESSAGES)

    async def send_json(self, message: Mapping[str, Any]) -> None:
        """A JSON message of ComfyUI."""
        self._put(HostMessage(str(message["type"]), message.get("data")))

    async def send_str(self, text: str) -> None:
        """A JSON message that was serialised already."""
        await self.send_json(json_module.loads(text))

    async def send_bytes(self, frame: bytes | bytearray) -> None:
        """A binary frame: four bytes of event, then the payload."""
        event = int.from_bytes(frame[:4], "big")
        self._put(HostMessage(f"binary:{event}", bytes(frame[4:])))

    def _put(self, message: HostMessage) -> None:
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(message)

    async def messages(self) -> AsyncIterator[HostMessage]:
        """The messages as they come."""
        while True:
            yield await self._queue.get()


def _body(reply: Any) -> Any:
    content = getattr(reply, "body", None)
    return json_module.loads(content) if content else None
