"""Disks that misbehave, for tests."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cozygen.storage.disk import Disk

CALLS = (
    "open", "read", "write", "fsync", "close", "fchmod", "fstat", "stat", "lstat",
    "replace", "link", "unlink", "mkdir", "listdir",
)  # fmt: skip


class NoLinks(Disk):
    """A file system without hard links, like exFAT."""

    def link(self, source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))


class CountingDisk(Disk):
    """Calls `strike(name, number)` before every system call; that may raise or not come back.

    With `tears` half of a write is on the disk by then.
    """

    tears = False

    def __init__(self, strike: Callable[[str, int], None] = lambda _name, _number: None) -> None:
        self.strike = strike
        self.count = 0
        self.names: list[str] = []

    def _count(self, name: str) -> None:
        self.count += 1
        self.names.append(name)
        self.strike(name, self.count)


def _counted(name: str) -> Callable[..., Any]:
    def call(self: CountingDisk, *args: Any, **words: Any) -> Any:
        if name == "close":
            # Linux closes the descriptor even when close reports an error.
            Disk.close(self, *args)
            self._count(name)
            return None
        if name == "write" and self.tears:
            fd, data = args
            Disk.write(self, fd, data[: len(data) // 2])
            self._count(name)
            return Disk.write(self, fd, data[len(data) // 2 :]) + len(data) // 2
        self._count(name)
        return getattr(Disk, name)(self, *args, **words)

    return call


for _name in CALLS:
    setattr(CountingDisk, _name, _counted(_name))


def failing(at: int, code: int, *, until: int | None = None) -> CountingDisk:
    """A disk whose calls number `at` to `until` (default: only `at`) fail with `code`."""
    last = at if until is None else until

    def strike(_name: str, number: int) -> None:
        if at <= number <= last:
            raise OSError(code, os.strerror(code))

    return CountingDisk(strike)


def dying(at: int) -> CountingDisk:
    """A disk during whose call number `at` the process is killed; a write gets half way."""

    def strike(_name: str, number: int) -> None:
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    disk = CountingDisk(strike)
    disk.tears = True
    return disk
