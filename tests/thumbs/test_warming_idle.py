"""Only when idle, as people meet it: a real run goes on, somebody scrolls, then nobody does."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from cozygen.thumbs import service, warming
from tests.conftest import Client, ClientFactory

from .pictures import photo, saved

ADDRESS = "/cozygen/api/thumbs/warming"
COUNT = 12
GRAPH = {
    "1": {
        "class_type": "CozyGenSketch",
        "inputs": {
            "positive": "a lake", "negative": "", "seed": 1, "steps": 100, "width": 64, "height": 64,
            "batch_size": 16,
        },
    },
    "2": {
        "class_type": "CozyGenOutput",
        "inputs": {"images": ["1", 0], "filename_prefix": "s"},
    },
}  # fmt: skip


@pytest.fixture
def place() -> str:
    """The sketch engine belongs to the stand-alone server."""
    return "alone"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(service, "LOOKING_S", 1.0)


@pytest.fixture
async def client(start: ClientFactory, output: Path) -> Client:
    for number in range(COUNT):
        path = output / f"{number:02}.png"
        path.write_bytes(saved(photo(60, 40), "png"))
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
    return await start()


async def told(client: Client) -> dict[str, Any]:
    body: dict[str, Any] = await (await client.get(ADDRESS)).json()
    return body


async def until(client: Client, state: str) -> dict[str, Any]:
    for _ in range(500):
        body = await told(client)
        if body["state"] == state:
            return body
        await asyncio.sleep(0.02)
    raise AssertionError(body)


async def begin(client: Client, *, only_when_idle: bool = True) -> None:
    body = {"action": "start", "only_when_idle": only_when_idle}
    assert (await client.post(ADDRESS, json=body)).status == 200


def kept(folders: Any) -> int:
    return len(list((folders.data / "thumbs").rglob("*.thumb")))


@asynccontextmanager
async def a_run(client: Client) -> AsyncIterator[None]:
    """A prompt that goes on for a long time, until it is interrupted."""
    assert (await client.post("/prompt", json={"prompt": GRAPH, "client_id": "me"})).status == 200
    for _ in range(500):
        if (await (await client.get("/queue")).json())["queue_running"]:
            break
        await asyncio.sleep(0.02)
    yield
    assert (await client.post("/interrupt")).status == 200


async def test_a_run_comes_first_and_then_it_goes_on(client: Client, folders: Any) -> None:
    async with a_run(client):
        await begin(client)
        await until(client, "waiting")
        await asyncio.sleep(0.3)
        assert kept(folders) == 0
    body = await until(client, "done")
    assert (body["made"], kept(folders)) == (COUNT, COUNT)
    assert body["cache_bytes"] == sum(f.stat().st_size for f in (folders.data / "thumbs").rglob("*.thumb"))
    assert body["cache_limit_bytes"] == 2_048_000_000


async def test_whoever_does_not_mind_gets_them_during_a_run(client: Client, folders: Any) -> None:
    async with a_run(client):
        await begin(client, only_when_idle=False)
        await until(client, "done")
        assert (await (await client.get("/queue")).json())["queue_running"], "it runs still"
    assert kept(folders) == COUNT


async def test_it_rests_while_somebody_scrolls(client: Client, folders: Any) -> None:
    async def scroll() -> None:
        while True:
            assert (await client.get("/cozygen/thumb", params={"filename": "00.png"})).status == 200
            await asyncio.sleep(0.1)

    scrolling = asyncio.create_task(scroll())
    await asyncio.sleep(0.2)
    await begin(client)
    await until(client, "waiting")
    await asyncio.sleep(0.5)
    assert kept(folders) == 1, "only what was looked at"
    scrolling.cancel()
    with suppress(asyncio.CancelledError):
        await scrolling
    assert (await until(client, "done"))["made"] == COUNT - 1


async def test_paused_during_a_run_it_stays_paused_after_it(client: Client, folders: Any) -> None:
    async with a_run(client):
        await begin(client)
        await until(client, "waiting")
        assert (await client.post(ADDRESS, json={"action": "pause"})).status == 200
        await until(client, "paused")
    await asyncio.sleep(0.3)
    assert ((await told(client))["state"], kept(folders)) == ("paused", 0)
    await begin(client)
    await until(client, "done")
