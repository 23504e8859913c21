"""Which way is up: the one thing of EXIF that a picture needs."""

from __future__ import annotations

import struct
from typing import Final

_TAG: Final = 0x0112
_SHORT: Final = 3
_MOST_ENTRIES: Final = 512


def orientation_of(tiff: bytes) -> int:
    """1 to 8 from an EXIF block (without `Exif\\0\\0`); 1 where it says nothing sensible."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for index in range(min(count, _MOST_ENTRIES)):
            tag, kind, _count, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * index)
            if tag == _TAG and kind == _SHORT:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def only_orientation(value: int) -> bytes:
    """An EXIF block that says nothing else."""
    head = b"MM\0*" + struct.pack(">IH", 8, 1)
    return head + struct.pack(">HHIHH", _TAG, _SHORT, 1, value, 0) + struct.pack(">I", 0)
