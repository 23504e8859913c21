"""GIF: comments, texts and applications' blocks go, except the one that says how often to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cozygen.inputs.metadata.parts import BrokenFileError, Data, Part, inside, number

_TRAILER: Final = 0x3B
_PICTURE: Final = 0x2C
_EXTENSION: Final = 0x21
_GRAPHIC_CONTROL: Final = 0xF9
_APPLICATION: Final = 0xFF


def parts_to_keep(data: Data) -> Iterator[Part]:
    """Header, pictures with their controls, trailer."""
    at = inside(data, 13 + _table_bytes(number(data, 10, ">B")))
    yield 0, at
    while True:
        kind = number(data, at, ">B")
        if kind == _TRAILER:
            yield at, at + 1
            return
        if kind == _PICTURE:
            end = _end_of_blocks(data, at + 11 + _table_bytes(number(data, at + 9, ">B")))
            yield at, end
        elif kind == _EXTENSION:
            end = _end_of_blocks(data, at + 2)
            if _stays(data, at):
                yield at, end
        else:
            raise BrokenFileError("a block of it is unknown")
        at = end


def _table_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: Data, at: int) -> int:
    while size := number(data, at, ">B"):
        at = inside(data, at + 1 + size)
    return at + 1


def _stays(data: Data, at: int) -> bool:
    label = number(data, at + 1, ">B")
    if label == _APPLICATION:
        return data[at + 3 : at + 14] in (b"NETSCAPE2.0", b"ANIMEXTS1.0")
    return label == _GRAPHIC_CONTROL
