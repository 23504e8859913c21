"""Pictures on their way to a ComfyUI elsewhere: piece by piece, whole or not at all, within its limit."""

from __future__ import annotations

import asyncio
import hashlib
import json
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData, web
from aiohttp.multipart import BodyPartReader
from PIL import Image
from pytest_aiohttp.plugin import AiohttpClient

from cozygen.app import create_app
from cozygen.errors import PayloadTooLargeError
from cozygen.host.folders import FixedFolders
from cozygen.host.protocol import HostDownError
from cozygen.host.remote.host import RemoteHost
from cozygen.settings import load
from tests.conftest import Client
from tests.remote.far import Far, Wire
from tests.remote.test_chaos import queued
from tests.remote.test_remote import connected, fetched
from tests.runs.test_runs import queue

MiB = 1024 * 1024
BIG = 64 * MiB


class Taker:
    """A ComfyUI that only takes pictures, and remembers their digest."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, int, str]] = []
        self.limit = 2 * BIG
        self.hang_up_after: int | None = None
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/upload/image", self._take)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        parts = await request.multipart()
        while (part := await parts.next()) is not None:
            if isinstance(part, BodyPartReader) and part.name == "image":
                return await self._read(request, part)
        raise web.HTTPBadRequest

    async def _read(self, request: web.Request, part: BodyPartReader) -> web.StreamResponse:
        digest, size = hashlib.sha256(), 0
        while piece := await part.read_chunk(64 * 1024):
            digest.update(piece)
            size += len(piece)
            if size > self.limit:
                raise web.HTTPRequestEntityTooLarge(self.limit, size)
            if self.hang_up_after is not None and size > self.hang_up_after:
                assert request.transport is not None
                request.transport.abort()
                raise ConnectionResetError
        self.taken.append((str(part.filename), size, digest.hexdigest()))
        return web.json_response({"name": part.filename, "subfolder": "cozygen", "type": "input"})


@pytest.fixture
async def taker() -> AsyncIterator[Taker]:
    made = Taker()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def host(taker: Taker, folders: FixedFolders) -> AsyncIterator[RemoteHost]:
    made = RemoteHost(taker.url, folders)
    yield made
    await made.close()


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.png"
    with path.open("wb") as file:
        file.write(b"\x89PNG")
        file.truncate(BIG)
    return path


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def test_u_25_a_picture_is_never_held_whole(taker: Taker, host: RemoteHost, big: Path) -> None:
    wanted = _digest(big)
    tracemalloc.start()
    assert await host.upload(big, "a.png") == "cozygen/a.png"
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taker.taken == [("a.png", BIG, wanted)]
    assert peak < 8 * MiB, f"{peak / MiB:.1f} MiB for {BIG / MiB} MiB"


async def test_u_25_an_old_clients_upload_is_passed_on_as_it_comes(
    taker: Taker, folders: FixedFolders, aiohttp_client: AiohttpClient, big: Path
) -> None:
    app = create_app(load({}, {"COZYGEN_COMFYUI": taker.url, "COZYGEN_WATCH": "no"}), folders)
    client: Client = await aiohttp_client(app)
    wanted = _digest(big)
    tracemalloc.start()
    with big.open("rb") as file:
        form = FormData()
        form.add_field("image", file, filename="old.png")
        answer = await client.post("/upload/image", data=form)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (answer.status, (await answer.json())["name"]) == (200, "old.png")
    assert taker.taken == [("old.png", BIG, wanted)]
    assert peak < 8 * MiB, f"{peak / MiB:.1f} MiB for {BIG / MiB} MiB"


async def test_u_01_what_is_larger_than_it_takes_is_said(taker: Taker, host: RemoteHost, big: Path) -> None:
    taker.limit = MiB
    with pytest.raises(PayloadTooLargeError, match="larger than ComfyUI takes"):
        await host.upload(big, "a.png")


async def test_u_17_a_picture_that_was_cut_off_is_sent_again_from_the_start(
    taker: Taker, host: RemoteHost, big: Path
) -> None:
    taker.hang_up_after = 4 * MiB
    with pytest.raises(HostDownError):
        await host.upload(big, "a.png")
    assert taker.taken == []
    taker.hang_up_after = None
    await host.upload(big, "a.png")
    assert taker.taken == [("a.png", BIG, _digest(big))]


async def test_a_run_whose_picture_did_not_arrive_is_not_queued(
    client: Client, far: Far, wire: Wire, folders: FixedFolders, output: Path
) -> None:
    await connected(client)
    Image.effect_noise((400, 400), 60).save(folders.input / "mine.png")
    graph: dict[str, Any] = {
        "1": {"class_type": "LoadImage", "inputs": {"image": "mine.png"}},
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "up"}},
    }
    order = {"graph": json.loads(json.dumps(graph)), "idempotency_key": "tap"}
    wire.swallow(b"POST /upload/image")
    asked = asyncio.create_task(queue(client, **order))
    await asyncio.wait_for(wire.swallowed.wait(), 10)
    assert (await asked).status == 502
    assert far.prompts() == []
    run_id = await queued(client, order)
    run = await fetched(client, run_id)
    assert run["state"] == "done"
    assert len(far.prompts()) == 1
    assert len(list((far.folders.input / "cozygen").iterdir())) == 1, "sent twice, kept once"
