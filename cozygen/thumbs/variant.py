"""Which thumbnails there are of one file: a few widths, two formats; of a clip also a preview that moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

WIDTHS: Final = (192, 256, 384, 512, 768, 1024)
DEFAULT_WIDTH: Final = 384


@dataclass(frozen=True, slots=True)
class Variant:
    """A width of `WIDTHS`, and whether WebP is wanted where JPEG would do; or the preview clip."""

    width: int = DEFAULT_WIDTH
    webp: bool = False
    is_clip: bool = False

    @property
    def word(self) -> str:
        """Short and unique, for file names and tags: `384`, `384w`."""
        if self.is_clip:
            return "clip"
        return f"{self.width}{'w' if self.webp else ''}"

    @property
    def format(self) -> Literal["auto", "webp"]:
        """The core's word for the file format."""
        return "webp" if self.webp else "auto"


# The preview of a clip, as wide as a phone.
CLIP: Final = Variant(480, is_clip=True)


def width_for(wanted: int) -> int:
    """The smallest width that is not below the wanted one; the largest for more."""
    return next((width for width in WIDTHS if width >= wanted), WIDTHS[-1])
