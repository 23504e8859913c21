"""The WebSocket of a ComfyUI elsewhere, as messages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp

from cozygen.host.protocol import HostDownError, HostMessage
from cozygen.host.remote.client import FarClient
from cozygen.storage import json_text

# A connection that answers no ping for this long is over, whatever TCP says.
HEARTBEAT_S: Final = 20.0
OPEN_S: Final = 10.0
FRAME_LIMIT: Final = 64 * 1024 * 1024
_HELLO: Final = {"type": "feature_flags", "data": {"supports_preview_metadata": True}}


@asynccontextmanager
async def open_socket(
    client: FarClient, client_id: str
) -> AsyncIterator[aiohttp.ClientWebSocketResponse[Any]]:
    """A socket under a client id. Raises HostDownError."""
    url = client.url("/ws", {"clientId": client_id})
    try:
        opening = client.session.ws_connect(
            url, heartbeat=HEARTBEAT_S, max_msg_size=FRAME_LIMIT, autoping=True
        )
        socket = await asyncio.wait_for(opening, OPEN_S)
    except (aiohttp.ClientError, ConnectionError, asyncio.TimeoutError, TimeoutError) as error:
        raise HostDownError("ComfyUI cannot be reached.") from error
    try:
        yield socket
    finally:
        await socket.close()


@asynccontextmanager
async def listening(client: FarClient, client_id: str) -> AsyncIterator[AsyncIterator[HostMessage]]:
    """The messages for one client id, with previews announced."""
    async with open_socket(client, client_id) as socket:
        try:
            await socket.send_json(_HELLO)
        except (ConnectionError, aiohttp.ClientError) as error:
            raise HostDownError("ComfyUI hung up.") from error
        yield _messages(socket)


async def _messages(socket: aiohttp.ClientWebSocketResponse[Any]) -> AsyncIterator[HostMessage]:
    async for frame in socket:
        message = _message(frame)
        if message is not None:
            yield message


def _message(frame: aiohttp.WSMessage) -> HostMessage | None:
    """A frame as a message; None for what is not understood."""
    if frame.type is aiohttp.WSMsgType.BINARY and len(frame.data) >= 4:
        return HostMessage(f"binary:{int.from_bytes(frame.data[:4], 'big')}", frame.data[4:])
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return None
    try:
        told: Any = json_text.loads(frame.data.encode())
    except (json_text.JsonTextError, UnicodeEncodeError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("type"), str):
        return None
    return HostMessage(told["type"], told.get("data"))
