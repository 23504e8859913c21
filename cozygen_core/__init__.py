"""The native core of CozyGen; the typed surface is `_cozygen_core.pyi`."""

from ._cozygen_core import (
    CoreError,
    DecodeError,
    IndexCorruptError,
    InternalError,
    TooLargeError,
    UnsupportedFormatError,
    __version__,
    qr_text,
)

__all__ = [
    "CoreError",
    "DecodeError",
    "IndexCorruptError",
    "InternalError",
    "TooLargeError",
    "UnsupportedFormatError",
    "__version__",
    "qr_text",
]
