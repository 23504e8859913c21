"""A keystroke end to end: `cozygen serve` with the whole list, asked over HTTP as the app asks.

F9 (one person, four at once, and while the lists are compiled again), F10 (200 misspelt tags), F11
(start with and without the compiled list, memory).
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote

from benchmarks.tags.queries import SEED, draw, misspelt
from cozygen_core import TagIndex

Say = Callable[[str], None]
KEYS = 1_500
PEOPLE = 4
MISSPELT = 200
HANDFUL = 5
NONSENSE = (
    "",
    "x" * 2_500,
    "a b " * 600,
    '"unbalanced ""quotes',
    "((((a+)+)+)+$",
    ".*[a-z]+(?=x)|\\",
    "\x01\x1b\x7f",
    "\ufffd",
    "* * *",
    "_" * 500,
)


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
        say(f"- memory of the server: {before} at its start, {bare.resident()} when the list is compiled\n")
        asyncio.run(_ask(bare, names, place, say))
        say(f"\n- memory after all these questions and the second build: {bare.resident()}")
    with Server(folder) as again:
        asyncio.run(_second_start(again, say))
        say(f"- memory after it: {again.resident()}")


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

    def resident(self) -> str:
        """Resident memory in words; pages of the mapped list count as far as they were read."""
        status = Path(f"/proc/{self._process.pid}/status")
        text = status.read_text("utf-8") if status.exists() else ""
        own, file = (
            int(found.group(1)) / 1000 if (found := re.search(rf"{name}:\s+(\d+)", text)) else 0.0
            for name in ("RssAnon", "RssFile")
        )
        return f"{own + file:.0f} MB ({own:.0f} of its own, {file:.0f} of mapped files)"


class Browser:
    """One connection that stays open, as a browser's: the client's own time is next to nothing."""

    def __init__(self, url: str, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        self._reader, self._writer = streams
        _, _, rest = url.partition("://")
        self._host, _, path = rest.partition("/")
        self._path = f"/{path}"

    @classmethod
    async def open(cls, url: str) -> Browser:
        """Connect."""
        port = int(url.split(":")[2].split("/")[0])
        return cls(url, await asyncio.open_connection("127.0.0.1", port))

    async def search(self, q: str) -> tuple[float, dict[str, object]]:
        """Seconds until the whole answer was there, and the answer."""
        took, body = await self._ask("GET", f"tags/search?q={quote(q)}&limit=20&total=0")
        answer: dict[str, object] = json.loads(body)
        return took, answer

    async def validate(self, texts: list[str]) -> float:
        """Seconds until the verdicts were there."""
        return (await self._ask("POST", "tags/validate", json.dumps({"tags": texts}).encode()))[0]

    async def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[float, bytes]:
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {self._path}{path} HTTP/1.1\r\nHost: {self._host}\r\n{kind}\r\n"
        start = time.perf_counter()
        self._writer.write(head.encode() + body)
        answered = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", answered)
        assert length is not None, answered
        content = await self._reader.readexactly(int(length.group(1)))
        took = time.perf_counter() - start
        assert b" 200 " in answered[:20], answered
        return took, content

    def close(self) -> None:
        """Disconnect."""
        self._writer.close()


def _names(lists: Sequence[Path], folder: Path) -> list[str]:
    index = TagIndex.build([(path, path.stem, None) for path in lists], cache_path=folder / "names")
    return [hit.tag for hit in index.search("", limit=len(index), nsfw="show").hits]


async def _first(server: Server, say: Say) -> None:
    """The first start compiles the lists; until then the shipped ones are not there either."""
    browser = await Browser.open(server.url)
    # The server itself waits with the answer while it has nothing to serve.
    while (await browser.search("long"))[1]["state"] in ("loading", "building"):
        pass
    took = time.perf_counter() - server.started
    browser.close()
    say(f"- start without a compiled list: suggestions after {took:.1f} s")


async def _second_start(server: Server, say: Say) -> None:
    browser = await Browser.open(server.url)
    took, _ = await browser.search("long")
    assert (await browser.search("miku"))[1]["total"]
    browser.close()
    say(f"- start with it: first suggestions {1000 * took:.0f} ms after the server listens")


async def _ask(server: Server, names: list[str], place: Path, say: Say) -> None:
    rng = random.Random(SEED)
    kinds = ("prefix", "inside", "words")
    keys = [key for kind in kinds for key in draw(names, kind, KEYS // len(kinds))]
    rng.shuffle(keys)
    say("| asked | p50 ms | p90 ms | p99 ms | worst ms |")
    say("| --- | ---: | ---: | ---: | ---: |")
    people = [await Browser.open(server.url) for _ in range(PEOPLE)]
    one = people[0]
    await _times(one, keys[:200])
    asked = await _times(one, keys)
    say(_row("one person, one key after the other", [took for took, _ in asked]))
    say(_row("– of these: found by the letters", [took for took, corrected in asked if not corrected]))
    say(_row("– of these: corrections were looked for", [took for took, corrected in asked if corrected]))
    together = await asyncio.gather(
        *(_times(browser, keys[person::PEOPLE]) for person, browser in enumerate(people))
    )
    say(_row(f"{PEOPLE} people at once", [took for part in together for took, _ in part]))
    say(_row("while another sends nonsense", await _while_nonsense(one, people[1], keys)))
    say(_row("while all lists are compiled again", await _while_building(one, keys, place)))
    wrong = [misspelt(name, 1, rng) for name in names[:20_000] if len(name) > 5]
    texts = rng.sample(wrong, MISSPELT)
    say(_row(f"validate {MISSPELT} misspelt tags", [await one.validate(texts) for _ in range(21)]))
    for browser in people:
        browser.close()


async def _while_nonsense(one: Browser, other: Browser, keys: list[str]) -> list[float]:
    """Keys of one person while another asks what nobody should, as fast as it is answered."""

    async def ask_nonsense() -> None:
        while True:
            for text in NONSENSE:
                await other.search(text)

    asking = asyncio.create_task(ask_nonsense())
    times = [took for took, _ in await _times(one, keys[:500])]
    asking.cancel()
    await asyncio.wait({asking})
    return times


async def _while_building(browser: Browser, keys: list[str], place: Path) -> list[float]:
    """A new list makes the server compile everything; keys are counted as long as that takes."""
    (place / "mine.csv").write_text("zorkmid,0,5,\n", encoding="utf-8")
    await asyncio.sleep(2.1)
    times: list[float] = []
    for key in keys * 20:
        took, answer = await browser.search(key)
        if answer["state"] == "building":
            times.append(took)
        elif times:
            break
    return times


async def _times(browser: Browser, keys: Sequence[str]) -> list[tuple[float, bool]]:
    """Seconds for each key, and whether fewer than a handful was found by its letters."""
    times = []
    for key in keys:
        took, answer = await browser.search(key)
        items = answer["items"]
        assert isinstance(items, list)
        literal = [item for item in items if item["match"] != "typo"]
        times.append((took, len(literal) < HANDFUL))
    return times


def _row(what: str, times: list[float]) -> str:
    times = sorted(1000 * each for each in times)
    if not times:
        return f"| {what} | – | – | – | – |"
    p90, p99 = (times[int((len(times) - 1) * share)] for share in (0.9, 0.99))
    figures = (statistics.median(times), p90, p99, times[-1])
    return f"| {what} ({len(times):,}) | " + " | ".join(f"{each:.2f}" for each in figures) + " |"
