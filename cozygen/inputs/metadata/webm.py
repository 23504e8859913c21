"""WebM: tags, attachments and names become void space, so that nothing else moves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from cozygen.inputs.metadata.parts import BrokenFileError, Data, Part, inside, number, zeros

_SEGMENT: Final = 0x18538067
_INFO: Final = 0x1549A966
_EMPTIED: Final = frozenset((0x1254C367, 0x1941A469, 0x7BA9, 0x4461, 0x5741))
"""Tags, Attachments, Title, DateUTC, WritingApp."""


def parts_to_keep(data: Data) -> Iterator[Part]:
    """Every element, the emptied ones as void."""
    yield from _elements(data, 0, len(data))


def _elements(data: Data, at: int, stop: int) -> Iterator[Part]:
    while at < stop:
        name, after_name = _vint(data, at, keep_marker=True)
        size, after_size = _vint(data, after_name, keep_marker=False)
        unknown = size == (1 << 7 * (after_size - after_name)) - 1
        # A recording of unknown length runs to the end of what holds it.
        end = stop if unknown else inside(data, after_size + size)
        if end > stop:
            raise BrokenFileError("an element does not fit into its place")
        if name in (_SEGMENT, _INFO):
            yield at, after_size
            yield from _elements(data, after_size, end)
        elif name in _EMPTIED:
            yield from _void(end - at)
        else:
            yield at, end
        at = end


def _vint(data: Data, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    first = number(data, at, ">B")
    width = 9 - first.bit_length()
    if width > 8:
        raise BrokenFileError("a number of it is too long")
    value = int.from_bytes(data[at : inside(data, at + width)], "big")
    return (value if keep_marker else value & ((1 << 7 * width) - 1)), at + width


def _void(count: int) -> Iterator[bytes]:
    """A Void element of exactly `count` bytes, two at least."""
    if count >= 9:
        yield b"\xec\x01" + struct.pack(">Q", count - 9)[1:]
        yield from zeros(count - 9)
    else:
        yield b"\xec" + bytes([0x80 | (count - 2)]) + bytes(count - 2)
