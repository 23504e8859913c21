"""MP4 and QuickTime: user data and metadata boxes become free space, so that nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cozygen.inputs.metadata.parts import BrokenFileError, Data, Part, inside, number, zeros

_EMPTIED: Final = frozenset((b"udta", b"meta", b"uuid", b"skip"))
_LOOKED_INTO: Final = frozenset((b"moov", b"trak"))


def parts_to_keep(data: Data) -> Iterator[Part]:
    """Every box, the emptied ones as zeros."""
    if data.find(b"moov") < 0:
        raise BrokenFileError("there is no film in it")
    yield from _boxes(data, 0, len(data))


def _boxes(data: Data, at: int, stop: int) -> Iterator[Part]:
    while at < stop:
        head, size = _head(data, at, stop)
        end = inside(data, at + size)
        if size < head or end > stop:
            raise BrokenFileError("a box does not fit into its place")
        name = bytes(data[at + 4 : at + 8])
        if name in _EMPTIED:
            yield at, at + 4
            yield b"free"
            yield at + 8, at + head
            yield from zeros(end - at - head)
        elif name in _LOOKED_INTO:
            yield at, at + head
            yield from _boxes(data, at + head, end)
        else:
            yield at, end
        at = end


def _head(data: Data, at: int, stop: int) -> tuple[int, int]:
    """Bytes of a box's head, and of the whole box."""
    size = number(data, at, ">I")
    if size == 1:
        return 16, number(data, at + 8, ">Q")
    return 8, size or stop - at
