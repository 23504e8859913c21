"""Interlaced PNGs, which Pillow reads and does not write."""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image

from .pictures import chunk, ihdr, png

PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
COLOR = {"L": 0, "I;16": 0, "RGB": 2, "P": 3, "RGBA": 6}


def interlaced(picture: Image.Image, mode: str) -> bytes:
    """The picture as an Adam7 PNG of that mode, without filters."""
    extra: list[bytes] = []
    if mode == "I;16":
        pixels = (np.asarray(picture.convert("L"), np.uint16) * 257).astype(">u2").view(np.uint8)
        pixels = pixels.reshape(picture.height, picture.width, 2)
    else:
        converted = picture.quantize(256) if mode == "P" else picture.convert(mode)
        pixels = np.asarray(converted, np.uint8).reshape(picture.height, picture.width, -1)
        if mode == "P":
            extra.append(chunk(b"PLTE", bytes(converted.getpalette() or b"")))
    packed = bytearray()
    for x, y, dx, dy in PASSES:
        for row in pixels[y::dy, x::dx]:
            if row.size:
                packed += b"\0" + row.tobytes()
    head = ihdr(picture.width, picture.height, 16 if mode == "I;16" else 8, COLOR[mode], interlace=1)
    return png(head, *extra, chunk(b"IDAT", zlib.compress(bytes(packed))))
