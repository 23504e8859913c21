"""Thumbnails on disk: sharded, written whole, capped in size. May be deleted at any time."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from cozygen.thumbs.variant import Variant

log = logging.getLogger(__name__)

SUFFIX: Final = ".thumb"
# Reading marks an entry as used, but not more often than this.
_TOUCH_AFTER_S: Final = 6 * 3600
# A full cache is emptied down to this part of its capacity at once.
_KEPT: Final = 0.9


class Freed(NamedTuple):
    """What a clearing removed."""

    files: int
    bytes: int


class DiskCache:
    """Blocking; safe from several threads and processes, which may share the folder."""

    def __init__(self, folder: Path, capacity: int) -> None:
        self.folder = folder
        self.capacity = capacity
        self._lock = threading.Lock()
        self._size: int | None = None
        self._told = False

    def path_of(self, key: str, variant: Variant) -> Path:
        """Where an entry lies: `3f/3f…-384.thumb`."""
        return self.folder / key[:2] / f"{key}-{variant.word}{SUFFIX}"

    def read(self, key: str, variant: Variant) -> bytes | None:
        """The entry, or None; one that was cut short by a power loss is none."""
        path = self.path_of(key, variant)
        try:
            data = path.read_bytes()
            if not _is_whole(data):
                path.unlink(missing_ok=True)
                return None
            if time.time() - path.stat().st_mtime > _TOUCH_AFTER_S:
                os.utime(path)
        except OSError:
            return None
        return data

    def write(self, key: str, variant: Variant, data: bytes) -> None:
        """Keep an entry. A disk that is full or read-only is logged once: the picture is served anyway."""
        path = self.path_of(key, variant)
        temp = path.with_name(f"{path.name}.{secrets.token_hex(4)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                temp.write_bytes(data)
                temp.replace(path)
            except OSError:
                temp.unlink(missing_ok=True)
                raise
        except OSError as error:
            self._tell(error)
            return
        self._grow(len(data))

    def _tell(self, error: OSError) -> None:
        if not self._told:
            self._told = True
            log.warning("thumbnails cannot be kept on disk: %s", error.strerror or error)

    def _grow(self, count: int) -> None:
        with self._lock:
            self._size = self._counted() if self._size is None else self._size + count
            if self._size > self.capacity:
                self._shrink()

    def _counted(self) -> int:
        return sum(size for _, size, _ in self._entries())

    def size(self) -> int:
        """Bytes of all entries, counted once and kept up to date by this process."""
        with self._lock:
            if self._size is None:
                self._size = self._counted()
            return self._size

    def _shrink(self) -> None:
        """Remove the entries that were not used for longest."""
        entries = sorted(self._entries())
        size = sum(entry[1] for entry in entries)
        for _, count, path in entries:
            if size <= self.capacity * _KEPT:
                break
            path.unlink(missing_ok=True)
            size -= count
        self._size = size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Time of last use, size and path of every entry; what others leave there is not ours."""
        for shard in _folders(self.folder):
            for entry in _files(shard):
                try:
                    found = entry.stat(follow_symlinks=False)
                except OSError:
                    continue
                yield found.st_mtime, found.st_size, Path(entry.path)

    @property
    def is_full(self) -> bool:
        """Whether more entries would push out others soon; False until something was written."""
        return self._size is not None and self._size > self.capacity * _KEPT

    def clear(self) -> Freed:
        """Remove all entries, also half-written ones."""
        files = freed = 0
        with self._lock:
            for _, size, path in self._entries():
                try:
                    path.unlink()
                except OSError:
                    continue
                files += 1
                freed += size
            self._size = 0
        return Freed(files, freed)

    def usage(self) -> Freed:
        """How many entries there are, and their bytes."""
        sizes = [size for _, size, _ in self._entries()]
        return Freed(len(sizes), sum(sizes))


def _folders(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return [entry.path for entry in found if len(entry.name) == 2 and entry.is_dir()]
    except OSError:
        return []


def _files(shard: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(shard) as found:
            return [entry for entry in found if SUFFIX in entry.name]
    except OSError:
        return []


def _is_whole(data: bytes) -> bool:
    """Whether a JPEG has its end, a WebP its stated length, and an MP4 all of its boxes."""
    if data.startswith(b"\xff\xd8"):
        return data.endswith(b"\xff\xd9")
    if data.startswith(b"RIFF"):
        return int.from_bytes(data[4:8], "little") + 8 == len(data)
    return data[4:8] == b"ftyp" and _ends_with_a_box(data)


def _ends_with_a_box(data: bytes) -> bool:
    at = 0
    while 0 <= at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8:
            return False
        at += size
    return at == len(data)


def content_type(data: bytes) -> str:
    """What the bytes of a thumbnail are."""
    if data[4:8] == b"ftyp":
        return "video/mp4"
    return "image/webp" if data.startswith(b"RIFF") else "image/jpeg"
