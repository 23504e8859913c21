"""The system calls that documents make: one small seam, so that tests can fail any one of them."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

# Flags that Windows does not have, and the one that only Windows has.
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_PRIVATE_FD: Final = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)

READ: Final = os.O_RDONLY | _PRIVATE_FD
CREATE: Final = os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_FOLLOW | _PRIVATE_FD


class Disk:
    """The real disk. Every method is one system call and raises its OSError."""

    # Windows refuses to replace a file that a virus scanner or an indexer holds open for a moment.
    patience_s: float = 2.0 if os.name == "nt" else 0.0

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """Open a file and return its descriptor."""
        return os.open(path, flags, mode)

    def read(self, fd: int, size: int) -> bytes:
        """Read at most `size` bytes."""
        return os.read(fd, size)

    def write(self, fd: int, data: memoryview) -> int:
        """Write some of `data`; returns how many bytes."""
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        """Force a file or folder to the medium (macOS: past the drive's cache)."""
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
        os.fsync(fd)

    def close(self, fd: int) -> None:
        """Close a descriptor."""
        os.close(fd)

    def fstat(self, fd: int) -> os.stat_result:
        """State of an open file."""
        return os.fstat(fd)

    def fchmod(self, fd: int, mode: int) -> None:
        """Set the mode of an open file, past the umask; Windows has none."""
        if os.name != "nt":
            os.fchmod(fd, mode)

    def stat(self, path: Path) -> os.stat_result:
        """State of a file, following links."""
        return path.stat()

    def lstat(self, path: Path) -> os.stat_result:
        """State of a file, or of the link itself."""
        return path.lstat()

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target`, in one step."""
        source.replace(target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name."""
        os.link(source, target)

    def unlink(self, path: Path) -> None:
        """Remove a name."""
        path.unlink()

    def mkdir(self, path: Path, mode: int = 0o700) -> None:
        """Make a folder and its parents unless it is there."""
        path.mkdir(mode=mode, parents=True, exist_ok=True)

    def listdir(self, path: Path) -> list[str]:
        """The names in a folder."""
        return [entry.name for entry in path.iterdir()]


def read_file(disk: Disk, path: Path, *, limit: int) -> tuple[bytes, os.stat_result]:
    """Content and state of a regular file; a file over `limit` bytes is cut after limit + 1."""
    fd = disk.open(path, READ | getattr(os, "O_NONBLOCK", 0))
    try:
        state = disk.fstat(fd)
        if not stat.S_ISREG(state.st_mode):
            raise IsADirectoryError(f"{path.name} is not a file")
        parts: list[bytes] = []
        left = limit + 1
        while left > 0 and (part := disk.read(fd, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts), state
    finally:
        disk.close(fd)


def write_new(disk: Disk, path: Path, data: bytes, *, mode: int) -> os.stat_result:
    """Write a file that must not exist yet, forced to the medium; leaves nothing behind on an error.

    After a failed fsync the pages may be gone although marked clean, so the
    file is given up rather than synced again.
    """
    fd = disk.open(path, CREATE, mode)
    try:
        try:
            disk.fchmod(fd, mode)
            _write_all(disk, fd, data)
            disk.fsync(fd)
            state = disk.fstat(fd)
        finally:
            disk.close(fd)
    except OSError:
        discard(disk, path)
        raise
    return state


def _write_all(disk: Disk, fd: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[disk.write(fd, left) :]


def replace(disk: Disk, source: Path, target: Path) -> None:
    """Replace, patient with Windows' sharing violations for up to `disk.patience_s`."""
    give_up = time.monotonic() + disk.patience_s
    pause = 0.01
    while True:
        try:
            disk.replace(source, target)
            return
        except PermissionError:
            if time.monotonic() + pause > give_up:
                raise
        time.sleep(pause)
        pause *= 2


def make_folder(disk: Disk, folder: Path) -> None:
    """Make a folder that is missing, for its owner only, so that it outlives a loss of power."""
    try:
        disk.stat(folder)
    except FileNotFoundError:
        disk.mkdir(folder)
        sync_folder(disk, folder.parent)


def sync_folder(disk: Disk, folder: Path) -> None:
    """Force the names in a folder to the medium; Windows has no such call."""
    if os.name == "nt":
        return
    fd = disk.open(folder, READ)
    try:
        disk.fsync(fd)
    finally:
        disk.close(fd)


def discard(disk: Disk, path: Path) -> None:
    """Remove a file of ours that nobody needs; what cannot be removed now is swept at the next start."""
    with suppress(OSError):
        disk.unlink(path)
