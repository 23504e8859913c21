"""Several files of the library as one archive, written while it is sent."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cozygen.errors import CozyGenError, NotFoundError
from cozygen.gallery.library import Gallery
from cozygen.http.media import open_media

_PIECE: Final = 256 * 1024
# A file may grow while it is read; beyond this its entry is written with sizes of 64 bits.
_SMALL: Final = 1 << 30
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_LEFT_OUT: Final = "not included.txt"
_OFFERS_KEPT: Final = 64
_OFFER_LASTS_S: Final = 600.0


@dataclass(frozen=True)
class Packed:
    """A file that goes into an archive: its name there, and how to find it."""

    name: str
    resolve: Callable[[], Path]


@dataclass
class Offers:
    """Archives that were asked for and wait for their download: a page cannot save what it posts for."""

    _offers: dict[str, tuple[str, list[str], float]] = field(default_factory=dict)

    def make(self, user: str, ids: list[str]) -> str:
        """A key under which the same user finds these items for ten minutes."""
        key = secrets.token_urlsafe(18)
        while len(self._offers) >= _OFFERS_KEPT:
            self._offers.pop(next(iter(self._offers)))
        self._offers[key] = (user, ids, time.monotonic() + _OFFER_LASTS_S)
        return key

    def ids(self, user: str, key: str) -> list[str]:
        """What was asked for. Raises NotFoundError, also for the key of somebody else."""
        owner, ids, until = self._offers.get(key, ("", [], 0.0))
        if owner != user or time.monotonic() > until:
            raise NotFoundError("This download is over. Ask for it again.", code="download over")
        return ids


async def files_of(gallery: Gallery, ids: Iterable[str]) -> list[Packed]:
    """The files of items, under names that do not meet. Raises NotFoundError when none is there any more."""
    shelf = await gallery.shelf()

    def find() -> list[Packed]:
        found = []
        names: set[str] = set()
        for item_id in dict.fromkeys(ids):
            place = shelf.index.locate(item_id)
            if place is not None:
                name = free_name(place[0].name, names)
                found.append(Packed(name, partial(shelf.roots.resolve_known, place[0])))
        return found

    files = await asyncio.get_running_loop().run_in_executor(gallery.threads, find)
    if not files:
        raise NotFoundError("None of these items is there any more.")
    return files


def free_name(name: str, taken: set[str]) -> str:
    """A name that every system can unpack and that `taken`, which it joins, does not hold."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = "".join("_" if char in '\\/:*?"<>|' or char < " " else char for char in text)
    path, number, free = PurePath(text), 1, text
    while free.casefold() in taken:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    taken.add(free.casefold())
    return free


class _Sink:
    """What an archive writes, to be taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


def archive(files: Iterable[Packed]) -> Iterator[bytes]:
    """The archive in pieces of about 256 kB; blocking.

    Pictures and clips are packed already, so they are stored as they are. What cannot
    be read (any more) is named in a text file of the archive.
    """
    sink, left_out = _Sink(), []
    with ZipFile(sink, "w", ZIP_STORED) as packed:  # type: ignore[call-overload]  # an object that only writes
        for file in files:
            try:
                for _ in _store(packed, file):
                    yield sink.take()
            except CozyGenError as error:
                left_out.append(f"{file.name}: {error.message}")
        if left_out:
            packed.writestr(ZipInfo(_LEFT_OUT, _moment(time.time())), "\n".join(left_out) + "\n")
    yield sink.take()


def _store(packed: ZipFile, file: Packed) -> Iterator[None]:
    media = open_media(file.resolve)
    with media.file as source:
        info = ZipInfo(file.name, _moment(media.mtime))
        info.external_attr = 0o644 << 16
        with packed.open(info, "w", force_zip64=media.size > _SMALL) as entry:
            left = media.size
            while left > 0 and (data := source.read(min(_PIECE, left))):
                entry.write(data)
                left -= len(data)
                yield


def _moment(mtime: float) -> tuple[int, int, int, int, int, int]:
    """Local time as archives know it: from 1980 to 2107."""
    try:
        at = time.localtime(mtime)[:6]
    except (OverflowError, ValueError, OSError):
        return _EARLIEST
    return max(_EARLIEST, min(at, (2107, 12, 31, 23, 59, 58)))


def download_name(count: int) -> str:
    """What the browser calls the archive."""
    return f"CozyGen {time.strftime('%Y-%m-%d %H.%M')} ({count}).zip"
