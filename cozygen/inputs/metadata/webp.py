"""WebP: EXIF, XMP and unknown chunks go."""

from __future__ import annotations

import struct
from typing import Final

from cozygen.inputs.metadata.orientation import only_orientation, orientation_of
from cozygen.inputs.metadata.parts import BrokenFileError, Data, Part, inside, number

_KEPT: Final = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_FLAG: Final = 0x08
_XMP_FLAG: Final = 0x04


def parts_to_keep(data: Data) -> list[Part]:
    """Chunks that draw the picture, with the sizes and flags that then hold."""
    stop = inside(data, 8 + number(data, 4, "<I"))
    parts: list[Part] = []
    exif = b""
    at = 12
    while at + 8 <= stop:
        size = number(data, at + 4, "<I")
        end = inside(data, at + 8 + size)
        name = bytes(data[at : at + 4])
        if name == b"EXIF":
            exif = _upright(bytes(data[at + 8 : end]))
        elif name in _KEPT:
            # The last chunk of a sloppy writer lacks its padding byte.
            padded = end + (size & 1)
            parts += [(at, end)] if padded <= len(data) else [(at, end), b"\0"]
            if padded <= len(data):
                parts[-1] = (at, padded)
        at = end + (size & 1)
    if not parts:
        raise BrokenFileError("there is no picture in it")
    return _whole(data, parts, exif)


def _upright(block: bytes) -> bytes:
    value = orientation_of(block.removeprefix(b"Exif\0\0"))
    if value == 1:
        return b""
    body = only_orientation(value)
    return b"EXIF" + struct.pack("<I", len(body)) + body


def _whole(data: Data, parts: list[Part], exif: bytes) -> list[Part]:
    first = parts[0]
    if isinstance(first, tuple) and data[first[0] : first[0] + 4] == b"VP8X":
        head = bytearray(data[first[0] : first[1]])
        head[8] = head[8] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if exif else 0)
        parts[0] = bytes(head)
        parts += [exif] if exif else []
    size = sum(len(part) if isinstance(part, bytes) else part[1] - part[0] for part in parts)
    return [b"RIFF" + struct.pack("<I", size + 4) + b"WEBP", *parts]
