"""What making a thumbnail tells of a file, for listings: blur, size, seconds, frames per second.

A small SQLite file in the cache folder. May be deleted at any time.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

log = logging.getLogger(__name__)

FILE: Final = "facts.sqlite"
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS facts (
    number INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, blur BLOB NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, duration REAL NOT NULL, fps REAL NOT NULL)
"""
# The oldest of more than these are forgotten when the file is opened: files that changed or went.
MOST: Final = 1_500_000
# Kept in memory: what was listed lately.
_RECENT: Final = 50_000
# SQLite's own limit of parameters is larger.
_AT_ONCE: Final = 500


class Known(NamedTuple):
    """Of one file; 0 and b"" where unknown."""

    blur: bytes = b""
    width: int = 0
    height: int = 0
    duration: float = 0.0
    fps: float = 0.0


class Facts:
    """Blocking and thread-safe; a folder that cannot be written only shortens the memory."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._recent: dict[bytes, Known] = {}
        self._closed = False
        # Counts what was told and forgotten.
        self.revision = 0

    @property
    def _path(self) -> Path:
        """Known when the host has told where data lies."""
        return self._folder() / FILE

    def put(self, name: bytes, known: Known) -> None:
        """Remember a file by `Place.name`."""
        with self._lock, self._told():
            self._keep({name: known})
            self.revision += 1
            self._sound().execute(
                "INSERT OR REPLACE INTO facts (name, blur, width, height, duration, fps)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (name, *known),
            )

    def get(self, names: Collection[bytes]) -> Mapping[bytes, Known]:
        """What is known of these."""
        recent = self._recent
        found = {name: recent[name] for name in names if name in recent}
        wanted = [name for name in names if name not in found]
        with self._lock, self._told():
            if not wanted or not self._path.exists():
                return found
            for start in range(0, len(wanted), _AT_ONCE):
                found.update(self._some(wanted[start : start + _AT_ONCE]))
            self._keep(found)
        return found

    def _keep(self, found: Mapping[bytes, Known]) -> None:
        if len(self._recent) > _RECENT:
            self._recent = {}
        self._recent.update(found)

    def _some(self, names: list[bytes]) -> Mapping[bytes, Known]:
        marks = ",".join("?" * len(names))
        rows = self._open().execute(
            f"SELECT name, blur, width, height, duration, fps FROM facts WHERE name IN ({marks})",
            names,
        )
        return {row[0]: Known(*row[1:]) for row in rows}

    def __len__(self) -> int:
        with self._lock, self._told():
            if self._path.exists():
                return int(self._open().execute("SELECT count(*) FROM facts").fetchone()[0])
        return 0

    def clear(self) -> None:
        """Forget everything."""
        with self._lock, self._told():
            self._recent = {}
            if self._path.exists():
                self._open().execute("DELETE FROM facts")
            self.revision += 1

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._closed = True
            self._drop()

    def _drop(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            log.warning("what is known of clips and blurs cannot be kept: %s", error)
            self._drop()
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                self._delete()  # no database: a cache, so made anew

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _sound(self) -> sqlite3.Connection:
        """The open database; a file that is none is made anew first."""
        try:
            return self._open()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._drop()
            self._delete()
            return self._open()

    def _open(self) -> sqlite3.Connection:
        if self._closed:
            raise sqlite3.OperationalError("closed")
        if self._database is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False, timeout=2.0)
            self._database = database
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("PRAGMA synchronous=OFF")
            database.execute(_TABLE)
            database.execute("DELETE FROM facts WHERE number <= (SELECT max(number) FROM facts) - ?", (MOST,))
        return self._database
