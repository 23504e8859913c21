"""What a decode holds at its highest, measured from outside: a process of its own, C libraries included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cozygen_core import TooLargeError, thumbnail

from .pictures import chunk, ihdr, photo, png, rows, saved

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
KINDS: dict[str, tuple[str, str, dict[str, object]]] = {
    "png": ("png", "RGB", {"compress_level": 1}),
    "png with alpha": ("png", "RGBA", {"compress_level": 1}),
    "gray png": ("png", "L", {"compress_level": 1}),
    "palette png": ("png", "P", {"compress_level": 1}),
    "jpeg": ("jpeg", "RGB", {"quality": 92}),
    "progressive jpeg": ("jpeg", "RGB", {"quality": 92, "progressive": True}),
    "webp": ("webp", "RGB", {"quality": 80, "method": 0}),
    "bmp": ("bmp", "RGB", {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_decode_holds_at_most_half_more_than_the_decoded_picture(tmp_path: Path, kind: str) -> None:
    name, mode, options = KINDS[kind]
    path = tmp_path / "large.bin"
    picture = photo(SIDE, SIDE).convert(mode)
    path.write_bytes(saved(picture, name, **options))
    channels = {"L": 1, "RGBA": 4}.get(mode, 3)
    assert highest(path) <= 1.5 * SIDE * SIDE * channels + FIXED


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


def test_a_tiff_is_unpacked_beside_its_pixels(tmp_path: Path) -> None:
    path = tmp_path / "large.tiff"
    path.write_bytes(saved(photo(SIDE, SIDE), "tiff"))
    assert highest(path) <= 2 * SIDE * SIDE * 3 + FIXED


@pytest.mark.parametrize("kind", ["bmp", "tiff", "gif", "webp"])
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
