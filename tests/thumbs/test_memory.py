"""What a decode holds at its highest, measured from outside: a process of its own, C libraries included."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cozygen_core import DecodeError, TooLargeError, thumbnail

from .adam7 import interlaced
from .pictures import chunk, ihdr, photo, png, rows, saved
from .tiffs import tiff

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="only Linux tells the highest memory of a process"
)

MIB = 1 << 20
#: Tables, stacks and what the allocator rounds up, whatever the picture.
FIXED = 6 * MIB

CHILD = """
import sys
from cozygen_core import CoreError, thumbnail
path, small, width = sys.argv[1:]
thumbnail(small, 64)
def status(name):
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024
with open("/proc/self/clear_refs", "w") as file:
    file.write("5")
before = status("VmRSS")
try:
    thumbnail(path, int(width))
except CoreError as error:
    print(type(error).__name__, file=sys.stderr)
print(status("VmHWM") - before)
"""


def highest(path: Path, width: int = 384) -> int:
    """Bytes a decode adds at its highest to a process that has decoded a small picture of the kind."""
    small = path.with_name("small.bin")
    small.write_bytes(saved(photo(40, 30), "png"))
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(small), str(width)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONMALLOC": "malloc"},
    )
    return int(done.stdout)


SIDE = 2400
SECOND = Image.new("RGB", (SIDE, SIDE), "red")


@functools.cache
def large() -> Image.Image:
    """Drawn once."""
    return photo(SIDE, SIDE)


def deep(picture: Image.Image) -> Image.Image:
    """Sixteen bits of gray."""
    return Image.fromarray(np.asarray(picture.convert("L"), np.uint16) * 257)


def wide(picture: Image.Image) -> np.ndarray[Any, np.dtype[np.uint16]]:
    """Sixteen bits of each colour."""
    return np.asarray(picture, np.uint16) * 257


#: What makes the file, and the bytes of a pixel as its format unpacks it.
KINDS: dict[str, tuple[Callable[[Image.Image], bytes], int]] = {
    "png": (lambda it: saved(it, "png", compress_level=1), 3),
    "png with alpha": (lambda it: saved(it.convert("RGBA"), "png", compress_level=1), 4),
    "gray png": (lambda it: saved(it.convert("L"), "png", compress_level=1), 1),
    "palette png": (lambda it: saved(it.convert("P"), "png", compress_level=1), 3),
    "png of sixteen bits": (lambda it: saved(deep(it), "png", compress_level=1), 2),
    "interlaced png": (lambda it: interlaced(it, "RGB"), 3),
    "animated png": (lambda it: saved(it, "png", compress_level=1, save_all=True, append_images=[SECOND]), 3),
    "jpeg": (lambda it: saved(it, "jpeg", quality=92), 3),
    "gray jpeg": (lambda it: saved(it.convert("L"), "jpeg", quality=92), 1),
    "jpeg of inks": (lambda it: saved(it.convert("CMYK"), "jpeg", quality=92), 4),
    "progressive jpeg": (lambda it: saved(it, "jpeg", quality=92, progressive=True), 3),
    "webp": (lambda it: saved(it, "webp", quality=80, method=0), 3),
    "webp with alpha": (lambda it: saved(glass(it), "webp", quality=80, method=0), 4),
    "lossless webp": (lambda it: saved(it, "webp", lossless=True, quality=0, method=0), 4),
    "lossless webp with alpha": (lambda it: saved(glass(it), "webp", lossless=True, quality=0, method=0), 4),
    "animated webp": (lambda it: saved(it, "webp", method=0, save_all=True, append_images=[SECOND]), 3),
    "gif": (lambda it: saved(it.convert("P"), "gif"), 3),
    "animated gif": (lambda it: saved(it.convert("P"), "gif", save_all=True, append_images=[SECOND]), 3),
    "bmp": (lambda it: saved(it, "bmp"), 3),
    "bmp with alpha": (lambda it: saved(it.convert("RGBA"), "bmp"), 4),
    "tiff": (lambda it: saved(it, "tiff"), 3),
    "packed tiff": (lambda it: saved(it, "tiff", compression="tiff_lzw"), 3),
    "tiff in one strip": (lambda it: tiff(it, rows=SIDE), 3),
    "tiff in tiles": (lambda it: tiff(it, tile=(512, 512)), 3),
    "tiff with a plane for each colour": (lambda it: tiff(it, rows=SIDE, planar=True), 3),
    "tiff of sixteen bits": (lambda it: tiff(wide(it)), 6),
    "tiff of inks": (lambda it: saved(it.convert("CMYK"), "tiff"), 4),
}


def glass(picture: Image.Image) -> Image.Image:
    """Half transparent at one side."""
    picture = picture.convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


@pytest.mark.parametrize("width", [1024, pytest.param(384, marks=pytest.mark.long)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_decode_holds_at_most_half_more_than_the_decoded_picture(
    tmp_path: Path, kind: str, width: int
) -> None:
    make, bytes_a_pixel = KINDS[kind]
    path = tmp_path / "large.bin"
    path.write_bytes(make(large()))
    assert thumbnail(path, width).width == width
    assert highest(path, width) <= 1.5 * SIDE * SIDE * bytes_a_pixel + FIXED


def test_a_png_that_cannot_be_packed_is_not_held_beside_its_pixels(tmp_path: Path) -> None:
    path = tmp_path / "noise.png"
    noise = np.random.default_rng(1).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    path.write_bytes(saved(Image.fromarray(noise), "png", compress_level=1))
    assert path.stat().st_size > SIDE * SIDE * 3
    assert highest(path) <= 1.5 * SIDE * SIDE * 3 + FIXED


def test_i_18_a_picture_of_400_mib_is_reduced_within_256(tmp_path: Path) -> None:
    path = tmp_path / "vast.png"
    path.write_bytes(png(ihdr(12_000, 12_000), chunk(b"IDAT", rows(12_000, 12_000))))
    assert 0 < highest(path) <= 256 * MIB
    assert highest(path, 4096) <= 256 * MIB


@pytest.mark.parametrize("rows", [9000, pytest.param(64, marks=pytest.mark.long)])
def test_a_tiff_of_240_mib_is_reduced_within_256(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "vast.tiff"
    path.write_bytes(tiff(np.zeros((9000, 9000, 3), np.uint8), rows=rows))
    assert thumbnail(path, 384).source_width == 9000
    assert highest(path, 1024) <= 256 * MIB


def test_a_strip_that_is_a_vast_jpeg_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lies.tiff"
    whole = saved(photo(64, 64), "tiff", compression="jpeg")
    start = whole.index(b"\xff\xc0")
    path.write_bytes(whole[: start + 5] + b"\x3f\xff\x3f\xff" + whole[start + 9 :])
    with pytest.raises(DecodeError, match="larger than it says"):
        thumbnail(path, 64)
    assert highest(path) <= FIXED


@pytest.mark.parametrize("kind", ["bmp", "gif", "webp"])
def test_above_the_budget_other_formats_are_refused_and_the_setting_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(saved(photo(900, 700), kind))
    with pytest.raises(TooLargeError, match="max_memory"):
        thumbnail(path, 192, max_memory=900_000)


def test_i_20_a_vast_jpeg_is_shrunk_while_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "vast.jpg"
    path.write_bytes(saved(Image.new("L", (10_000, 10_000), 90), "jpeg", quality=50))
    thumb = thumbnail(path, 384)
    assert (thumb.width, thumb.source_width) == (384, 10_000)
    assert highest(path) <= 64 * MIB
