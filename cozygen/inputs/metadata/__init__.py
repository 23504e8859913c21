"""Metadata taken out of a file without touching a pixel: places, serial numbers, thumbnails, texts.

Every format has one function from the bytes of a whole file to the parts that
stay. What stays: pixels, colour profiles, animation, and which way is up. What
follows the picture's own end goes too. A file whose structure is broken raises
BrokenFileError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from cozygen.inputs.metadata import gif, jpeg, mp4, png, webm, webp
from cozygen.inputs.metadata.parts import BrokenFileError, Data, Part

__all__ = ["BrokenFileError", "Data", "Part", "parts_to_keep"]

_BY_SUFFIX: Final[dict[str, Callable[[Data], Iterable[Part]]]] = {
    ".png": png.parts_to_keep,
    ".jpg": jpeg.parts_to_keep,
    ".webp": webp.parts_to_keep,
    ".gif": gif.parts_to_keep,
    ".mp4": mp4.parts_to_keep,
    ".mov": mp4.parts_to_keep,
    ".webm": webm.parts_to_keep,
}


def parts_to_keep(data: Data, suffix: str) -> list[Part]:
    """The parts of a whole file that stay, in order. Raises BrokenFileError."""
    return list(_BY_SUFFIX[suffix](data))
