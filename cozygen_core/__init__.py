"""The native core of CozyGen; the typed surface is `_cozygen_core.pyi`."""

from ._cozygen_core import (
    CoreError,
    DecodeError,
    IndexCorruptError,
    InternalError,
    Thumbnail,
    TooLargeError,
    UnsupportedFormatError,
    __version__,
    lower_thread_priority,
    probe_image,
    qr_text,
    thumbhash,
    thumbnail,
    thumbnail_from_pixels,
)

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
