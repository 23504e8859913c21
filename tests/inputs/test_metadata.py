"""Metadata goes, the picture stays to the last pixel."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps, ImageSequence

from cozygen.inputs.metadata import BrokenFileError, parts_to_keep
from tests.inputs import files

Make = Callable[[], bytes]
PICTURES: dict[str, tuple[str, Make]] = {
    "png": (".png", files.png_with_secrets),
    "jpeg": (".jpg", files.jpeg_with_secrets),
    "progressive jpeg": (".jpg", lambda: files.jpeg_with_secrets(progressive=True)),
    "webp": (".webp", files.webp_with_secrets),
    "plain webp": (".webp", lambda: files.encoded("WEBP", lossless=True)),
    "gif": (".gif", files.gif_with_secrets),
}
CLIPS: dict[str, tuple[str, Make]] = {
    "mp4": (".mp4", files.mp4_with_secrets),
    "mov": (".mov", lambda: files.mp4_with_secrets(b"qt  ")),
    "webm": (".webm", files.webm_with_secrets),
}
ALL = {**PICTURES, **CLIPS}


def stripped(data: bytes, suffix: str) -> bytes:
    return b"".join(
        part if isinstance(part, bytes) else data[part[0] : part[1]] for part in parts_to_keep(data, suffix)
    )


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("name", PICTURES)
def test_u_20_a_picture_loses_its_secrets_and_no_pixel(name: str) -> None:
    suffix, make = PICTURES[name]
    before = make()
    after = stripped(before, suffix)
    assert files.SECRET not in after
    frames = [frame.convert("RGB") for frame in ImageSequence.Iterator(opened(before))]
    lean = [frame.convert("RGB") for frame in ImageSequence.Iterator(opened(after))]
    assert len(frames) == len(lean)
    for one, other in zip(frames, lean, strict=True):
        assert ImageChops.difference(one, other).getbbox() is None
    assert opened(before).info.get("loop") == opened(after).info.get("loop")


@pytest.mark.parametrize("name", CLIPS)
def test_u_20_a_clip_loses_its_secrets_and_nothing_moves(name: str) -> None:
    suffix, make = CLIPS[name]
    before = make()
    after = stripped(before, suffix)
    assert files.SECRET not in after
    assert len(after) == len(before)
    for kept in (b"mdat", b"pixels", b"cluster"):
        assert before.find(kept) == after.find(kept)


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize(
    ("suffix", "make"), [(".jpg", files.jpeg_with_secrets), (".webp", files.webp_with_secrets)]
)
def test_u_20_which_way_is_up_stays(suffix: str, make: Callable[[int], bytes], turn: int) -> None:
    before = make(turn)
    after = stripped(before, suffix)
    upright = ImageOps.exif_transpose(opened(before)), ImageOps.exif_transpose(opened(after))
    assert ImageChops.difference(upright[0].convert("RGB"), upright[1].convert("RGB")).getbbox() is None
    assert dict(opened(after).getexif()) == ({} if turn == 1 else {0x0112: turn})


def test_u_20_a_colour_profile_stays() -> None:
    for form, suffix in (("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".webp")):
        data = files.encoded(form, icc_profile=b"profile" * 20)
        assert opened(stripped(data, suffix)).info["icc_profile"] == b"profile" * 20


@pytest.mark.parametrize("name", [name for name in ALL if name != "webm"])
def test_u_12_a_file_cut_anywhere_is_broken_or_whole(name: str) -> None:
    suffix, make = ALL[name]
    whole = make()
    needed = len(stripped(whole, suffix)) if suffix in (".mp4", ".mov") else 0
    broken = 0
    for cut in range(12, len(whole), max(1, len(whole) // 97)):
        try:
            stripped(whole[:cut], suffix)
        except BrokenFileError:
            broken += 1
        else:
            # Only what follows the picture may be missing, or, of a film, a last whole box.
            assert needed or cut > len(whole) - 64
    assert broken > 20


@pytest.mark.parametrize("suffix", sorted({suffix for suffix, _make in ALL.values()}))
@given(noise=st.binary(max_size=300), at=st.integers(0, 400))
def test_u_10_noise_in_a_file_never_breaks_the_server(suffix: str, noise: bytes, at: int) -> None:
    make = next(make for other, make in ALL.values() if other == suffix)
    data = make()
    try:
        stripped(data[:at] + noise + data[at + len(noise) :], suffix)
    except BrokenFileError:
        return
