"""Messages to clients: by client id, or to everybody, as ComfyUI sends them (comfyui.md A.3)."""

from __future__ import annotations

import asyncio
import json
import struct
import uuid
from collections.abc import AsyncIterator
from typing import Any, Final

from cozygen.host.protocol import HostMessage

PREVIEW: Final = 1
PREVIEW_WITH_METADATA: Final = 4
_JPEG: Final = 1
_WAITING: Final = 4096


class Client:
    """One listener; a slow one loses the oldest messages, never the sender's time."""

    def __init__(self, client_id: str) -> None:
        self.id = client_id
        self.wants_metadata = False
        self._queue: asyncio.Queue[HostMessage] = asyncio.Queue(_WAITING)

    def put(self, message: HostMessage) -> None:
        """Append a message; on the loop."""
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(message)

    async def messages(self) -> AsyncIterator[HostMessage]:
        """The messages in order, without end."""
        while True:
            yield await self._queue.get()


class Messages:
    """The table of clients. `send` may be called from any thread."""

    def __init__(self) -> None:
        self._clients: dict[str, Client] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, client_id: str | None) -> Client:
        """A new client; it replaces one of the same id, as ComfyUI does. Call on the loop."""
        self._loop = asyncio.get_running_loop()
        client = Client(client_id or uuid.uuid4().hex)
        self._clients[client.id] = client
        return client

    def detach(self, client: Client) -> None:
        """Forget a client, unless another one took its id."""
        if self._clients.get(client.id) is client:
            del self._clients[client.id]

    def send(self, kind: str, data: Any, to: str | None) -> None:
        """Send to one client, or with None to all."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._deliver, HostMessage(kind, data), to)

    def _deliver(self, message: HostMessage, to: str | None) -> None:
        wanted = list(self._clients.values()) if to is None else [self._clients.get(to)]
        for client in wanted:
            if client is not None:
                client.put(message)

    def send_preview(self, jpeg: bytes, about: dict[str, Any], to: str | None) -> None:
        """A preview frame: with metadata for who announced that they read it, plain for others."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._deliver_preview, jpeg, about, to)

    def _deliver_preview(self, jpeg: bytes, about: dict[str, Any], to: str | None) -> None:
        for client in list(self._clients.values()):
            if to is None or client.id == to:
                client.put(_preview(jpeg, about, metadata=client.wants_metadata))


def _preview(jpeg: bytes, about: dict[str, Any], *, metadata: bool) -> HostMessage:
    if not metadata:
        return HostMessage(f"binary:{PREVIEW}", struct.pack(">I", _JPEG) + jpeg)
    head = json.dumps({**about, "image_type": "image/jpeg"}).encode()
    return HostMessage(f"binary:{PREVIEW_WITH_METADATA}", struct.pack(">I", len(head)) + head + jpeg)


def as_frame(message: HostMessage) -> bytes | str:
    """A message as it goes through a WebSocket."""
    if message.type.startswith("binary:"):
        return struct.pack(">I", int(message.type.split(":")[1])) + bytes(message.data)
    return json.dumps({"type": message.type, "data": message.data})
