"""Between the browser and the decoders: files that change, vanish or may not be read; queues; logins."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import threading
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import cozygen_core
from cozygen.thumbs.endpoints import THUMBS
from tests.auth.logins import LOGIN, bearer, sign_in
from tests.conftest import Client, ClientFactory, error_of

from .pictures import photo, saved

OLD = 1_700_000_000
Decode = Callable[..., Any]


def put(path: Path, data: bytes, mtime: float = OLD) -> Path:
    path.write_bytes(data)
    os.utime(path, (mtime, mtime))
    return path


def during_decode(monkeypatch: pytest.MonkeyPatch, act: Callable[[Decode, Path], Any]) -> None:
    """Let `act(real decode, path)` stand for the next decodes."""
    real = cozygen_core.thumbnail

    def decode(path: Path, *args: Any, **options: Any) -> Any:
        return act(lambda: real(path, *args, **options), path)

    monkeypatch.setattr(cozygen_core, "thumbnail", decode)


async def get(client: Client, name: str, **params: str) -> Any:
    return await client.get("/cozygen/thumb", params={"filename": name, **params})


async def size_of(reply: Any) -> tuple[int, int]:
    assert reply.status == HTTPStatus.OK, await reply.text()
    return Image.open(io.BytesIO(await reply.read())).size


async def test_i_66_a_file_that_may_not_be_read_is_said_and_tried_again(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(output / "a.png", saved(photo(60, 40), "png"))

    def refuse(_decode: Decode, path: Path) -> Any:
        raise PermissionError(13, "Permission denied", str(path))

    during_decode(monkeypatch, refuse)
    reply = await get(client, "a.png")
    assert (reply.status, await error_of(reply)) == (403, "unreadable")
    monkeypatch.undo()
    assert await size_of(await get(client, "a.png")) == (60, 40)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_i_67_a_file_replaced_during_its_decode_is_kept_under_no_wrong_key(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    path = put(output / "a.png", saved(photo(60, 40), "png"))

    def replace(decode: Decode, _path: Path) -> Any:
        monkeypatch.undo()
        made = decode() if when == "after" else None
        put(output / "new.png", saved(photo(40, 60), "png"), OLD + 7).replace(path)
        return made or decode()

    during_decode(monkeypatch, replace)
    assert await size_of(await get(client, "a.png")) in ((60, 40), (40, 60))
    assert await size_of(await get(client, "a.png")) == (40, 60)
    put(path, saved(photo(60, 40), "png"))
    client.app[THUMBS].thumbs.memory.clear()
    assert await size_of(await get(client, "a.png")) == (60, 40), "the old time and size: the old picture"


async def test_i_68_a_file_cut_during_its_decode_is_an_error_and_tried_again(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = saved(photo(300, 200), "png")
    path = put(output / "a.png", whole)

    def cut(decode: Decode, _path: Path) -> Any:
        monkeypatch.undo()
        os.truncate(path, 500)
        return decode()

    during_decode(monkeypatch, cut)
    reply = await get(client, "a.png")
    assert (reply.status, await error_of(reply)) == (422, "undecodable")
    put(path, whole)
    assert await size_of(await get(client, "a.png")) == (300, 200)


async def test_i_70_a_sparse_terabyte_is_refused_before_it_is_read(client: Client, output: Path) -> None:
    path = output / "huge.png"
    with path.open("wb") as file:
        file.write(saved(photo(8, 8), "png")[:33])
        try:
            file.truncate(2**40)
        except OSError as error:
            pytest.skip(f"no sparse files of that size here: {error}")
    reply = await get(client, "huge.png")
    assert (reply.status, await error_of(reply)) == (422, "too_large")


async def test_a_file_that_vanishes_during_its_decode_is_not_found(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(output / "a.png", saved(photo(60, 40), "png"))

    def vanish(decode: Decode, _path: Path) -> Any:
        path.unlink()
        return decode()

    during_decode(monkeypatch, vanish)
    assert (await get(client, "a.png")).status == HTTPStatus.NOT_FOUND


async def test_a_defect_of_the_core_costs_that_picture_only(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(output / "a.png", saved(photo(60, 40), "png"))
    put(output / "b.png", saved(photo(60, 40), "png"))

    def panic(decode: Decode, path: Path) -> Any:
        if path.name == "a.png":
            raise cozygen_core.InternalError("panicked")
        return decode()

    during_decode(monkeypatch, panic)
    assert (await get(client, "a.png")).status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert await size_of(await get(client, "b.png")) == (60, 40)


async def test_with_a_login_no_shared_cache_keeps_anything(start: ClientFactory, output: Path) -> None:
    put(output / "a.png", saved(photo(60, 40), "png"))
    client = await start(**LOGIN)
    assert (await get(client, "a.png")).status == HTTPStatus.UNAUTHORIZED
    headers = bearer(await sign_in(client))
    params = {"filename": "a.png"}
    plain = await client.get("/cozygen/thumb", params=params, headers=headers)
    assert plain.headers["Cache-Control"] == "private, no-cache"
    version = cozygen_core.media_version((output / "a.png").stat().st_size, OLD * 10**9)
    fixed = await client.get("/cozygen/thumb", params={**params, "v": version}, headers=headers)
    assert fixed.headers["Cache-Control"] == "private, max-age=31536000, immutable"


async def test_a_full_queue_asks_to_come_again(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    during_decode(monkeypatch, lambda decode, _path: (gate.wait(30), decode())[1])
    scheduler = client.app[THUMBS].thumbs.scheduler
    monkeypatch.setattr(scheduler, "_queue_limit", 2)
    names = [f"{number}.png" for number in range(scheduler._workers + 3)]
    for name in names:
        put(output / name, saved(photo(60, 40), "png"))
    asked = [asyncio.create_task(get(client, name)) for name in names]
    done, _ = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
    refused = done.pop().result()
    assert (refused.status, await error_of(refused)) == (429, "thumb_queue_full")
    assert refused.headers["Retry-After"] == "1"
    gate.set()
    statuses = sorted([reply.status for reply in await asyncio.gather(*asked)])
    assert statuses == [200] * (len(names) - 1) + [429]


async def test_a_client_that_leaves_is_not_worked_for(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, decoded = threading.Event(), []

    def held(decode: Decode, path: Path) -> Any:
        decoded.append(path.name)
        gate.wait(30)
        return decode()

    during_decode(monkeypatch, held)
    scheduler = client.app[THUMBS].thumbs.scheduler
    busy = [f"busy{number}.png" for number in range(scheduler._workers)]
    for name in (*busy, "left.png", "kept.png"):
        put(output / name, saved(photo(60, 40), "png"))
    asked = [asyncio.create_task(get(client, name)) for name in busy]
    await until(lambda: len(decoded) == len(busy))
    asked.append(asyncio.create_task(get(client, "kept.png")))
    await until(lambda: scheduler.waiting == 1)
    with socket.create_connection(("127.0.0.1", client.port or 0)) as line:
        line.sendall(b"GET /cozygen/thumb?filename=left.png HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await until(lambda: scheduler.waiting == 2)
    await asyncio.sleep(0.1)
    gate.set()
    await asyncio.gather(*asked)
    await until(lambda: scheduler.waiting == 0)
    assert sorted(decoded) == sorted([*busy, "kept.png"])


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to that")


async def test_no_placeholder_is_kept_as_the_picture(client: Client, output: Path, folders: Any) -> None:
    put(output / "cut.png", saved(photo(60, 40), "png")[:300])
    shown = {"Accept": "image/avif,image/webp,*/*"}
    for _ in range(2):
        reply = await client.get("/cozygen/thumb", params={"filename": "cut.png"}, headers=shown)
        assert (reply.content_type, reply.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
        assert "ETag" not in reply.headers
    assert list((folders.data / "thumbs").rglob("*.thumb")) == []
    assert len(client.app[THUMBS].thumbs.memory) == 0
