"""E9 to E14: the index itself, beside scandir, SQLite and Pillow."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from benchmarks.gallery.table import head, row, timed
from benchmarks.gallery.tree import LIKE_COMFYUI, grow
from cozygen_core import GalleryIndex, read_metadata
from tests.gallery.files import png

ROUNDS = 5
Row = tuple[str, int, float]


def measure(root: Path, data: Path, files: int, rows: Sequence[str]) -> None:
    """Print the rows that are asked for; an index that is there already is used."""
    if rows:
        head(f"The index alone, {files:,} files")
    data.mkdir(parents=True, exist_ok=True)
    for name in rows:
        ROWS[name](root, data, files)


def scanned(folder: str) -> Iterator[Row]:
    """The peer: scandir and stat."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from scanned(entry.path)
            elif entry.name.endswith(".png"):
                found = entry.stat()
                yield entry.path, found.st_size, found.st_mtime


def _walking(root: Path, _data: Path, files: int) -> None:
    """In turn, so that both see the same machine; the index also sorts and makes its look-ups."""
    wall: list[tuple[float, float]] = []
    work: list[tuple[float, float]] = []
    for _ in range(ROUNDS if files <= 100_000 else 3):
        began, busy = time.perf_counter(), time.process_time()
        _rows = list(scanned(str(root)))
        peer, peer_work = time.perf_counter() - began, time.process_time() - busy
        began, busy = time.perf_counter(), time.process_time()
        index = GalleryIndex([("", root)], watch=False)
        index.pause(True)
        index.start()
        index.wait_ready(600)
        wall.append((time.perf_counter() - began, peer))
        work.append((time.process_time() - busy, peer_work))
        index.close()
    for name, pairs in (("wall", wall), ("CPU", work)):
        ours, peer = (statistics.median(pair[at] for pair in pairs) * 1000 for at in (0, 1))
        ratio = statistics.median(mine / other for mine, other in pairs)
        what = f"E9 walk to first listing, {name}"
        row(what, f"{ours:.0f} ms", peer=f"scandir+stat {peer:.0f} ms", ratio=ratio, goal="≤ 0.6×")


def _first_index(root: Path, data: Path, files: int) -> None:
    shutil.rmtree(data / "index", ignore_errors=True)
    before = _rss_mb()
    began, busy = time.perf_counter(), time.process_time()
    index = GalleryIndex([("", root)], data / "index")
    index.start()
    index.wait_idle(3600)
    spent, work = time.perf_counter() - began, time.process_time() - busy
    row("F4 first index with metadata, wall", f"{files / spent:,.0f} PNG/s", goal="≥ 5,000 PNG/s")
    row("F4 the same, work of all threads", f"{work / files * 1e6:.0f} µs CPU a PNG")
    row("memory of the index", f"{_rss_mb() - before:.0f} MB more")
    index.close()


def _opened(root: Path, data: Path, *, watch: bool = True) -> GalleryIndex:
    """The index of a piece before, with everything read."""
    index = GalleryIndex([("", root)], data / "index", watch=watch)
    index.start()
    index.wait_idle(3600)
    return index


def _pages(root: Path, data: Path, files: int) -> None:
    rows = list(scanned(str(root)))
    offset = files // 2
    index = _opened(root, data)
    index.page("", recursive=True, limit=1)
    ours = timed(lambda: index.page("", recursive=True, offset=offset, limit=100), 999)
    index.close()
    plain, keyset = _sqlite(rows, offset)
    row(
        f"E12 page of 100 at {offset:,}",
        f"{ours:.3f} ms",
        peer=f"SQLite OFFSET {plain:.2f} ms",
        ratio=ours / plain,
        goal="≤ 0.2 ms",
    )
    row(
        "E12 beside a keyset page",
        f"{ours:.3f} ms",
        peer=f"SQLite keyset {keyset:.3f} ms",
        ratio=ours / keyset,
    )


