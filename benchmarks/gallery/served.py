"""F1 to F4, F6 and F12: the server as a browser sees it, from another process."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.gallery.table import head, row, spread
from tests.gallery.files import graph_png, png

LISTENERS = 100
IDLE_S = 10.0
# What the start began goes on for a while: tags are read, the snapshot is written.
SETTLE_S = 3.0


ROWS: Final = ("F4", "F3", "F1", "F6", "idle", "F12")


def measure(root: Path, data: Path, files: int, rows: Sequence[str], *, tags: Path | None) -> None:
    """Print the rows that are asked for; `tags` is a list of a million tags, for F12."""
    if rows:
        head(f"The server, {files:,} files")
        asyncio.run(_measure(root, data, files, rows, tags))


async def _measure(root: Path, data: Path, files: int, rows: Sequence[str], tags: Path | None) -> None:
    if "F4" in rows:
        shutil.rmtree(data, ignore_errors=True)
        _lay_out(data, tags)
        async with serving(root, data) as port:
            await _first_index(port, files)
    elif not (data / "home").exists():
        # Made by a piece before, without the server.
        _lay_out(data, tags)
        shutil.copytree(data.with_name("core") / "index", data / "home" / "index" / "output")
    if rows != ["F4"]:
        await _second_start(root, data, files, rows)


def _lay_out(data: Path, tags: Path | None) -> None:
    (data / "home" / "tags").mkdir(parents=True)
    if tags is not None:
        shutil.copy(tags, data / "home" / "tags")


async def _second_start(root: Path, data: Path, files: int, rows: Sequence[str]) -> None:
    began = time.perf_counter()
    async with serving(root, data) as port:
        up = time.perf_counter()
        async with connected(port) as server:
            await server.page(0)
            now = time.perf_counter()
            row("F3 first page after the port is open", f"{(now - up) * 1000:.0f} ms", goal="≤ 300 ms")
            row("F3 from the start of Python to the first page", f"{(now - began) * 1000:.0f} ms")
            await _until_ready(server)
            await asyncio.sleep(SETTLE_S)
            if "F1" in rows:
                await _pages(port, files)
            if "F6" in rows:
                await _news(port, server, root)
            if "idle" in rows:
                await _idle(port, server)
            if "F12" in rows:
                state = await server.get("/lag")
                row("F12 memory of the server", f"{state['rss_mb']:.0f} MB", goal="≤ 450 MB at 1M")


@asynccontextmanager
async def serving(root: Path, data: Path) -> AsyncIterator[int]:
    """A server in its own process; its port."""
    command = (sys.executable, "-m", "benchmarks.gallery.server", str(root), str(data))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.stdin.close()
        await process.wait()


class Connection:
    """One kept connection, as bare as can be: what is measured is the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def raw(self, path: str) -> bytes:
        """The body of a reply."""
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n\r\n".encode())
        top = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        assert top.startswith("http/1.1 200"), top
        length = int(top.split("content-length:")[1].split("\r\n")[0])
        return await self._reader.readexactly(length)

    async def get(self, path: str) -> Any:
        """The JSON of a reply."""
        return json.loads(await self.raw(path))

    async def page(self, offset: int) -> bytes:
        """Sixty items of the whole library."""
        return await self.raw(f"/cozygen/api/gallery?recursive=1&offset={offset}&limit=60")

    async def listen(self) -> None:
        """Open the stream of the whole library; from here on nothing is missed."""
        path = "/cozygen/api/gallery/stream?recursive=1"
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        await self._reader.readuntil(b"\r\n\r\n")

    async def lines(self) -> AsyncIterator[str]:
        """The data lines of the stream."""
        while True:
            line = (await self._reader.readline()).decode()
            if line.startswith("data:"):
                yield line[5:].strip()


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Connection]:
    """A connection to the server."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 24)
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()


async def _until_ready(server: Connection) -> None:
    while (await _index(server))["state"] != "ready":  # noqa: ASYNC110 - the server is another process
        await asyncio.sleep(0.2)


async def _index(server: Connection) -> Any:
    return (await server.get("/cozygen/api/health"))["parts"]["index"]["figures"]


async def _first_index(port: int, files: int) -> None:
    """From nothing to everything known, while somebody looks at pages."""
    began = time.perf_counter()
    async with connected(port) as server:
        await server.page(0)
        row("first page of a library never seen", f"{(time.perf_counter() - began) * 1000:.0f} ms")
        await server.get("/lag")
        late: list[float] = []
        while (await _index(server))["state"] != "ready":
            await server.page(0)
            await asyncio.sleep(0.1)
            late += (await server.get("/lag"))["late_ms"]
        spent = time.perf_counter() - began
        row("F4 first index over HTTP", f"{files / spent:,.0f} PNG/s", goal="≥ 5,000 PNG/s")
        row("F4 loop lag meanwhile", spread(late or [0.0]), goal="p99 ≤ 20 ms")


async def _pages(port: int, files: int) -> None:
    anywhere = [(n * 7919 * 131) % (files - 60) for n in range(500)]
    for what, clients, offsets, goal in (
        ("F1 first page, 1 client", 1, [0], "p50 ≤ 3, p99 ≤ 10 ms"),
        ("F1 first page, 8 clients", 8, [0], "p50 ≤ 3, p99 ≤ 10 ms"),
        ("F2 any page, 1 client", 1, anywhere, "p99 ≤ 15 ms"),
    ):
        asked = [_asked(port, offsets) for _ in range(clients)]
        spent = [ms for part in await asyncio.gather(*asked) for ms in part]
        row(what, spread(spent), goal=goal)


async def _asked(port: int, offsets: list[int]) -> list[float]:
    async with connected(port) as server:
        for _ in range(20):
            await server.page(0)
        spent = []
        for number in range(500):
            began = time.perf_counter()
            await server.page(offsets[number % len(offsets)])
            spent.append((time.perf_counter() - began) * 1000)
        return spent


async def _news(port: int, server: Connection, root: Path) -> None:
    """New, changed, renamed, deleted: until an open stream says so."""
    folder = root / "zz_live"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    await asyncio.sleep(1.0)
    took: dict[str, list[float]] = {"new": [], "changed": [], "renamed": [], "deleted": []}
    await server.get("/lag")
    async with connected(port) as listener:
        await listener.listen()
        for number in range(20):
            path, moved = folder / f"{number}.png", folder / f"moved_{number}.png"
            acts: tuple[tuple[str, Callable[[], object]], ...] = (
                ("new", partial(path.write_bytes, graph_png())),
                ("changed", partial(path.write_bytes, png(width=9))),
                ("renamed", partial(path.rename, moved)),
                ("deleted", moved.unlink),
            )
            for what, act in acts:
                began = time.perf_counter()
                await asyncio.to_thread(act)
                await _change(listener.lines())
                took[what].append((time.perf_counter() - began) * 1000)
    shutil.rmtree(folder)
    for what, spent in took.items():
        row(f"F6 {what} file told", f"{spread(spent)}, max {max(spent):.0f}", goal="≤ 500 ms")
    row("loop lag meanwhile", spread((await server.get("/lag"))["late_ms"]), goal="p99 ≤ 20 ms")


async def _change(lines: AsyncIterator[str]) -> None:
    async for line in lines:
        event = json.loads(line)
        if event.get("created") or event.get("changed") or event.get("removed"):
            return


async def _idle(port: int, server: Connection) -> None:
    listeners = [asyncio.create_task(_listen(port)) for _ in range(LISTENERS)]
    await asyncio.sleep(2.0)
    before = (await server.get("/lag?rest=1"))["cpu_s"]
    await asyncio.sleep(IDLE_S)
    spent = (await server.get("/lag"))["cpu_s"] - before
    await _cancelled(listeners)
    row(
        f"F6 {LISTENERS} idle listeners",
        f"{spent / IDLE_S:.1%} of a core",
        goal="≤ 0.5 %",
    )


async def _cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _listen(port: int) -> None:
    async with connected(port) as listener:
        await listener.listen()
        async for _line in listener.lines():
            pass
