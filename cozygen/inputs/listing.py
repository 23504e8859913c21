"""What lies in the input folder, a folder at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlencode

from cozygen.errors import NotFoundError
from cozygen.storage.confine import relative_parts
from cozygen_core import media_version

Sort = Literal["name", "newest"]
VIDEOS: Final = frozenset(("mp4", "webm", "mov", "mkv"))


@dataclass(frozen=True)
class Wanted:
    """Which entries: a folder, endings without dot (none: all), hidden ones, the order."""

    subfolder: str = ""
    endings: frozenset[str] = frozenset()
    hidden: bool = False
    sort: Sort = "name"


@dataclass(frozen=True)
class Entry:
    """A folder, or a file with its size and time."""

    name: str
    rel_path: str
    is_dir: bool
    size: int
    mtime_ns: int

    def as_json(self) -> dict[str, Any]:
        """The predecessor's members; for files also where they and their thumbnails are."""
        body: dict[str, Any] = {
            "name": self.name,
            "rel_path": self.rel_path,
            "is_dir": self.is_dir,
            "size": self.size,
            "mtime": self.mtime_ns // 1_000_000_000,
        }
        return body if self.is_dir else {**body, **self._links()}

    def _links(self) -> dict[str, Any]:
        version = media_version(self.size, self.mtime_ns)
        folder = self.rel_path[: -len(self.name)].rstrip("/")
        named = {"type": "input", "filename": self.name, **({"subfolder": folder} if folder else {})}
        ending = self.name.rpartition(".")[2].lower()
        return {
            "kind": "video" if ending in VIDEOS else "image",
            "url": "input/file?" + urlencode({"path": self.rel_path, "v": version}),
            "thumb": "thumb?" + urlencode({**named, "v": version}),
        }


def entries(folder: Path, wanted: Wanted) -> list[Entry]:
    """Folders first, then files, each in the wanted order; blocking. Raises NotFoundError."""
    prefix = "/".join(relative_parts(wanted.subfolder))
    try:
        with os.scandir(folder) as found:
            listed = list(_entries(found, f"{prefix}/" if prefix else "", wanted))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError("There is no such folder.") from error
    listed.sort(key=lambda entry: (entry.name.lower(), entry.name))
    if wanted.sort == "newest":
        listed.sort(key=lambda entry: -entry.mtime_ns)
    listed.sort(key=lambda entry: not entry.is_dir)
    return listed


def _entries(found: Iterator[os.DirEntry[str]], prefix: str, wanted: Wanted) -> Iterator[Entry]:
    for one in found:
        if (one.name.startswith(".") and not wanted.hidden) or not _is_text(one.name):
            continue
        entry = _entry(one, prefix)
        if entry is not None and (entry.is_dir or _has_ending(one.name, wanted.endings)):
            yield entry


def _is_text(name: str) -> bool:
    """Whether a name can be said in JSON: bytes that are not UTF-8 cannot."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _has_ending(name: str, endings: frozenset[str]) -> bool:
    return not endings or name.rpartition(".")[2].lower() in endings


def _entry(one: os.DirEntry[str], prefix: str) -> Entry | None:
    """The entry, unless it vanished meanwhile or is neither a folder nor a file."""
    try:
        if one.is_dir():
            return Entry(one.name, prefix + one.name, True, 0, one.stat().st_mtime_ns)
        if not one.is_file():
            return None
        state = one.stat()
    except OSError:
        return None
    return Entry(one.name, prefix + one.name, False, state.st_size, state.st_mtime_ns)
