"""PNG: texts, times and EXIF go."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from cozygen.inputs.metadata.orientation import only_orientation, orientation_of
from cozygen.inputs.metadata.parts import BrokenFileError, Data, Part, inside, number

_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCv cLLi "
    b"sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)


def parts_to_keep(data: Data) -> Iterator[Part]:
    """Signature and the chunks that draw the picture."""
    yield 0, inside(data, 8)
    at = 8
    while True:
        end = inside(data, at + 12 + number(data, at, ">I"))
        name = bytes(data[at + 4 : at + 8])
        if name in _KEPT:
            _check(data, at, end)
            yield at, end
        elif name == b"eXIf":
            yield from _upright(bytes(data[at + 8 : end - 4]))
        elif not name[:1].islower():
            raise BrokenFileError("a part of it is unknown")
        if name == b"IEND":
            return
        at = end


def _check(data: Data, at: int, end: int) -> None:
    if zlib.crc32(data[at + 4 : end - 4]) != number(data, end - 4, ">I"):
        raise BrokenFileError("a check sum is wrong")


def _upright(tiff: bytes) -> Iterator[bytes]:
    value = orientation_of(tiff)
    if value != 1:
        body = b"eXIf" + only_orientation(value)
        yield struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