def _sqlite(rows: list[Row], offset: int) -> tuple[float, float]:
    """The peer: rows as tuples, without the JSON that ours makes."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE f (path TEXT, size INTEGER, mtime REAL)")
    base.executemany("INSERT INTO f VALUES (?,?,?)", rows)
    base.execute("CREATE INDEX i ON f (mtime DESC, path)")
    query = "SELECT path, size, mtime FROM f ORDER BY mtime DESC, path LIMIT 100 OFFSET ?"
    plain = timed(lambda: base.execute(query, (offset,)).fetchall(), 9)
    path, _size, mtime = base.execute(query, (offset,)).fetchone()
    after = "SELECT path, size, mtime FROM f WHERE mtime <= ? AND (mtime < ? OR path > ?) "
    after += "ORDER BY mtime DESC, path LIMIT 100"
    return plain, timed(lambda: base.execute(after, (mtime, mtime, path)).fetchall(), 99)


def _reading(_root: Path, data: Path, _files: int) -> None:
    folder = data / "sample"
    folder.mkdir(exist_ok=True)
    grow(folder, 2000)
    sample = [entry[0] for entry in scanned(str(folder))]
    _reading_alone(data / "plain")
    ours = timed(lambda: [read_metadata(path) for path in sample], 5) / len(sample)
    other = timed(lambda: [Image.open(path).info for path in sample], 5) / len(sample)
    row(
        "E11 all metadata with graphs and summary as JSON",
        f"{ours * 1000:.0f} µs",
        peer=f"Pillow open, texts only {other * 1000:.0f} µs",
        ratio=ours / other,
    )


def _reading_alone(folder: Path) -> None:
    """Files of the same size whose texts are no graphs: found and copied, not understood."""
    folder.mkdir(exist_ok=True)
    words = png({"first": "x" * 2_000, "second": "x" * (LIKE_COMFYUI - 2_000)})
    paths = [folder / f"{number}.png" for number in range(2000)]
    for path in paths:
        path.write_bytes(words)
    ours = timed(lambda: [read_metadata(path) for path in paths], 5) / len(paths)
    other = timed(lambda: [Image.open(path).info for path in paths], 5) / len(paths)
    row(
        "E11 reading alone, from Python",
        f"{ours * 1000:.1f} µs",
        peer=f"Pillow open {other * 1000:.0f} µs",
        ratio=ours / other,
        goal="≤ 12 µs",
    )


def _cold_start(root: Path, data: Path, _files: int) -> None:
    _opened(root, data).close()

    def start() -> None:
        index = GalleryIndex([("", root)], data / "index")
        index.start()
        index.wait_ready(600)
        index.page("", recursive=True, limit=60)
        index.close()

    row(
        "E14 start to first page and stop, indexed, with a look at every folder",
        f"{timed(start, 3):.0f} ms",
        goal="≤ 1,500 ms at 1M",
    )


def _news(root: Path, data: Path, _files: int) -> None:
    """One new file found by looking at all folders; a hundred in a folder that is named."""
    folder = root / "zz_news"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    index = _opened(root, data, watch=False)
    time.sleep(2.5)  # younger folders are looked at twice: clocks of file systems are coarse
    one = statistics.median(_told(index, folder, 1, []) for _ in range(5))
    many = statistics.median(_told(index, folder, 100, [folder.name]) for _ in range(5))
    index.close()
    shutil.rmtree(folder)
    row("E10 look at every folder's time, and at one new file", f"{one:.1f} ms", goal="≤ 5 ms at 200 folders")
    row(
        "E13 list a folder, apply 100 new files, write them to the journal",
        f"{many:.1f} ms",
    )


_made = iter(range(1_000_000))


def _told(index: GalleryIndex, folder: Path, count: int, named: list[str]) -> float:
    for _ in range(count):
        (folder / f"new_{next(_made)}.png").write_bytes(png())
    while index.next_event(0.0) is not None:
        pass
    began = time.perf_counter()
    index.rescan(named)
    while True:
        event = index.next_event(5.0)
        if event is None:
            raise RuntimeError("the index did not find the new files")
        if json.loads(event)["event"] == "changes":
            return (time.perf_counter() - began) * 1000


def _rss_mb() -> float:
    """Resident memory of this process."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


# In the order of a whole run: E9 needs no index, F4 makes the one that the others use.
ROWS: Final[dict[str, Callable[[Path, Path, int], None]]] = {
    "E9": _walking,
    "F4-core": _first_index,
    "E10": _news,
    "E11": _reading,
    "E12": _pages,
    "E14": _cold_start,
}
