"""An upload on its way: a hidden file beside its place, which becomes visible whole or not at all."""

from __future__ import annotations

import mmap
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cozygen_core
from cozygen.errors import CozyGenError, PayloadTooLargeError, UnprocessableError
from cozygen.inputs.content import Content
from cozygen.inputs.metadata import BrokenFileError, parts_to_keep
from cozygen.inputs.names import new_name
from cozygen.storage import disk as disk_calls
from cozygen.storage.disk import Disk
from cozygen.storage.document_file import storage_error

PREFIX: Final = ".cozygen-upload-"
SUFFIX: Final = ".tmp"
STALE_AFTER_S: Final = 3600.0
_MODE: Final = 0o644
_PROBE_WIDTH: Final = 192


@dataclass(frozen=True)
class Stored:
    """A file in the input folder; `path` is what a workflow's picture field takes."""

    filename: str
    subfolder: str
    size: int
    kind: str
    width: int | None
    height: int | None

    @property
    def path(self) -> str:
        """Folder and name with slashes."""
        return f"{self.subfolder}/{self.filename}" if self.subfolder else self.filename


class Upload:
    """One file being received; every method blocks. Raises the named storage errors."""

    def __init__(self, folder: Path, *, limit: int, disk: Disk | None = None) -> None:
        self._folder = folder
        self._limit = limit
        self._disk = disk or Disk()
        self._temp = folder / f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}"
        self._fd: int | None = None
        self._kept = False
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append; the file is made with the first bytes. Raises PayloadTooLargeError."""
        self.size += len(data)
        if self.size > self._limit:
            raise too_large(self._limit)
        with _named_errors():
            if self._fd is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._fd = self._disk.open(self._temp, disk_calls.CREATE, _MODE)
            left = memoryview(data)
            while left:
                left = left[self._disk.write(self._fd, left) :]

    def strip(self, content: Content) -> None:
        """Take the metadata out. Raises UnprocessableError for a file that is not whole."""
        self._close()
        lean = self._temp.with_name(f"{PREFIX}{secrets.token_hex(8)}{SUFFIX}")
        try:
            with _named_errors():
                self._write_parts(lean, content)
                disk_calls.replace(self._disk, lean, self._temp)
        except BrokenFileError as error:
            raise broken(str(error)) from error
        finally:
            disk_calls.discard(self._disk, lean)
        self.size = self._temp.stat().st_size

    def _write_parts(self, lean: Path, content: Content) -> None:
        with self._temp.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            parts = parts_to_keep(data, content.suffix)
            fd = self._disk.open(lean, disk_calls.CREATE, _MODE)
            try:
                with memoryview(data) as view:
                    for part in parts:
                        with memoryview(part) if isinstance(part, bytes) else view[part[0] : part[1]] as left:
                            _write_all(self._disk, fd, left)
            finally:
                self._disk.close(fd)

    def check_picture(self, max_pixels: int) -> tuple[int, int]:
        """Decode it once; its width and height, turned upright. Raises UnprocessableError."""
        self._close()
        try:
            thumb = cozygen_core.thumbnail(self._temp, _PROBE_WIDTH, fast=True, max_pixels=max_pixels)
        except cozygen_core.TooLargeError as error:
            reason = str(error).removeprefix(f"{self._temp}: ").partition(" (limit: ")[0]
            text = f"The picture is too large: {reason} (limit COZYGEN_MAX_PIXELS)."
            details = {"setting": "COZYGEN_MAX_PIXELS"}
            raise UnprocessableError(text, code="too_large", details=details) from error
        except cozygen_core.CoreError as error:
            raise broken("it cannot be decoded") from error
        return thumb.source_width, thumb.source_height

    def keep(self, wanted: str, content: Content) -> str:
        """Let it appear under a name that nothing else has; returns the name."""
        self._close()
        with _named_errors():
            fd = self._disk.open(self._temp, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                self._disk.fsync(fd)
            finally:
                self._disk.close(fd)
            name = new_name(wanted, content.suffix)
            disk_calls.replace(self._disk, self._temp, self._folder / name)
            # From here on it is what `discard` would remove, until its name is safe on the medium.
            self._temp = self._folder / name
            disk_calls.sync_folder(self._disk, self._folder)
            self._kept = True
        return name

    def discard(self) -> None:
        """Remove what is left; nothing happens after `keep`."""
        if self._kept:
            return
        with suppress(CozyGenError):
            self._close()
        disk_calls.discard(self._disk, self._temp)

    def _close(self) -> None:
        if self._fd is not None:
            fd, self._fd = self._fd, None
            with _named_errors():
                self._disk.close(fd)


def _write_all(disk: Disk, fd: int, data: memoryview) -> None:
    at = 0
    while at < len(data):
        with data[at:] as rest:
            at += disk.write(fd, rest)


@contextmanager
def _named_errors() -> Iterator[None]:
    """OSErrors inside the block become the named storage errors."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, "The upload") from error


def too_large(limit: int) -> PayloadTooLargeError:
    """The error for a file over the limit, naming the setting."""
    text = f"The file is larger than {limit // 1_000_000} MB (limit COZYGEN_UPLOAD_MB)."
    return PayloadTooLargeError(text, details={"limit": limit, "setting": "COZYGEN_UPLOAD_MB"})


def broken(reason: str) -> UnprocessableError:
    """The error for a file that is not whole."""
    return UnprocessableError(f"The file is broken: {reason}.", code="undecodable")


def sweep(folder: Path, now: Callable[[], float] = time.time) -> int:
    """Remove what a crash left behind more than an hour ago; returns how many files."""
    swept = 0
    for path in folder.rglob(f"{PREFIX}*{SUFFIX}"):
        with suppress(OSError):
            state = path.lstat()
            if stat.S_ISREG(state.st_mode) and now() - state.st_mtime > STALE_AFTER_S:
                path.unlink()
                swept += 1
    return swept
