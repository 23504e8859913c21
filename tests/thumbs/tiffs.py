"""TIFFs as Pillow does not write them: in tiles, with a plane for each colour, of any samples."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Samples = NDArray[np.generic]
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_OFFSETS, _SAMPLES, _ROWS, _LENGTHS, _PLANAR = 273, 277, 278, 279, 284
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_LENGTHS, _EXTRA, _FORMAT = 322, 323, 324, 325, 338, 339
INKS = 5


def tiff(
    picture: Image.Image | Samples,
    *,
    rows: int = 16,
    tile: tuple[int, int] | None = None,
    planar: bool = False,
    photometric: int | None = None,
) -> bytes:
    """An uncompressed TIFF in strips of `rows` or in tiles; the samples are stored as they come."""
    array = np.asarray(picture)
    array = array[:, :, None] if array.ndim == 2 else array
    height, width, channels = array.shape
    if photometric is None:
        photometric = 2 if channels >= 3 else 1
    planes = [array[:, :, index : index + 1] for index in range(channels)] if planar else [array]
    chunks = [piece.tobytes() for plane in planes for piece in _cut(plane, rows, tile)]
    tags = {
        _WIDTH: [width],
        _HEIGHT: [height],
        _BITS: [array.itemsize * 8] * channels,
        _COMPRESSION: [1],
        _PHOTOMETRIC: [photometric],
        _SAMPLES: [channels],
        _PLANAR: [2 if planar else 1],
        _FORMAT: [3 if array.dtype.kind == "f" else 1] * channels,
    }
    if channels == 4 and photometric == 2:
        tags[_EXTRA] = [2]
    if tile is None:
        tags[_ROWS] = [rows]
    else:
        tags[_TILE_WIDTH], tags[_TILE_HEIGHT] = [tile[0]], [tile[1]]
    names = (_OFFSETS, _LENGTHS) if tile is None else (_TILE_OFFSETS, _TILE_LENGTHS)
    return _file(tags, chunks, *names)


def _cut(plane: Samples, rows: int, tile: tuple[int, int] | None) -> Iterator[Samples]:
    height, width = plane.shape[:2]
    if tile is None:
        yield from (plane[top : top + rows] for top in range(0, height, rows))
        return
    for top in range(0, height, tile[1]):
        for left in range(0, width, tile[0]):
            piece = plane[top : top + tile[1], left : left + tile[0]]
            beyond = ((0, tile[1] - piece.shape[0]), (0, tile[0] - piece.shape[1]), (0, 0))
            yield np.pad(piece, beyond)


def _file(tags: dict[int, list[int]], chunks: list[bytes], offsets: int, lengths: int) -> bytes:
    """Chunks first, then the values that do not fit into an entry, then the directory."""
    body, places = bytearray(b"II*\0\0\0\0\0"), []
    for chunk in chunks:
        places.append(len(body))
        body += chunk
    entries = []
    for tag, values in sorted({**tags, offsets: places, lengths: [len(c) for c in chunks]}.items()):
        packed = struct.pack(f"<{len(values)}I", *values)
        if len(packed) > 4:
            packed, place = struct.pack("<I", len(body)), packed
            body += place
        kind = 3 if tag == _EXTRA else 4
        entries.append(struct.pack("<HHI", tag, kind, len(values)) + packed)
    body[4:8] = struct.pack("<I", len(body))
    return bytes(body + struct.pack("<H", len(entries)) + b"".join(entries) + b"\0\0\0\0")
