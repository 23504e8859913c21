"""Every format the core reads comes out as the picture a person expects."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from cozygen_core import (
    DecodeError,
    Thumbnail,
    UnsupportedFormatError,
    probe_image,
    thumbhash,
    thumbnail,
    thumbnail_from_pixels,
    thumbnail_pixels,
)

from .adam7 import interlaced
from .pictures import chunk, ihdr, photo, png, quadrants, saved
from .tiffs import INKS, tiff


def shown(thumb: Thumbnail) -> Image.Image:
    """What a browser makes of the thumbnail."""
    picture = Image.open(io.BytesIO(thumb.data))
    picture.load()
    assert picture.format == thumb.format.upper()
    assert picture.size == (thumb.width, thumb.height)
    return picture


def difference(ours: Image.Image, reference: Image.Image) -> float:
    """Mean difference of the pixels, 0 to 255."""
    left: NDArray[np.int16] = np.asarray(ours.convert("RGB"), np.int16)
    right: NDArray[np.int16] = np.asarray(reference.convert("RGB"), np.int16)
    assert left.shape == right.shape
    return float(np.abs(left - right).mean())


def pixel(picture: Image.Image, at: tuple[int, int]) -> NDArray[np.int16]:
    """The colour at a place."""
    one = picture.convert("RGB").crop((*at, at[0] + 1, at[1] + 1))
    return np.asarray(one, np.int16).reshape(3)


def close(color: NDArray[np.int16], expected: tuple[int, int, int], within: int) -> bool:
    """Whether every band is near the expected one."""
    return bool(np.abs(color - np.array(expected, np.int16)).max() <= within)


SOURCES: list[tuple[str, str, dict[str, object]]] = [
    ("png", "RGB", {}),
    ("png", "RGBA", {}),
    ("png", "L", {}),
    ("png", "LA", {}),
    ("png", "P", {}),
    ("png", "1", {}),
    ("png", "I;16", {}),
    ("jpeg", "RGB", {"quality": 95}),
    ("jpeg", "RGB", {"quality": 95, "progressive": True}),
    ("jpeg", "L", {"quality": 95}),
    ("jpeg", "CMYK", {"quality": 95}),
    ("webp", "RGB", {"quality": 95}),
    ("webp", "RGB", {"lossless": True}),
    ("webp", "RGBA", {"lossless": True}),
    ("gif", "RGB", {}),
    ("bmp", "RGB", {}),
    ("tiff", "RGB", {}),
    ("tiff", "RGB", {"compression": "tiff_lzw"}),
]


@pytest.mark.parametrize(("kind", "mode", "options"), SOURCES)
def test_every_format_and_mode_looks_like_the_source(
    tmp_path: Path, kind: str, mode: str, options: dict[str, object]
) -> None:
    source = photo(640, 400)
    if mode == "I;16":
        gray = np.asarray(source.convert("L"), np.uint16) * 257
        stored = Image.fromarray(gray)
        source = source.convert("L")
    else:
        stored = source.convert(mode)
    path = tmp_path / "picture.bin"
    path.write_bytes(saved(stored, kind, **options))
    thumb = thumbnail(path, 320)
    assert (thumb.source_width, thumb.source_height, thumb.format) == (640, 400, "jpeg")
    expected = stored.convert("RGB") if mode not in ("I;16",) else source
    # Dither is noise, and JPEG keeps little of it.
    allowed = 8 if mode in ("1", "P") or kind == "gif" else 4
    assert difference(shown(thumb), expected.resize((320, 200), Image.Resampling.LANCZOS)) < allowed
    assert probe_image(path) == (kind, 640, 400)


def _wide(picture: Image.Image) -> NDArray[np.generic]:
    return np.asarray(picture, np.uint16) * 257


def _float(picture: Image.Image) -> NDArray[np.generic]:
    return np.asarray(picture, np.float32) / 255


TIFFS: dict[str, Callable[[Image.Image], bytes]] = {
    "strips": lambda it: tiff(it, rows=7),
    "one strip": lambda it: tiff(it, rows=400),
    "tiles that do not fit": lambda it: tiff(it, tile=(48, 32)),
    "a tile larger than the picture": lambda it: tiff(it, tile=(1024, 512)),
    "planes in strips": lambda it: tiff(it, rows=7, planar=True),
    "planes in tiles": lambda it: tiff(it, tile=(48, 32), planar=True),
    "gray": lambda it: saved(it.convert("L"), "tiff"),
    "gray in tiles": lambda it: tiff(it.convert("L"), tile=(48, 32)),
    "white is zero": lambda it: tiff(255 - np.asarray(it.convert("L")), photometric=0),
    "alpha": lambda it: tiff(it.convert("RGBA"), tile=(64, 64)),
    "sixteen bits": lambda it: tiff(_wide(it), rows=7),
    "sixteen bits in planes": lambda it: tiff(_wide(it), tile=(48, 32), planar=True),
    "sixteen bits of gray": lambda it: tiff(_wide(it.convert("L"))),
    "floats": lambda it: tiff(_float(it), rows=7),
    "inks": lambda it: tiff(it.convert("CMYK"), photometric=INKS),
    "sixteen bits of inks": lambda it: tiff(_wide(it.convert("CMYK")), photometric=INKS),
    "packed with LZW": lambda it: saved(it, "tiff", compression="tiff_lzw"),
    "packed with deflate": lambda it: saved(it, "tiff", compression="tiff_adobe_deflate"),
    "packed by runs": lambda it: saved(it, "tiff", compression="packbits"),
}


@pytest.mark.parametrize("width", [640, 160])
@pytest.mark.parametrize("kind", TIFFS)
def test_i_62_tiffs_however_they_are_laid_out(tmp_path: Path, kind: str, width: int) -> None:
    source = photo(640, 400)
    path = tmp_path / "picture.tiff"
    path.write_bytes(TIFFS[kind](source))
    expected = source.convert("L") if "gray" in kind or "zero" in kind else source
    small = expected.resize((width, width * 400 // 640), Image.Resampling.LANCZOS)
    assert difference(shown(thumbnail(path, width)), small) < 4


def test_i_62_black_and_white_tiffs(tmp_path: Path) -> None:
    source = photo(83, 50).convert("1")
    path = tmp_path / "fax.tiff"
    for compression in (None, "group4"):
        path.write_bytes(saved(source, "tiff", compression=compression))
        assert difference(shown(thumbnail(path, 96)), source) < 8


def test_an_animation_whose_first_frame_is_small_shows_it_in_its_place(tmp_path: Path) -> None:
    canvas, patch = Image.new("RGBA", (80, 60)), Image.new("RGBA", (20, 10), (255, 0, 0, 255))
    path = tmp_path / "moving.gif"
    gif = bytearray(saved(patch.convert("P"), "gif"))
    gif[6:10] = struct.pack("<HH", 80, 60)
    at = gif.index(b"\x2c" + struct.pack("<HHHH", 0, 0, 20, 10))
    gif[at + 1 : at + 5] = struct.pack("<HH", 30, 40)
    path.write_bytes(gif)
    canvas.paste(patch, (30, 40))
    assert _alpha_and_red(path) == (canvas.getchannel("A").getbbox(), 255)
    for lossless in (True, False):
        second = Image.new("RGBA", patch.size, "blue")
        whole = bytearray(saved(patch, "webp", lossless=lossless, save_all=True, append_images=[second]))
        vp8x, frame = whole.index(b"VP8X") + 12, whole.index(b"ANMF") + 8
        whole[vp8x : vp8x + 6] = struct.pack("<I", 79)[:3] + struct.pack("<I", 59)[:3]
        whole[frame : frame + 6] = struct.pack("<I", 15)[:3] + struct.pack("<I", 20)[:3]
        path.write_bytes(whole)
        assert _alpha_and_red(path) == (canvas.getchannel("A").getbbox(), 255)
        whole[frame : frame + 3] = struct.pack("<I", 35)[:3]
        path.write_bytes(whole)
        with pytest.raises(DecodeError, match="outside"):
            thumbnail(path, 80)


def _alpha_and_red(path: Path) -> tuple[tuple[int, int, int, int] | None, int]:
    """Where the thumbnail is not transparent, and how red it is in the middle of that."""
    pixels = Image.frombytes("RGBA", (80, 60), thumbnail_pixels(path, 80))
    box = pixels.getchannel("A").getbbox()
    return box, int(np.asarray(pixels)[45, 40, 0] > 240) * 255


@pytest.mark.parametrize("alpha", [False, True])
def test_a_vast_lossless_webp_looks_like_the_source(tmp_path: Path, alpha: bool) -> None:
    source = photo(2100, 2050)
    if alpha:
        source.putalpha(Image.linear_gradient("L").resize(source.size))
    path = tmp_path / "vast.webp"
    path.write_bytes(saved(source, "webp", lossless=True, quality=0, method=0))
    pixels = Image.frombytes(source.mode, (2100, 2050), thumbnail_pixels(path, 4096))
    if alpha:
        pixels, source = pixels.getchannel("A"), source.getchannel("A")
    assert np.array_equal(np.asarray(pixels), np.asarray(source))


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_vast_progressive_jpeg_keeps_its_quality(tmp_path: Path, mode: str) -> None:
    source = photo(2700, 2500).convert(mode)
    path = tmp_path / "vast.jpg"
    path.write_bytes(saved(source, "jpeg", quality=95, progressive=True))
    expected = source.convert("RGB").resize((1024, 948), Image.Resampling.LANCZOS)
    assert difference(shown(thumbnail(path, 1024)), expected) < 4


@pytest.mark.parametrize("bits", [1, 2, 4])
def test_i_53_gray_of_few_bits(tmp_path: Path, bits: int) -> None:
    steps = np.asarray(photo(64, 48).convert("L"), np.uint16) >> (8 - bits)
    packed = [
        b"\0" + np.packbits(np.unpackbits(row.astype(np.uint8)[:, None], axis=1)[:, -bits:]).tobytes()
        for row in steps
    ]
    path = tmp_path / "few.png"
    path.write_bytes(png(ihdr(64, 48, bits, 0), chunk(b"IDAT", zlib.compress(b"".join(packed)))))
    expected = Image.fromarray((steps * 255 // (2**bits - 1)).astype(np.uint8))
    with Image.open(path) as theirs:
        assert difference(theirs.convert("L"), expected) < 1, "the file is what it is meant to be"
    assert difference(shown(thumbnail(path, 64)), expected) < 8


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_i_52_sixteen_bits_become_the_nearest_eight(tmp_path: Path, mode: str) -> None:
    deep = np.asarray(photo(64, 48).convert(mode), np.uint16).reshape(48, -1) * 257
    packed = b"".join(b"\0" + row.astype(">u2").tobytes() for row in deep)
    color = {"L": 0, "RGB": 2, "RGBA": 6}[mode]
    path = tmp_path / "deep.png"
    path.write_bytes(png(ihdr(64, 48, 16, color), chunk(b"IDAT", zlib.compress(packed))))
    channels = len(mode) if mode != "RGBA" else 3
    ours = np.frombuffer(thumbnail_pixels(path, 64), np.uint8).reshape(48, 64, channels)
    theirs = np.asarray(photo(64, 48).convert("L" if mode == "L" else "RGB")).reshape(ours.shape)
    assert int(np.abs(ours.astype(int) - theirs.astype(int)).max()) <= 1


def test_i_54_a_palette_with_transparent_entries(tmp_path: Path) -> None:
    path = tmp_path / "keyed.png"
    path.write_bytes(saved(quadrants().convert("P"), "png", transparency=bytes(256)))
    kept = thumbnail(path, 80)
    assert kept.format == "webp"
    assert shown(kept).convert("RGBA").getchannel("A").getextrema() == (0, 0)


def test_i_43_inks_behind_the_ycck_transform(tmp_path: Path) -> None:
    path = tmp_path / "ink.jpg"
    path.write_bytes(saved(photo(200, 120).convert("CMYK"), "jpeg", quality=95))
    with Image.open(path) as theirs:
        expected = theirs.convert("RGB").resize((100, 60), Image.Resampling.LANCZOS)
    assert difference(shown(thumbnail(path, 100)), expected) < 6


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "I;16"])
def test_i_56_interlaced_png_of_every_kind(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "interlaced.png"
    path.write_bytes(interlaced(photo(64, 48), mode))
    shades = "L" if mode in ("L", "I;16") else "RGB"
    expected = photo(64, 48).convert(shades)
    assert difference(shown(thumbnail(path, 64)), expected) < 6


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpeg", "webp", "png", "tiff"])
def test_i_48_every_orientation_is_turned_upright(tmp_path: Path, orientation: int, kind: str) -> None:
    upright = quadrants()
    exif = Image.Exif()
    exif[0x0112] = orientation
    transpose = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(transpose[orientation]) if orientation > 1 else upright
    path = tmp_path / f"turned.{kind}"
    if kind == "tiff":
        path.write_bytes(saved(stored, kind, tiffinfo={0x0112: orientation}))
    else:
        path.write_bytes(saved(stored, kind, exif=exif.tobytes()))
    thumb = thumbnail(path, 80)
    assert (thumb.width, thumb.height, thumb.source_width, thumb.source_height) == (80, 60, 80, 60)
    corners = {(5, 5): (255, 0, 0), (75, 5): (0, 255, 0), (5, 55): (0, 0, 255), (75, 55): (255, 255, 255)}
    for corner, color in corners.items():
        assert close(pixel(shown(thumb), corner), color, within=40), (corner, color)
    assert probe_image(path)[1:] == (80, 60)


def test_i_42_cmyk_with_and_without_adobe_marker_shows_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "ink.jpg"
    path.write_bytes(saved(Image.new("CMYK", (64, 64), (0, 255, 255, 0)), "jpeg", quality=95))
    assert close(pixel(shown(thumbnail(path, 64)), (32, 32)), (255, 0, 0), within=20)


def test_i_55_a_transparent_colour_stays_transparent(tmp_path: Path) -> None:
    path = tmp_path / "keyed.png"
    path.write_bytes(saved(quadrants(), "png", transparency=(255, 255, 255)))
    thumb = thumbnail(path, 80)
    assert thumb.format == "webp"
    alpha = shown(thumb).convert("RGBA").getchannel("A")
    assert (alpha.getpixel((75, 55)), alpha.getpixel((5, 5))) == (0, 255)


def test_alpha_is_kept_as_webp_or_laid_on_a_neutral_ground(tmp_path: Path) -> None:
    path = tmp_path / "glass.png"
    path.write_bytes(saved(Image.new("RGBA", (64, 64), (255, 0, 0, 0)), "png"))
    kept = thumbnail(path, 64)
    assert kept.format == "webp"
    assert shown(kept).convert("RGBA").getchannel("A").getextrema() == (0, 0)
    flat = pixel(shown(thumbnail(path, 64, format="jpeg")), (32, 32))
    assert close(flat, (128, 128, 128), within=3), "no hidden red, no black"


def test_opaque_alpha_costs_no_webp(tmp_path: Path) -> None:
    path = tmp_path / "opaque.png"
    path.write_bytes(saved(photo(64, 64).convert("RGBA"), "png"))
    assert thumbnail(path, 64).format == "jpeg"
    assert thumbnail(path, 64, format="webp").format == "webp"


def test_a_small_picture_is_never_enlarged(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    path.write_bytes(saved(photo(40, 30), "png"))
    thumb = thumbnail(path, 512)
    assert (thumb.width, thumb.height) == (40, 30)


def test_animations_show_their_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (60, 40), color) for color in ("red", "lime", "blue")]
    for kind in ("gif", "webp", "png"):
        path = tmp_path / f"moving.{kind}"
        path.write_bytes(saved(frames[0], kind, save_all=True, append_images=frames[1:]))
        assert close(pixel(shown(thumbnail(path, 60)), (30, 20)), (255, 0, 0), within=20), kind


def test_i_58_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "really_a_jpeg.png"
    path.write_bytes(saved(photo(64, 64), "jpeg"))
    assert probe_image(path)[0] == "jpeg"
    assert thumbnail(path, 64).width == 64


def test_pixels_in_memory_give_the_same_thumbnail_as_the_file(tmp_path: Path) -> None:
    picture = photo(1024, 768)
    path = tmp_path / "picture.png"
    path.write_bytes(saved(picture, "png"))
    from_memory = thumbnail_from_pixels(picture.tobytes(), 1024, 768, 3, 384)
    from_file = thumbnail(path, 384)
    assert from_memory.data == from_file.data
    assert from_memory.thumbhash == from_file.thumbhash


def test_pixels_of_the_wrong_length_are_refused() -> None:
    for bad in ((b"", 0, 0, 3), (b"abc", 1, 1, 4), (b"ab", 1, 1, 2), (b"abc" * 4, 2, 3, 3)):
        with pytest.raises(DecodeError):
            thumbnail_from_pixels(*bad, 64)
        with pytest.raises(DecodeError):
            thumbhash(*bad)


def test_a_width_or_format_that_makes_no_sense_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(saved(photo(8, 8), "png"))
    for width in (0, 4097):
        with pytest.raises(ValueError, match="width"):
            thumbnail(path, width)
    with pytest.raises(ValueError, match="format"):
        thumbnail(path, 64, format="gif")  # type: ignore[arg-type]  # what mypy refuses, the core refuses too


def test_what_is_no_picture_says_so(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_text("<html><script>alert(1)</script></html>")
    with pytest.raises(UnsupportedFormatError, match=r"page\.png"):
        thumbnail(path, 64)
    with pytest.raises(FileNotFoundError) as missing:
        thumbnail(tmp_path / "absent.png", 64)
    assert missing.value.filename == str(tmp_path / "absent.png")
    with pytest.raises(IsADirectoryError):
        thumbnail(tmp_path, 64)


def test_typed_use_of_the_stub(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(saved(photo(8, 8), "png"))
    thumb: Thumbnail = thumbnail(
        str(path), width=64, format="auto", fast=True, max_pixels=100, max_memory=1 << 20
    )
    numbers: tuple[int, int, int, int] = (thumb.width, thumb.height, thumb.source_width, thumb.source_height)
    blobs: tuple[bytes, bytes] = (thumb.data, thumb.thumbhash)
    probe: tuple[str, int, int] = probe_image(path)
    assert (numbers, probe) == ((8, 8, 8, 8), ("png", 8, 8))
    assert all(blobs)
    with pytest.raises(AttributeError):
        thumb.width = 3  # type: ignore[misc]  # frozen
