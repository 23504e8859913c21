"""What making a thumbnail gives."""

from __future__ import annotations

from dataclasses import dataclass

import cozygen_core


@dataclass(frozen=True, slots=True)
class Made:
    """A thumbnail's file, and what was learned of its source; 0 and b"" where unknown."""

    data: bytes
    thumbhash: bytes
    source_width: int
    source_height: int
    duration: float = 0.0
    fps: float = 0.0


def made_of(thumb: cozygen_core.Thumbnail) -> Made:
    """The same without the core."""
    return Made(thumb.data, thumb.thumbhash, thumb.source_width, thumb.source_height)
