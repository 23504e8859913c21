"""Files that break a decoder: noted before the attempt, not tried again until they change.

Two small files in the cache folder. `attempts.log` gets a line when a decode
starts and one when it ends; a start without an end is a crash of the whole
process, and that file is from then on decoded in a process of its own.
`failed.json` lines hold what failed for good, with the reason and with who tried.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from pathlib import Path
from typing import Any, Final

from cozygen import __version__
from cozygen.storage import json_text
from cozygen.thumbs.errors import (
    FAILURES,
    DecoderMissingError,
    NoDecoderError,
    PictureTooLargeError,
    TooSlowError,
    UndecodableError,
)

log = logging.getLogger(__name__)

_KINDS: Final = {
    kind.code: kind for kind in (UndecodableError, PictureTooLargeError, NoDecoderError, TooSlowError)
}
_LOG_LIMIT: Final = 256 * 1024
# Raised with every new decoder: what an older CozyGen could not read is tried again after an update.
DECODERS = 2
# More than this many broken files are a broken disk; the oldest are forgotten.
_MOST: Final = 20_000


class Failures:
    """Blocking and thread-safe; a folder that cannot be written only shortens the memory."""

    def __init__(self, folder: Path) -> None:
        self._attempts_path = folder / "attempts.log"
        self._failed_path = folder / "failed.jsonl"
        self._lock = threading.Lock()
        self._running: set[str] = set()
        self._suspects: set[str] = set()
        self._failed: dict[str, dict[str, Any]] | None = None
        self._log: int | None = None
        self._written = 0

    def check(self, key: str) -> None:
        """Raise the remembered failure of a file, if any."""
        with self._lock:
            known = self._load().get(key)
        if known is not None:
            kind = _KINDS.get(str(known.get("code")), UndecodableError)
            raise kind(str(known.get("message", "")), details=known.get("details"))

    def is_suspect(self, key: str) -> bool:
        """Whether the process died while it decoded this file."""
        with self._lock:
            self._load()
            return key in self._suspects

    def begin(self, key: str) -> None:
        """Note an attempt before it is made."""
        with self._lock:
            self._load()
            self._running.add(key)
            self._append(f"+{key}\n")

    def end(self, key: str) -> None:
        """The attempt is over and the process is alive."""
        with self._lock:
            self._running.discard(key)
            self._suspects.discard(key)
            self._append(f"-{key}\n")

    def remember(self, key: str, error: Exception) -> None:
        """Do not try this file again until it changes."""
        if not isinstance(error, FAILURES) or isinstance(error, DecoderMissingError):
            return
        entry = {
            "key": key,
            "code": error.error,
            "message": error.message,
            "details": error.details,
            "by": _reader(),
        }
        with self._lock:
            self._load()[key] = entry
            if isinstance(error, TooSlowError):
                return  # the machine may have been busy: tried again after a restart
            with contextlib.suppress(OSError):
                self._failed_path.parent.mkdir(parents=True, exist_ok=True)
                with self._failed_path.open("ab") as file:
                    file.write(json_text.dumps(entry) + b"\n")

    def clear(self) -> int:
        """Forget all failures; returns how many there were."""
        with self._lock:
            count = len(self._load())
            self._failed, self._suspects = {}, set()
            with contextlib.suppress(OSError):
                self._failed_path.unlink(missing_ok=True)
        return count

    def __len__(self) -> int:
        with self._lock:
            return len(self._load())

    def close(self) -> None:
        """Let go of the log."""
        with self._lock:
            if self._log is not None:
                os.close(self._log)
                self._log = None

    def _load(self) -> dict[str, dict[str, Any]]:
        if self._failed is None:
            self._failed = dict(_entries(self._failed_path))
            for key in list(self._failed)[:-_MOST]:
                del self._failed[key]
            self._suspects = _unfinished(self._attempts_path)
            for key in self._suspects:
                log.warning("the last run ended while it decoded the file with the key %s", key)
        return self._failed

    def _append(self, line: str) -> None:
        with contextlib.suppress(OSError):
            if self._log is None or self._written > _LOG_LIMIT:
                self._start_log()
            if self._log is not None:
                self._written += os.write(self._log, line.encode("ascii"))

    def _start_log(self) -> None:
        """A log with only what is running and what is suspected."""
        if self._log is not None:
            os.close(self._log)
            self._log = None
        self._attempts_path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        self._log = os.open(self._attempts_path, flags, 0o644)
        kept = "".join(f"+{key}\n" for key in self._suspects | self._running)
        self._written = os.write(self._log, kept.encode("ascii"))


def _reader() -> str:
    """What tried, so that another one tries again."""
    return f"{__version__} {DECODERS}"


def _entries(path: Path) -> list[tuple[str, dict[str, Any]]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        try:
            entry = json_text.loads(line)
        except json_text.JsonTextError:
            continue  # the last line of a crash
        if isinstance(entry, dict) and isinstance(entry.get("key"), str) and entry.get("by") == _reader():
            found.append((entry["key"], entry))
    return found


def _unfinished(path: Path) -> set[str]:
    """Keys that were begun and never ended."""
    try:
        lines = path.read_text("ascii", "replace").splitlines()
    except OSError:
        return set()
    open_ones: set[str] = set()
    for line in lines:
        if line.startswith("+"):
            open_ones.add(line[1:])
        elif line.startswith("-"):
            open_ones.discard(line[1:])
    return open_ones
