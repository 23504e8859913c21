"""Native core of CozyGen. Every function releases the GIL while it works."""

from os import PathLike
from typing import Literal, final

__all__ = [
    "CoreError",
    "DecodeError",
    "IndexCorruptError",
    "InternalError",
    "Thumbnail",
    "TooLargeError",
    "UnsupportedFormatError",
    "__version__",
    "lower_thread_priority",
    "probe_image",
    "qr_text",
    "thumbhash",
    "thumbnail",
    "thumbnail_from_pixels",
]

__version__: str

class CoreError(Exception):
    """Base of every error that the core names itself."""

class DecodeError(CoreError):
    """The file is broken, or not what it claims to be."""

class UnsupportedFormatError(CoreError):
    """No decoder for this kind of file."""

class TooLargeError(CoreError):
    """The file exceeds a limit; the message names the limit."""

class IndexCorruptError(CoreError):
    """A cache file cannot be used and must be rebuilt."""

class InternalError(CoreError):
    """A panic was caught at the border: a defect of the core."""

def qr_text(text: str) -> str:
    """Draw an address as a QR code of half-block characters, for a dark terminal.

    Raises TooLargeError above about 2,900 bytes.
    """

@final
class Thumbnail:
    """A finished thumbnail."""

    @property
    def data(self) -> bytes:
        """The encoded file."""
    @property
    def format(self) -> Literal["jpeg", "webp"]:
        """What `data` is."""
    @property
    def width(self) -> int:
        """Columns of the thumbnail."""
    @property
    def height(self) -> int:
        """Rows of the thumbnail."""
    @property
    def source_width(self) -> int:
        """Columns of the source, turned upright."""
    @property
    def source_height(self) -> int:
        """Rows of the source, turned upright."""
    @property
    def thumbhash(self) -> bytes:
        """About 25 bytes that draw a blurred preview."""

def thumbnail(
    path: str | PathLike[str],
    width: int,
    *,
    format: Literal["auto", "jpeg", "webp"] = "auto",
    fast: bool = False,
    max_pixels: int = 200_000_000,
    max_memory: int = 268_435_456,
) -> Thumbnail:
    """Make the thumbnail of a picture file, fitting a square of `width` pixels.

    `auto` is WebP where the source is transparent, else JPEG. `max_memory` is in
    bytes. Raises OSError, DecodeError, UnsupportedFormatError or TooLargeError.
    """

def thumbnail_from_pixels(
    pixels: bytes,
    width: int,
    height: int,
    channels: int,
    target_width: int,
    *,
    format: Literal["auto", "jpeg", "webp"] = "auto",
) -> Thumbnail:
    """Make a thumbnail of rows of gray (1), RGB (3) or RGBA (4) bytes in memory.

    Raises DecodeError when the length is not width times height times channels.
    """

def thumbhash(pixels: bytes, width: int, height: int, channels: int) -> bytes:
    """The thumbhash of pixels laid out as for `thumbnail_from_pixels`."""

def probe_image(path: str | PathLike[str]) -> tuple[str, int, int]:
    """Format, width and height (upright) from the header, without decoding.

    Raises OSError, DecodeError or UnsupportedFormatError.
    """

def lower_thread_priority() -> None:
    """Place the calling thread below the host's own."""
