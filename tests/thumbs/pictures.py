"""Pictures for the tests: drawn ones, and broken ones put together byte by byte."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def photo(width: int, height: int, channels: int = 3) -> Image.Image:
    """A smooth picture with some structure; the same for the same size."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    bands = [
        127 + 100 * np.sin(x / 37 + y / 91 + phase) + 20 * np.sin(x * y / 9000 + phase)
        for phase in (0.0, 1.0, 2.0, 3.0)[:channels]
    ]
    pixels: NDArray[np.uint8] = np.stack(bands, axis=-1).clip(0, 255).astype(np.uint8)
    return Image.fromarray(pixels[..., 0] if channels == 1 else pixels)


def quadrants(width: int = 80, height: int = 60) -> Image.Image:
    """Red, green / blue, white: shows which way up a picture is."""
    picture = Image.new("RGB", (width, height), "white")
    half = (width // 2, height // 2)
    picture.paste("red", (0, 0, half[0], half[1]))
    picture.paste("lime", (half[0], 0, width, half[1]))
    picture.paste("blue", (0, half[1], half[0], height))
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a file of that format."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, body: bytes, length: int | None = None, crc: int | None = None) -> bytes:
    """One PNG chunk; `length` and `crc` may lie."""
    true_crc = zlib.crc32(kind + body)
    head = struct.pack(">I", len(body) if length is None else length)
    return head + kind + body + struct.pack(">I", true_crc if crc is None else crc)


def ihdr(width: int, height: int, depth: int = 8, color: int = 2, interlace: int = 0) -> bytes:
    """The header chunk of a PNG."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace))


def png(*chunks: bytes) -> bytes:
    """A PNG of these chunks, with its end."""
    return PNG_MAGIC + b"".join(chunks) + chunk(b"IEND", b"")


def rows(width: int, height: int, channels: int = 3, value: int = 90) -> bytes:
    """Packed rows of one colour, without filters."""
    return zlib.compress((b"\0" + bytes([value]) * (width * channels)) * height)


def small_png(*extra: bytes, width: int = 16, height: int = 16) -> bytes:
    """A valid small PNG with further chunks before its pixels."""
    return png(ihdr(width, height), *extra, chunk(b"IDAT", rows(width, height)))
