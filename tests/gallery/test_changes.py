"""What an open gallery hears when files come, change, move and go."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.conftest import Client, ClientFactory, error_of
from tests.gallery.files import graph_png, png, put


class Ear:
    """Reads one event stream."""

    def __init__(self, reply: aiohttp.ClientResponse) -> None:
        self._reply = reply

    async def frame(self, timeout_s: float = 5.0) -> dict[str, str]:
        """The next block of lines as a mapping; comments are under `comment`."""
        found: dict[str, str] = {}
        while True:
            line = (await asyncio.wait_for(self._reply.content.readline(), timeout_s)).decode().rstrip("\n")
            if not line and found:
                return found
            name, _, value = line.partition(":")
            found[name or "comment"] = value.strip()

    async def change(self, timeout_s: float = 5.0) -> dict[str, Any]:
        """The data of the next unnamed event, with its number."""
        while True:
            frame = await self.frame(timeout_s)
            if "data" in frame and "event" not in frame:
                return {**json.loads(frame["data"]), "id": frame["id"]}


@asynccontextmanager
async def listening(
    client: Client, path: str = "/cozygen/api/gallery/stream", **headers: str
) -> AsyncIterator[Ear]:
    async with client.get(path, headers=headers) as reply:
        assert reply.status == 200
        assert reply.headers["Content-Type"].startswith("text/event-stream")
        ear = Ear(reply)
        assert await ear.frame() == {"comment": "ok"}
        assert await ear.frame() == {"retry": "2000"}
        yield ear


async def settled(client: Client) -> None:
    """Wait until the index watches and has nothing left to read."""
    for _ in range(200):
        parts = (await (await client.get("/cozygen/api/health")).json())["parts"]
        ready = parts["index"]["figures"]["state"] == "ready"
        if ready and parts["watcher"]["figures"]["mode"] != "off":
            return
        await asyncio.sleep(0.02)
    pytest.fail("the index does not come to rest")


async def items(client: Client, **query: str) -> dict[str, dict[str, Any]]:
    reply = await client.get("/cozygen/api/gallery", params={"recursive": "1", **query})
    return {item["filename"]: item for item in (await reply.json())["items"]}


async def test_f6_create_change_rename_and_delete_are_told_within_half_a_second(
    output: Path, start: ClientFactory
) -> None:
    client = await start()
    await settled(client)
    async with listening(client, "/cozygen/api/gallery/stream?recursive=1") as ear:
        began = time.monotonic()
        path = put(output, "a.png", graph_png())
        created = await ear.change()
        first = (await items(client, include_meta="1"))["a.png"]
        assert created["created"] == [first["id"]]
        assert first["meta"]["prompt"] == "a cat"
        assert (first["width"], first["height"]) == (4, 3)
        path.write_bytes(png(width=9))
        assert (await ear.change())["changed"] == [first["id"]]
        path.rename(output / "b.png")
        assert (await ear.change())["changed"] == [first["id"]]
        second = (await items(client))["b.png"]
        assert (second["id"], second["width"]) == (first["id"], 9)
        (output / "b.png").unlink()
        gone = await ear.change()
        assert gone["removed"] == [first["id"]]
        assert list(gone)[:3] == ["subfolder", "recursive", "mtime"]
        assert time.monotonic() - began < 20


async def test_a_file_that_is_being_written_waits_until_it_is_whole(
    output: Path, start: ClientFactory
) -> None:
    client = await start()
    await settled(client)
    data = png({"prompt": "{}"}, width=300, height=300)
    async with listening(client) as ear:
        with (output / "slow.png").open("wb") as file:
            for at in range(0, len(data), len(data) // 3):
                file.write(data[at : at + len(data) // 3])
                file.flush()
                await asyncio.sleep(0.25)
                assert "slow.png" not in await items(client)
        assert (await ear.change())["created"]
    assert (await items(client))["slow.png"]["width"] == 300


async def test_a_new_folder_with_files_and_its_renaming(
    output: Path, start: ClientFactory, tmp_path: Path
) -> None:
    client = await start()
    await settled(client)
    put(tmp_path / "prepared", "deep/x.png")
    (tmp_path / "prepared").rename(output / "sub")
    await asyncio.sleep(0.6)
    before = (await items(client))["x.png"]
    assert before["subfolder"] == "sub/deep"
    (output / "sub").rename(output / "other")
    await asyncio.sleep(0.6)
    after = (await items(client))["x.png"]
    assert (after["id"], after["subfolder"]) == (before["id"], "other/deep")
    put(output, "other/deep/later.png")
    await asyncio.sleep(0.6)
    assert "later.png" in await items(client)


async def test_a_stream_of_one_folder_hears_nothing_of_others(output: Path, start: ClientFactory) -> None:
    put(output, "a/x.png")
    client = await start()
    await settled(client)
    async with listening(client, "/cozygen/api/gallery/stream?subfolder=a") as ear:
        put(output, "elsewhere.png")
        put(output, "a.txt", b"no media")
        await asyncio.sleep(0.5)
        put(output, "a/y.png")
        change = await ear.change()
        assert (change["subfolder"], change["recursive"], len(change["created"])) == ("a", False, 1)


async def test_c_23_a_listener_that_comes_back_gets_what_it_missed(
    output: Path, start: ClientFactory
) -> None:
    client = await start()
    await settled(client)
    async with listening(client) as ear:
        put(output, "one.png")
        last = (await ear.change())["id"]
    put(output, "two.png")
    await asyncio.sleep(0.6)
    async with listening(client, **{"Last-Event-ID": last}) as ear:
        missed = await ear.change()
        assert missed["created"] == [(await items(client))["two.png"]["id"]]
    for unknown in ("x", "deadbeef-1", last.split("-")[0] + "-99999"):
        async with listening(client, **{"Last-Event-ID": unknown}) as ear:
            assert (await ear.change())["reset"] is True


async def test_one_stream_for_all_topics_names_its_events(output: Path, start: ClientFactory) -> None:
    client = await start()
    await settled(client)
    async with listening(client, "/cozygen/api/events?topics=gallery,runs") as ear:
        put(output, "one.png")
        frame = await ear.frame()
        while frame["event"] == "index":
            frame = await ear.frame()
        assert frame["event"] == "changes"
        assert json.loads(frame["data"])["files"][0][0] == "created"
    for topics in ("", "gallery,secrets"):
        reply = await client.get("/cozygen/api/events", params={"topics": topics})
        assert (reply.status, await error_of(reply)) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("query", "status"), [("subfolder=none", 404), ("subfolder=../x", 403), ("recursive=x", 400)]
)
async def test_a_stream_that_cannot_be_is_refused_before_it_starts(
    client: Client, query: str, status: int
) -> None:
    reply = await client.get("/cozygen/api/gallery/stream?" + query)
    assert reply.status == status
    await error_of(reply)


async def test_what_changed_while_the_server_was_off_is_there_at_the_next_start(
    output: Path, start: ClientFactory
) -> None:
    for name in ("keep.png", "go.png", "move.png", "sub/x.png"):
        put(output, name, png({"prompt": "{}", "n": name}))
    client = await start()
    await settled(client)
    before = await items(client)
    await client.close()
    (output / "go.png").unlink()
    (output / "move.png").rename(output / "sub" / "moved.png")
    put(output, "new.png")
    client = await start()
    # The cache answers at once; of a large library what changed meanwhile follows.
    await settled(client)
    after = await items(client)
    assert set(after) == {"keep.png", "moved.png", "x.png", "new.png"}
    assert after["moved.png"]["id"] == before["move.png"]["id"]
    assert after["keep.png"] == before["keep.png"]


async def test_k_14_a_damaged_cache_is_built_anew_and_said_so(
    output: Path, start: ClientFactory, tmp_path: Path
) -> None:
    put(output, "a.png")
    client = await start()
    await settled(client)
    await client.close()
    for name in ("columns.bin", "meta.sqlite"):
        path = tmp_path / "data" / "index" / "output" / name
        data = bytearray(path.read_bytes())
        data[10:60] = b"\xff" * 50
        data[-20:] = b"\0" * 20
        path.write_bytes(data)
    for ending in ("-wal", "-shm"):
        (tmp_path / "data" / "index" / "output" / ("meta.sqlite" + ending)).unlink(missing_ok=True)
    client = await start()
    assert set(await items(client)) == {"a.png"}
    part = (await (await client.get("/cozygen/api/health")).json())["parts"]["index"]
    assert (part["state"], part["figures"]["cache"]) == ("warning", "rebuilt")


@pytest.mark.parametrize("place", ["alone"])  # ComfyUI makes its folder again at every start
async def test_c_19_a_root_that_goes_away_is_not_forgotten(output: Path, start: ClientFactory) -> None:
    put(output, "a.png")
    client = await start()
    await settled(client)
    await client.close()
    output.rename(output.with_name("away"))
    client = await start()
    assert set(await items(client)) == {"a.png"}
    for _ in range(100):
        reply = await client.get("/cozygen/api/health")
        if (state := (await reply.json())["parts"]["index"]["state"]) == "error":
            break
        await asyncio.sleep(0.05)
    assert state == "error"
    output.with_name("away").rename(output)
    put(output, "b.png")
    for _ in range(100):
        if set(await items(client)) == {"a.png", "b.png"}:
            break
        await asyncio.sleep(0.1)
    assert set(await items(client)) == {"a.png", "b.png"}
