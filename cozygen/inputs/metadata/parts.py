"""A file as parts: spans of the original, or bytes in their place."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from typing import Final, TypeAlias

Data: TypeAlias = "bytes | mmap.mmap"
Part: TypeAlias = "tuple[int, int] | bytes"
"""(start, end) of the original, or new bytes."""


_PIECE: Final = 1 << 16


class BrokenFileError(ValueError):
    """The file ends too early, or is not built as its format says."""


def number(data: Data, at: int, form: str) -> int:
    """One number of `struct` format `form`. Raises BrokenFileError past the end."""
    size = struct.calcsize(form)
    piece = data[at : at + size]
    if len(piece) < size:
        raise BrokenFileError("the file ends too early")
    return int(struct.unpack(form, piece)[0])


def inside(data: Data, end: int) -> int:
    """`end`, unless it lies past the end of the file."""
    if end > len(data):
        raise BrokenFileError("the file ends too early")
    return end


def zeros(count: int) -> Iterator[bytes]:
    """`count` zero bytes, in small pieces."""
    while count > 0:
        yield bytes(min(count, _PIECE))
        count -= _PIECE
