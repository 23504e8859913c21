"""Native core of CozyGen. Every function releases the GIL while it works."""

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
