"""`cozygen thumbs warm|stats|clear`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from cozygen.errors import CozyGenError
from cozygen.thumbs.place import Place
from cozygen.thumbs.service import Thumbs
from cozygen.thumbs.variant import Variant

Say = Callable[[str], None]
_TELL_EVERY_S = 1.0


async def warm(thumbs: Thumbs, places: Iterable[Place], workers: int, say: Say) -> int:
    """Make what is missing, in this order; returns how many files cannot have a thumbnail."""
    waiting = list(reversed(list(places)))
    total, start, told = len(waiting), time.monotonic(), time.monotonic()
    made = failed = 0

    async def work() -> None:
        nonlocal made, failed, told
        while waiting:
            place = waiting.pop()
            try:
                was_made = await thumbs.warm(place, Variant(), ahead=False)
                made += was_made
            except CozyGenError as error:
                failed += 1
                say(f"{place.subfolder}/{place.filename}: {error.message}".lstrip("/"))
            if time.monotonic() - told > _TELL_EVERY_S:
                told = time.monotonic()
                say(f"{total - len(waiting):,} of {total:,}, {made / (told - start):.0f} made a second")

    await asyncio.gather(*(work() for _ in range(workers)))
    say(f"{total:,} files: {made:,} made, {total - made - failed:,} were there, {failed:,} cannot be shown.")
    return failed


def stats(thumbs: Thumbs, say: Say) -> None:
    """Say what the cache holds."""
    used = thumbs.disk.usage()
    say(f"{used.files:,} thumbnails, {size(used.bytes)} of {size(thumbs.disk.capacity)}")
    say(f"{len(thumbs.failures):,} files that cannot be shown; {len(thumbs.facts):,} files known to listings")


async def clear(thumbs: Thumbs, say: Say) -> None:
    """Empty the cache and say what that freed."""
    freed = await thumbs.clear()
    say(f"{freed.files:,} thumbnails removed, {size(freed.bytes)} freed.")


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1e6:,.1f} MB"


def newest_first(root: Path, is_media: Callable[[str], bool], label: str = "") -> list[tuple[float, Place]]:
    """Time and place of the files below a folder; what is hidden and linked folders are left out."""
    found = []
    for path in _files(root):
        if is_media(path.name):
            try:
                stamp = path.stat().st_mtime
            except OSError:
                continue
            folder = path.parent.relative_to(root).as_posix()
            parts = [part for part in (label, "" if folder == "." else folder) if part]
            found.append((stamp, Place("output", "/".join(parts), path.name)))
    return sorted(found, key=lambda entry: entry[0], reverse=True)


def _files(folder: Path) -> Iterable[Path]:
    try:
        entries = list(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        else:
            yield entry
