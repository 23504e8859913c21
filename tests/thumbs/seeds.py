"""Valid files of every kind the decoders read: what mutations start from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from .adam7 import interlaced
from .pictures import photo, quadrants, saved
from .tiffs import tiff

SIZE = (33, 21)


def seeds() -> list[bytes]:
    """Files small enough that a thousand of them decode in a second; PngSuite's too where it is found."""
    return [*_pngs(), *_others(), *_suite()]


def _pngs() -> Iterator[bytes]:
    source = photo(*SIZE)
    for mode in ("RGB", "RGBA", "L", "LA", "P", "1"):
        yield saved(source.convert(mode), "png")
    for mode in ("RGB", "RGBA", "L", "P", "I;16"):
        yield interlaced(source, mode)
    yield saved(_deep(source), "png")
    yield saved(quadrants(*SIZE), "png", transparency=(255, 255, 255))
    yield saved(source, "png", save_all=True, append_images=[source, source])
    for bits in (1, 2, 4):
        yield saved(source.convert("P"), "png", bits=bits)


def _others() -> Iterator[bytes]:
    source, frames = photo(*SIZE), {"save_all": True, "append_images": [quadrants(*SIZE)]}
    exif = Image.Exif()
    exif[0x0112] = 6
    yield saved(source, "jpeg", quality=90, exif=exif.tobytes())
    yield saved(source, "jpeg", quality=90, progressive=True)
    yield saved(source, "jpeg", quality=90, restart_marker_rows=1)
    yield saved(source.convert("L"), "jpeg")
    yield saved(source.convert("CMYK"), "jpeg")
    for options in ({}, {"lossless": True}, {"exif": exif.tobytes()}, frames):
        yield saved(source, "webp", **options)
    yield saved(source.convert("RGBA"), "webp", lossless=True)
    yield saved(source, "gif", **frames)
    yield saved(source, "bmp")
    yield saved(source.convert("P"), "bmp")
    yield saved(source, "webp", lossless=True, **frames)
    yield saved(source.convert("RGBA"), "webp", **frames)
    for compression in (None, "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        yield saved(source, "tiff", compression=compression)
    for mode in ("1", "L", "RGBA", "CMYK", "I;16"):
        yield saved(source.convert(mode) if mode != "I;16" else _deep(source), "tiff")
    for tile, planar in (((16, 16), False), ((16, 16), True), (None, True)):
        yield tiff(source, rows=5, tile=tile, planar=planar)


def _deep(source: Image.Image) -> Image.Image:
    return Image.fromarray(np.asarray(source.convert("L"), np.uint16) * 257)


def _suite() -> Iterator[bytes]:
    """PngSuite: the folder `COZYGEN_PNGSUITE` names, or the copy in Go's own tests."""
    folder = os.environ.get("COZYGEN_PNGSUITE", "/usr/local/go/src/image/png/testdata/pngsuite")
    for path in sorted(Path(folder).glob("*.png")):
        yield path.read_bytes()
