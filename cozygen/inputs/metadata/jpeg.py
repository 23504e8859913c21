"""JPEG: EXIF, XMP, IPTC, comments and makers' blocks go; JFIF, Adobe's flag and the colour profile stay."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from cozygen.inputs.metadata.orientation import only_orientation, orientation_of
from cozygen.inputs.metadata.parts import BrokenFileError, Data, Part, inside, number

_EOI: Final = 0xD9
_SOS: Final = 0xDA
_COMMENT: Final = 0xFE
_APPS: Final = range(0xE0, 0xF0)
# The next marker in compressed data: no stuffed zero, no restart, no fill byte.
_MARKER: Final = re.compile(rb"\xff(?=[^\x00\xff\xd0-\xd7])")


def parts_to_keep(data: Data) -> Iterator[Part]:
    """The segments that draw the picture, up to its end."""
    yield 0, 2
    at = 2
    while True:
        at = _marker(data, at)
        kind = data[at + 1]
        if kind == _EOI:
            yield at, at + 2
            return
        end = inside(data, at + 2 + number(data, at + 2, ">H"))
        if kind == _SOS:
            end = _end_of_scan(data, end)
        if _stays(kind, data, at):
            yield at, end
        elif kind == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            yield from _upright(bytes(data[at + 10 : end]))
        at = end


def _marker(data: Data, at: int) -> int:
    """Where the next marker begins; fill bytes before it are skipped."""
    if number(data, at, ">B") != 0xFF:
        raise BrokenFileError("a segment does not begin where it should")
    while number(data, at + 1, ">B") == 0xFF:
        at += 1
    return at


def _end_of_scan(data: Data, at: int) -> int:
    found = _MARKER.search(data, at)
    if found is None:
        raise BrokenFileError("the file ends too early")
    return found.start()


def _stays(kind: int, data: Data, at: int) -> bool:
    if kind == _COMMENT:
        return False
    if kind not in _APPS:
        return True
    return kind in (0xE0, 0xEE) or (kind == 0xE2 and data[at + 4 : at + 15] == b"ICC_PROFILE")


def _upright(tiff: bytes) -> Iterator[bytes]:
    value = orientation_of(tiff)
    if value != 1:
        body = b"Exif\0\0" + only_orientation(value)
        yield b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
