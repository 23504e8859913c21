"""Opens clips and sounds: judged by their first bytes, read through one open file.

PyAV never learns the name: there is no protocol, playlist or option that it
could carry (an `.mp4` that holds the text of an m3u8 is no clip).
Of the poster worker; nothing else imports it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer

_HEAD: Final = 16
# Of ISO media, the boxes that a file may begin with.
_BOXES: Final = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot")
# Still pictures in the same boxes: not for a decoder of clips.
_STILL: Final = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")
_OPEN_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)
_READ_BYTES: Final = 256 * 1024


class MediaError(Exception):
    """Not a clip or sound that can be read; `code` is one of `cozygen.thumbs.errors`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def demuxer_of(head: bytes) -> str | None:
    """The demuxer for a file that begins so; None for what is no clip or sound."""
    if head[4:8] in _BOXES:
        return None if head[4:8] == b"ftyp" and head[8:12] in _STILL else "mov"
    if head.startswith(b"RIFF"):
        return {b"AVI ": "avi", b"WAVE": "wav"}.get(head[8:12])
    known = {b"\x1a\x45\xdf\xa3": "matroska", b"OggS": "ogg", b"fLaC": "flac"}
    return known.get(head[:4]) or _mpeg_audio(head)


def _mpeg_audio(head: bytes) -> str | None:
    if head.startswith(b"ID3"):
        return "mp3"
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    layer = head[1] >> 1 & 3
    return "mp3" if layer else "aac"


def head_of(path: Path) -> bytes:
    """The first bytes of a regular file. Raises MediaError, OSError."""
    with _regular_file(path) as file:
        return os.read(file, _HEAD)


@contextmanager
def _regular_file(path: Path) -> Iterator[int]:
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise MediaError("unsupported_format", "This is no file.")
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The container of a file. Raises MediaError, OSError, and PyAV's errors."""
    with _regular_file(path) as descriptor, open(descriptor, "rb", buffering=0, closefd=False) as file:
        demuxer = demuxer_of(file.read(_HEAD))
        if demuxer is None:
            raise MediaError("unsupported_format", "There is no decoder for this kind of file.")
        file.seek(0)
        with av.open(
            file,
            format=demuxer,
            # Whatever a file refers to elsewhere is not opened.
            options={"protocol_whitelist": "none"},
            metadata_errors="replace",
            buffer_size=_READ_BYTES,
        ) as container:
            yield container
