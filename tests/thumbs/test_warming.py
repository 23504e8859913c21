"""Thumbnails made ahead: with progress, pause, only when idle; over HTTP and on the command line."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from cozygen import cli
from cozygen.errors import InvalidError, NotFoundError
from cozygen.thumbs import Place, warming
from cozygen.thumbs.endpoints import THUMBS
from cozygen.thumbs.warming import Batch, Warming
from tests.conftest import Client, ClientFactory

from .pictures import photo, saved

OLD = 1_700_000_000
ADDRESS = "/cozygen/api/thumbs/warming"


class Bench:
    """A warming of a library of names, and what it did."""

    def __init__(self, names: str) -> None:
        self.names = names
        self.busy = self.full = False
        self.made: list[str] = []
        self.told: list[dict[str, Any]] = []
        self.warming = Warming(
            self.library,
            self.warm,
            busy=lambda: self.busy,
            full=lambda: self.full,
            tell=self.told.append,
            poke=lambda: None,
        )

    async def library(self) -> AsyncIterator[Batch]:
        for start in range(0, len(self.names), 3):
            part = self.names[start : start + 3]
            yield Batch([Place("output", "", name) for name in part], len(self.names))

    async def warm(self, place: Place) -> bool:
        await self.turn()
        if place.filename == "x":
            raise InvalidError("Broken.")
        if place.filename == "g":
            raise NotFoundError("Gone.")
        self.made.append(place.filename)
        return place.filename != "o"

    async def turn(self) -> None:
        """What the scheduler does with background work."""
        for _ in range(5000):
            if self.warming.may_go():
                return
            await asyncio.sleep(0.001)

    async def until(self, state: str) -> None:
        for _ in range(1000):
            if self.warming.progress.state == state:
                return
            await asyncio.sleep(0.005)
        raise AssertionError(self.warming.progress)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(warming, "TELL_EVERY_S", 0.0)


async def test_it_goes_through_the_library_and_counts() -> None:
    bench = Bench("abxogcd")
    bench.warming.start()
    await bench.until("done")
    progress = bench.warming.progress
    assert sorted(bench.made) == ["a", "b", "c", "d", "o"]
    assert (progress.done, progress.total, progress.made, progress.failed) == (7, 7, 4, 1)
    assert [entry["done"] for entry in bench.told] == sorted(entry["done"] for entry in bench.told)
    assert bench.told[-1]["state"] == "done"


async def test_none_while_a_prompt_runs_unless_wished() -> None:
    bench = Bench("abcd")
    bench.busy = True
    bench.warming.start(only_when_idle=True)
    await bench.until("waiting")
    assert bench.made == []
    bench.busy = False
    await bench.until("done")
    second = Bench("abcd")
    second.busy = True
    second.warming.start(only_when_idle=False)
    await second.until("done")


async def test_pause_go_on_and_stop() -> None:
    bench = Bench("abcdefhij")
    bench.warming.start()
    bench.warming.pause()
    await bench.until("paused")
    await asyncio.sleep(0.05)
    assert bench.made == []
    bench.warming.start()
    await bench.until("done")
    assert len(bench.made) == 9
    bench.warming.pause()
    await bench.until("done")  # there is nothing to pause
    bench.busy = True
    bench.warming.start()
    await bench.until("waiting")
    await bench.warming.stop()
    assert bench.warming.progress.state == "off"


async def test_a_full_cache_ends_it() -> None:
    bench = Bench("abcdefhij")
    bench.full = True
    bench.warming.start()
    await bench.until("full")
    assert len(bench.made) == 3


async def over(client: Client) -> dict[str, Any]:
    for _ in range(400):
        body: dict[str, Any] = await (await client.get(ADDRESS)).json()
        if body["state"] in ("done", "off"):
            return body
        await asyncio.sleep(0.02)
    raise AssertionError(body)


def library(output: Path) -> None:
    (output / "deep").mkdir()
    for number in range(4):
        path = output / ("deep" if number % 2 else "") / f"{number}.png"
        path.write_bytes(saved(photo(60, 40), "png"))
        os.utime(path, (OLD + number, OLD + number))
    (output / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    os.utime(output / "broken.png", (OLD, OLD))


async def test_the_library_is_warmed_over_http(start: ClientFactory, output: Path, folders: Any) -> None:
    library(output)
    client = await start()
    assert (await (await client.get(ADDRESS)).json())["state"] == "off"
    reply = await client.post(ADDRESS, json={"action": "start", "only_when_idle": False})
    assert reply.status == 200
    body = await over(client)
    assert (body["done"], body["total"], body["made"], body["failed"]) == (5, 5, 4, 1)
    assert len(list((folders.data / "thumbs").rglob("*.thumb"))) == 4
    client.app[THUMBS].thumbs.maker.make = None  # type: ignore[method-assign,assignment]
    for name in ("0.png", "deep/1.png"):
        assert (await client.get("/cozygen/thumb", params={"filename": name})).status == 200
    items = (await (await client.get("/cozygen/api/gallery?recursive=1")).json())["items"]
    assert sum("blur" in item for item in items) == 4


@pytest.mark.parametrize(
    "body",
    [{}, {"action": "go"}, {"action": "start", "fast": True}, {"action": "start", "only_when_idle": 3}],
)
async def test_odd_wishes_are_refused(client: Client, body: dict[str, Any]) -> None:
    assert (await client.post(ADDRESS, json=body)).status == 400


async def test_the_setting_starts_it(start: ClientFactory, output: Path, folders: Any) -> None:
    library(output)
    client = await start(COZYGEN_WARM="idle")
    for _ in range(400):
        if len(list((folders.data / "thumbs").rglob("*.thumb"))) == 4:
            break
        await asyncio.sleep(0.02)
    assert (await over(client))["made"] == 4


def test_the_command_line_warms_counts_and_clears(
    folders: Any, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library(output)
    given = {"data": folders.data, "output": output, "input": folders.input}
    options = [part for name, path in given.items() for part in (f"--{name}-dir", str(path))]
    assert cli.main(["thumbs", "warm", *options]) == 1
    said = capsys.readouterr().out
    assert "broken.png: The picture is broken." in said
    assert "5 files: 4 made, 0 were there, 1 cannot be shown." in said
    assert cli.main(["thumbs", "stats", *options]) == 0
    said = capsys.readouterr().out
    assert said.startswith("4 thumbnails, 0.0 MB of 2,048.0 MB\n1 files that cannot be shown; 4 files known")
    assert cli.main(["thumbs", "clear", *options]) == 0
    assert capsys.readouterr().out.startswith("4 thumbnails removed")
    (output / "broken.png").unlink()
    assert cli.main(["thumbs", "warm", *options]) == 0
    assert cli.main(["thumbs", "warm", *options]) == 0
    assert "4 files: 0 made, 4 were there, 0 cannot be shown." in capsys.readouterr().out
