"""`make bench-gallery`: the index beside scandir, SQLite OFFSET and Pillow; then over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from benchmarks.gallery.tree import grow
from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.settings import load
from cozygen_core import GalleryIndex, read_metadata


def timed(work: Callable[[], object], rounds: int = 1) -> float:
    """Median milliseconds."""
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def scanned(folder: str) -> Iterator[tuple[str, int, float]]:
    """The peer: scandir and stat."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from scanned(entry.path)
            elif entry.name.endswith(".png"):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime


def sqlite_offset(rows: list[tuple[str, int, float]], offset: int) -> float:
    """The peer: a page by OFFSET over an index."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE f (path TEXT, size INTEGER, mtime REAL)")
    base.executemany("INSERT INTO f VALUES (?,?,?)", rows)
    base.execute("CREATE INDEX i ON f (mtime DESC, path)")
    query = "SELECT path, size, mtime FROM f ORDER BY mtime DESC, path LIMIT 100 OFFSET ?"
    return timed(lambda: base.execute(query, (offset,)).fetchall(), 9)


def rss_mb() -> float:
    """Resident memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def row(name: str, value: str, peer: str = "", ratio: str = "") -> None:
    """One line of the table."""
    print(f"| {name} | {value} | {peer} | {ratio} |", flush=True)


def core(root: Path, data: Path, files: int) -> None:
    """E9, E11, E12, E14, F4, without HTTP."""
    shutil.rmtree(data, ignore_errors=True)
    before = rss_mb()
    rows: list[tuple[str, int, float]] = []
    peer = min(timed(lambda: rows.extend(scanned(str(root)))) for _ in range(2))
    began = time.perf_counter()
    index = GalleryIndex([("", root)], data / "index")
    index.start()
    index.wait_ready(600)
    walked = (time.perf_counter() - began) * 1000
    row(
        "E9 first listing complete",
        f"{walked:.0f} ms",
        f"scandir+stat {peer:.0f} ms",
        f"{walked / peer:.2f}×",
    )
    offset = files // 2
    index.page("", recursive=True, limit=1)
    ours = timed(lambda: index.page("", recursive=True, offset=offset, limit=100), 99)
    other = sqlite_offset(rows[:files], offset)
    row(
        "E12 page of 100 in the middle",
        f"{ours:.3f} ms",
        f"SQLite OFFSET {other:.2f} ms",
        f"{ours / other:.2f}×",
    )
    index.wait_idle(3600)
    spent = time.perf_counter() - began
    row("F4 first index with metadata", f"{files / spent:,.0f} PNG/s")
    sample = [entry[0] for entry in rows[:2000]]
    ours = timed(lambda: [read_metadata(path) for path in sample], 3) / len(sample)
    other = timed(lambda: [Image.open(path).info for path in sample], 3) / len(sample)
    row(
        "E11 metadata and summary of a PNG",
        f"{ours * 1000:.0f} µs",
        f"Pillow open {other * 1000:.0f} µs",
        f"{ours / other:.2f}×",
    )
    row("memory of the index", f"{rss_mb() - before:.0f} MB more")
    index.close()
    began = time.perf_counter()
    index = GalleryIndex([("", root)], data / "index")
    index.start()
    index.wait_ready(600)
    index.page("", recursive=True, limit=60)
    row("E14, F3 start to first page, indexed", f"{(time.perf_counter() - began) * 1000:.0f} ms")
    index.close()


async def over_http(root: Path, data: Path, files: int) -> None:
    """F1 and F2; client and server share the process, so the figures are upper bounds."""
    for name in ("workflows", "models", "input"):
        (data / name).mkdir(parents=True, exist_ok=True)
    folders = FixedFolders(data / "home", data / "workflows", data / "models", data / "input", (root,))
    (data / "home" / "index").mkdir(parents=True, exist_ok=True)
    shutil.copytree(data / "index", data / "home" / "index" / "output", dirs_exist_ok=True)
    async with TestClient(TestServer(create_app(load({}, {}), folders))) as client:

        async def get(offset: int) -> float:
            began = time.perf_counter()
            query = {"recursive": "1", "offset": str(offset), "limit": "60"}
            async with client.get("/cozygen/api/gallery", params=query) as reply:
                assert len((await reply.json())["items"]) > 0
            return (time.perf_counter() - began) * 1000

        await get(0)
        for name, clients, offsets in (
            ("F1 first page, 1 client", 1, [0]),
            ("F1 first page, 8 clients", 8, [0]),
            ("F2 any page, 1 client", 1, [(n * 7919 * 131) % (files - 60) for n in range(300)]),
        ):

            async def ask(wanted: list[int] = offsets) -> list[float]:
                return [await get(wanted[n % len(wanted)]) for n in range(300)]

            spent = sorted(
                ms for part in await asyncio.gather(*(ask() for _ in range(clients))) for ms in part
            )
            row(name, f"p50 {spent[len(spent) // 2]:.1f} ms, p99 {spent[len(spent) * 99 // 100]:.1f} ms")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path(".build/bench-gallery"))
    options = parser.parse_args()
    root = (options.folder / str(options.files)).absolute()
    data = (options.folder / "data").absolute()
    root.mkdir(parents=True, exist_ok=True)
    grow(root, options.files)
    print(f"{options.files:,} files, {os.cpu_count()} cores\n")
    print("| what | CozyGen | peer | ratio |\n| --- | --- | --- | --- |")
    core(root, data, options.files)
    asyncio.run(over_http(root, data, options.files))


if __name__ == "__main__":
    main()
