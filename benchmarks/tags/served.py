"""A keystroke end to end: `cozygen serve` with the whole list, asked over HTTP as the app asks.

F9 (one person, four at once, and while the lists are compiled again), F10 (200 misspelt tags), F11
(start with and without the compiled list, memory).
"""

from __future__ import annotations

import asyncio
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import aiohttp

from benchmarks.tags.queries import SEED, draw, misspelt
from cozygen_core import TagIndex

Say = Callable[[str], None]
KEYS = 1_500
PEOPLE = 4
MISSPELT = 200


def measure(lists: Sequence[Path], folder: Path, say: Say) -> None:
    """Start a server on a data folder with the lists, ask, restart it."""
    place = folder / "data" / "tags"
    place.mkdir(parents=True)
    for path in lists:
        shutil.copyfile(path, place / path.name)
    say("\n## Over HTTP, the list of 925,283 tags\n")
    names = _names(lists, folder)
    with Server(folder) as bare:
        before = bare.resident()
        asyncio.run(_first(bare, say))
        say(f"- memory of the server: {before:.0f} MB at its start, {bare.resident():.0f} MB with the list\n")
        asyncio.run(_ask(bare, names, place, say))
    with Server(folder) as again:
        asyncio.run(_second_start(again, say))


class Server:
    """`cozygen serve` as a process of its own, ended with the block."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "cozygen.cli", "serve", "--port", "0"]
        for kind in ("data", "output", "input", "workflows", "models"):
            (folder / kind).mkdir(exist_ok=True)
            command += [f"--{kind}-dir", str(folder / kind)]
        self.started = time.perf_counter()
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)", said)):
            said += self._process.stdout.readline()
        self.url = f"http://127.0.0.1:{found.group(1)}/cozygen/api/"

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def resident(self) -> float:
        """Resident memory in MB; the mapped list counts as far as it was read."""
        status = Path(f"/proc/{self._process.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
        return int(found.group(1)) / 1000 if found else 0.0


def _names(lists: Sequence[Path], folder: Path) -> list[str]:
    index = TagIndex.build([(path, path.stem, None) for path in lists], cache_path=folder / "names")
    return [hit.tag for hit in index.search("", limit=len(index), nsfw="show").hits]


async def _first(server: Server, say: Say) -> None:
    """The first start compiles the lists; until then the shipped ones are not there either."""
    async with aiohttp.ClientSession(server.url) as session:
        # The server itself waits with the answer while it has nothing to serve.
        while (await _search(session, "long"))["state"] in ("loading", "building"):
            pass
        took = time.perf_counter() - server.started
    say(f"- start without a compiled list: suggestions after {took:.1f} s")


async def _second_start(server: Server, say: Say) -> None:
    async with aiohttp.ClientSession(server.url) as session:
        listens = time.perf_counter()
        await _search(session, "long")
        ready = time.perf_counter()
        found = (await _search(session, "miku"))["total"]
        assert found
    say(f"- start with it: first suggestions {1000 * (ready - listens):.0f} ms after the server listens")


async def _ask(server: Server, names: list[str], place: Path, say: Say) -> None:
    rng = random.Random(SEED)
    keys = [key for kind in ("prefix", "inside", "words") for key in draw(names, kind, KEYS // 3)]
    rng.shuffle(keys)
    say("| asked | p50 ms | p90 ms | p99 ms | worst ms |")
    say("| --- | ---: | ---: | ---: | ---: |")
    async with aiohttp.ClientSession(server.url) as session:
        await _times(session, keys[:200])
        say(_row("one person, one key after the other", await _times(session, keys)))
        shared = [keys[person::PEOPLE] for person in range(PEOPLE)]
        together = await asyncio.gather(*(_times(session, part) for part in shared))
        say(_row(f"{PEOPLE} people at once", [time for part in together for time in part]))
        say(_row("while all lists are compiled again", await _while_building(session, keys, place)))
        wrong = [misspelt(name, 1, rng) for name in names[:20_000] if len(name) > 5]
        texts = rng.sample(wrong, MISSPELT)
        say(_row(f"validate {MISSPELT} misspelt tags", [await _validate(session, texts) for _ in range(11)]))


async def _while_building(session: aiohttp.ClientSession, keys: list[str], place: Path) -> list[float]:
    """A new list makes the server compile everything; keys are counted as long as that takes."""
    (place / "mine.csv").write_text("zorkmid,0,5,\n", encoding="utf-8")
    await asyncio.sleep(2.1)
    times: list[float] = []
    for key in keys * 20:
        start = time.perf_counter()
        answer = await _search(session, key)
        if answer["state"] == "building":
            times.append(time.perf_counter() - start)
        elif times:
            break
    return times


async def _search(session: aiohttp.ClientSession, q: str) -> dict[str, object]:
    async with session.get("tags/search", params={"q": q, "limit": "20", "total": "0"}) as answer:
        body: dict[str, object] = await answer.json()
        return body


async def _times(session: aiohttp.ClientSession, keys: Sequence[str]) -> list[float]:
    times = []
    for key in keys:
        start = time.perf_counter()
        await _search(session, key)
        times.append(time.perf_counter() - start)
    return times


async def _validate(session: aiohttp.ClientSession, texts: list[str]) -> float:
    start = time.perf_counter()
    async with session.post("tags/validate", json={"tags": texts}) as answer:
        await answer.read()
    return time.perf_counter() - start


def _row(what: str, times: list[float]) -> str:
    times = sorted(1000 * each for each in times)
    if not times:
        return f"| {what} | – | – | – | – |"
    p90, p99 = (times[int((len(times) - 1) * share)] for share in (0.9, 0.99))
    figures = (statistics.median(times), p90, p99, times[-1])
    return f"| {what} ({len(times):,}) | " + " | ".join(f"{each:.2f}" for each in figures) + " |"
