"""A ComfyUI elsewhere as a host, over HTTP and WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp

from cozygen.errors import BadHostAnswerError, PayloadTooLargeError
from cozygen.host.folders import Folders
from cozygen.host.protocol import HostDownError, HostMessage, HostReply
from cozygen.host.remote.address import folder_name, parse_address
from cozygen.host.remote.client import FarClient
from cozygen.host.remote.lists import FarLists
from cozygen.host.remote.socket import listening
from cozygen.workflows.choices import model_file

_LISTS_S: Final = 30.0
INPUT_FOLDER: Final = "cozygen"


class RemoteHost:
    """`folders` are this server's own; `shares_output` says that the far one writes into ours."""

    kind = "remote"

    def __init__(self, address: str, folders: Folders, *, shares_output: bool = False) -> None:
        self.client = FarClient(parse_address(address))
        self.folder = folder_name(self.client.base)
        self.shares_output = shares_output
        self._folders = folders
        self._lists = FarLists(self._ask_from_thread)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._facts: dict[str, Any] = {"address": str(self.client.base.with_user(None))}

    @property
    def folders(self) -> Folders:
        """The folders of this server."""
        return self._folders

    async def close(self) -> None:
        """Close all connections."""
        await self.client.close()

    async def call(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, json: Any = None
    ) -> HostReply:
        """Ask the far ComfyUI (see `Host.call`)."""
        self._loop = asyncio.get_running_loop()
        return await self.client.call(method, path, query=query, json=json)

    def listen(self, client_id: str) -> AbstractAsyncContextManager[AsyncIterator[HostMessage]]:
        """Its messages for one client id; its version is asked with every connection."""
        return self._listen(client_id)

    @asynccontextmanager
    async def _listen(self, client_id: str) -> AsyncIterator[AsyncIterator[HostMessage]]:
        self._loop = asyncio.get_running_loop()
        async with listening(self.client, client_id) as messages:
            await self._learn()
            yield messages

    async def _learn(self) -> None:
        reply = await self.call("GET", "/system_stats")
        system = reply.body.get("system") if isinstance(reply.body, dict) else None
        version = system.get("comfyui_version") if isinstance(system, dict) else None
        self._facts = {**self._facts, "comfyui_version": version if isinstance(version, str) else None}

    def choice_types(self) -> list[str]:
        """Every kind of list that it has."""
        try:
            return self._lists.kinds()
        except KeyError:
            return []

    def choices(self, kind: str, *, refresh: bool = False) -> list[str]:
        """The values of one kind as it lists them; KeyError for an unknown kind."""
        return self._lists.of(kind, refresh=refresh)

    def model_file(self, kind: str, name: str) -> Path | None:
        """The file of a model where both read the same models folder (`--models-dir`)."""
        return model_file(self._folders.models, kind, name)

    def _ask_from_thread(self, path: str) -> HostReply:
        if self._loop is None or self._loop.is_closed():
            raise HostDownError("ComfyUI was not asked yet.")
        asked = asyncio.run_coroutine_threadsafe(self.client.call("GET", path), self._loop)
        try:
            return asked.result(_LISTS_S)
        except TimeoutError as error:
            asked.cancel()
            raise HostDownError("ComfyUI does not answer.") from error

    def facts(self) -> dict[str, Any]:
        """Its address and version."""
        return self._facts

    def is_slow(self) -> bool:
        """Whether its answers take long at the moment."""
        return self.client.is_slow()

    async def upload(self, path: Path, name: str) -> str:
        """Send a picture into its input folder; the reference under which its nodes read it."""
        with await asyncio.to_thread(path.open, "rb") as file:
            form = aiohttp.FormData()
            form.add_field("type", "input")
            form.add_field("subfolder", INPUT_FOLDER)
            form.add_field("overwrite", "true")
            # Read piece by piece, as it is sent.
            form.add_field("image", file, filename=name, content_type="application/octet-stream")
            async with self.client.open("POST", "/upload/image", data=form) as reply:
                told = await reply.json(content_type=None) if reply.status == 200 else None
        if reply.status == 413:
            raise PayloadTooLargeError("The picture is larger than ComfyUI takes (--max-upload-size).")
        if not isinstance(told, dict) or not isinstance(told.get("name"), str):
            raise BadHostAnswerError(f"ComfyUI did not take the picture (it answered {reply.status}).")
        folder = str(told.get("subfolder") or "")
        return f"{folder}/{told['name']}" if folder else str(told["name"])

    async def has(self, filename: str, subfolder: str) -> bool:
        """Whether there is an output file of this name. Raises HostDownError."""
        query = {"filename": filename, "subfolder": subfolder, "type": "output"}
        async with self.client.open("HEAD", "/view", query=query) as reply:
            return reply.status == 200

    @asynccontextmanager
    async def download(self, filename: str, subfolder: str) -> AsyncIterator[AsyncIterator[bytes] | None]:
        """The pieces of an output file; None where it is gone. Raises HostDownError."""
        query = {"filename": filename, "subfolder": subfolder, "type": "output"}
        async with self.client.open("GET", "/view", query=query) as reply:
            yield reply.content.iter_chunked(256 * 1024) if reply.status == 200 else None
