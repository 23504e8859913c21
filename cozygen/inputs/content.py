"""What an upload is, told from its first bytes: its name proves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from cozygen.errors import UnsupportedMediaTypeError

HEAD_BYTES: Final = 64
_HEIC: Final = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_AVIF: Final = frozenset((b"avif", b"avis"))

HEIC_SENTENCE: Final = (
    "This is a HEIC photo, which ComfyUI cannot read. On the iPhone choose Settings → Camera → Formats → "
    "Most Compatible for new photos, or share this one as JPEG."
)


class HeicError(UnsupportedMediaTypeError):
    """A photo in Apple's format; the message says what to do about it."""

    code = "heic"


@dataclass(frozen=True)
class Content:
    """The ending that fits a file, and whether it is a picture or a clip."""

    suffix: str
    kind: Literal["image", "video"]


PNG: Final = Content(".png", "image")
JPEG: Final = Content(".jpg", "image")
WEBP: Final = Content(".webp", "image")
GIF: Final = Content(".gif", "image")
MP4: Final = Content(".mp4", "video")
MOV: Final = Content(".mov", "video")
WEBM: Final = Content(".webm", "video")


def content_of(head: bytes) -> Content:
    """The content behind the first `HEAD_BYTES` bytes. Raises HeicError, UnsupportedMediaTypeError."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head:
        return WEBM
    raise _refusal()


def _of_brand(brand: bytes) -> Content:
    if brand in _HEIC:
        raise HeicError(HEIC_SENTENCE)
    if brand in _AVIF:
        raise UnsupportedMediaTypeError("This is an AVIF picture; save it as PNG, JPEG or WebP first.")
    return MOV if brand == b"qt  " else MP4


def _refusal() -> UnsupportedMediaTypeError:
    return UnsupportedMediaTypeError("This is no PNG, JPEG, WebP, GIF, MP4 or WebM file.")
