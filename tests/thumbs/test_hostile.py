"""Broken and hostile files through the core: an error of its own, quickly, or a picture."""

from __future__ import annotations

import contextlib
import gzip
import os
import random
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from cozygen_core import (
    CoreError,
    DecodeError,
    TooLargeError,
    UnsupportedFormatError,
    probe_image,
    thumbnail,
)

from .pictures import PNG_MAGIC, chunk, ihdr, photo, png, rows, saved, small_png

Attempt = Callable[[bytes], str]


@pytest.fixture
def attempt(tmp_path: Path) -> Attempt:
    """What comes of a file: `picture`, or the name of the core's error. Two seconds of CPU at most."""
    path = tmp_path / "hostile.png"

    def run(data: bytes) -> str:
        path.write_bytes(data)
        start = time.process_time()
        try:
            thumb = thumbnail(path, 192)
        except CoreError as error:
            found = type(error).__name__
        else:
            assert 1 <= thumb.width <= 192
            assert 1 <= thumb.height <= 192
            found = "picture"
        assert time.process_time() - start <= 2
        with contextlib.suppress(CoreError):
            probe_image(path)
        return found

    return run


BROKEN = "DecodeError"
UNKNOWN = "UnsupportedFormatError"
LARGE = "TooLargeError"
SHOWN = "picture"


def _bomb(kind: bytes, name: bytes) -> bytes:
    """A gibibyte in a megabyte: the same packed mebibyte again and again."""
    packer = zlib.compressobj()
    first = packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b"\0" * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return chunk(kind, name + first + again * 1023 + packer.flush())


def _profile(space: bytes, version: int) -> bytes:
    """An ICC profile that has a header and nothing else."""
    head = bytearray(132)
    head[:4], head[8:9], head[12:20] = struct.pack(">I", 132), bytes([version]), b"mntr" + space
    head[20:24], head[36:40] = b"XYZ ", b"acsp"
    return chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(head)))


def _webp(width: int, height: int) -> bytes:
    bits = (width - 1) | ((height - 1) << 14)
    body = b"VP8L" + struct.pack("<I", 5) + b"\x2f" + struct.pack("<I", bits) + b"\0"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _gif(screen: int, frames: int = 1) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", screen, screen, 0x80, 0, 0)
        + b"\xff\0\0\0\0\0"
        + frame * frames
        + b"\x3b"
    )


def _apng(acts: int, frames: int, width: int = 16) -> bytes:
    control = chunk(b"acTL", struct.pack(">II", acts, 0))
    extra = []
    for number in range(frames):
        extra.append(chunk(b"fcTL", struct.pack(">IIIIIHHBB", number * 2, width, 16, 0, 0, 1, 10, 0, 0)))
        extra.append(chunk(b"fdAT", struct.pack(">I", number * 2 + 1) + rows(width, 16)))
    return png(ihdr(16, 16), control, chunk(b"IDAT", rows(16, 16)), *extra)


JPEG = saved(photo(60, 40), "jpeg")
SOI = JPEG[:2]

CMYK = saved(photo(60, 40).convert("CMYK"), "jpeg")


def _adobe(transform: int) -> bytes:
    at = CMYK.index(b"Adobe")
    return CMYK[: at + 11] + bytes([transform]) + CMYK[at + 12 :]


def _scans(count: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    whole = saved(photo(60, 40), "jpeg", progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * count + whole[-2:]


def _restart_errors() -> bytes:
    """Every restart marker has the wrong number."""
    whole = saved(photo(640, 400), "jpeg", restart_marker_blocks=1)
    start = whole.rindex(b"\xff\xda")
    body = whole[start:]
    for number in range(8):
        body = body.replace(b"\xff" + bytes([0xD0 + number]), b"\xff\xd7")
    assert body.count(b"\xff\xd7") >= 900
    return whole[:start] + body


def _animated_webp(frames: int) -> bytes:
    picture = saved(Image.new("RGB", (8, 8), "red"), "webp")[12:]
    size = struct.pack("<I", 7)[:3]
    body = b"\0" * 6 + size + size + struct.pack("<I", 40)[:3] + b"\0" + picture
    frame = b"ANMF" + struct.pack("<I", len(body)) + body
    head = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size + size
    chunks = head + b"ANIM" + struct.pack("<I", 6) + b"\0" * 6 + frame * frames
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


CASES: dict[str, tuple[bytes, set[str]]] = {
    "i_01_zero_bytes": (b"", {BROKEN}),
    "i_02_one_byte": (b"\x89", {UNKNOWN}),
    "i_03_only_the_magic": (PNG_MAGIC, {BROKEN}),
    "i_08_bad_crc_in_header": (
        png(ihdr(16, 16)[:-4] + b"\0\0\0\1", chunk(b"IDAT", rows(16, 16))),
        {SHOWN, BROKEN},
    ),
    "i_08_bad_crc_in_pixels": (png(ihdr(16, 16), chunk(b"IDAT", rows(16, 16), crc=1)), {SHOWN, BROKEN}),
    "i_08_bad_crc_in_text": (small_png(chunk(b"tEXt", b"a\0b", crc=1)), {SHOWN}),
    "i_09_missing_iend": (small_png()[:-12], {SHOWN}),
    "i_10_palette_without_plte": (png(ihdr(8, 8, 8, 3), chunk(b"IDAT", rows(8, 8, 1))), {BROKEN}),
    "i_11_one_byte_chunks": (
        png(ihdr(16, 16), *(chunk(b"IDAT", bytes([byte])) for byte in rows(16, 16))),
        {SHOWN},
    ),
    "i_11_pixels_in_two_places": (
        png(
            ihdr(16, 16),
            chunk(b"IDAT", rows(16, 16)[:20]),
            chunk(b"tEXt", b"a\0b"),
            chunk(b"IDAT", rows(16, 16)[20:]),
        ),
        {SHOWN, BROKEN},
    ),
    "i_11_pixels_before_the_palette": (
        png(ihdr(8, 8, 8, 3), chunk(b"IDAT", rows(8, 8, 1)), chunk(b"PLTE", b"\0" * 768)),
        {BROKEN},
    ),
    "i_12_length_of_4_gib": (png(ihdr(8, 8), chunk(b"IDAT", rows(8, 8), length=0xFFFFFFFF)), {SHOWN, BROKEN}),
    "i_13_unknown_critical_chunk": (small_png(chunk(b"XXXX", b"?")), {SHOWN, BROKEN}),
    "i_14_unknown_ancillary_chunk": (small_png(chunk(b"xxXx", b"?")), {SHOWN}),
    "i_15_no_width": (png(ihdr(0, 8), chunk(b"IDAT", rows(1, 8))), {BROKEN}),
    "i_15_no_height": (png(ihdr(8, 0), chunk(b"IDAT", rows(8, 1))), {BROKEN}),
    "i_16_two_billion_square": (png(ihdr(2**31 - 1, 2**31 - 1), chunk(b"IDAT", b"")), {LARGE}),
    "i_17_65535_square_one_bit": (png(ihdr(65535, 65535, 1, 0), chunk(b"IDAT", b"")), {LARGE}),
    "i_18_30000_square": (png(ihdr(30000, 30000, 8, 6), chunk(b"IDAT", b"")), {LARGE}),
    "i_19_webp_bomb": (_webp(16383, 16383), {LARGE}),
    "i_22_16384_square": (png(ihdr(16384, 16384), chunk(b"IDAT", b"")), {LARGE}),
    "i_23_iccp_bomb": (small_png(_bomb(b"iCCP", b"x\0\0")), {SHOWN}),
    "i_24_ztxt_bomb": (small_png(_bomb(b"zTXt", b"x\0\0")), {SHOWN}),
    "i_25_itxt_bomb": (small_png(_bomb(b"iTXt", b"x\0\1\0\0\0")), {SHOWN}),
    "i_26_five_thousand_bombs": (
        small_png(chunk(b"zTXt", b"x\0\0" + zlib.compress(b"\0" * (1 << 20))) * 5000),
        {LARGE},
    ),
    "i_27_a_million_texts": (small_png(chunk(b"tEXt", b"a\0b") * 1_000_000), {LARGE}),
    "i_28_odd_text_keys": (small_png(chunk(b"tEXt", b"k" * 200), chunk(b"tEXt", b"\xff\0\0")), {SHOWN}),
    "i_29_64_mib_of_text": (small_png(chunk(b"tEXt", b"workflow\0" + b"x" * (64 << 20))), {SHOWN}),
    "i_30_itxt_not_utf8": (small_png(chunk(b"iTXt", b"a\0\0\0\0\0\xff\xfe")), {SHOWN}),
    "i_31_garbage_profile": (small_png(chunk(b"iCCP", b"x\0\0" + zlib.compress(b"garbage" * 99))), {SHOWN}),
    "i_31_profile_of_inks_in_rgb": (small_png(_profile(b"CMYK", 4)), {SHOWN}),
    "i_31_profile_of_version_5": (small_png(_profile(b"RGB ", 5)), {SHOWN}),
    "i_32_colour_chunks_disagree": (
        small_png(chunk(b"gAMA", b"\0\0\0\1"), chunk(b"sRGB", b"\0"), chunk(b"cICP", b"\1\1\0\1")),
        {SHOWN},
    ),
    "i_33_apng_of_many_frames": (_apng(10_000, 10_000), {SHOWN}),
    "i_34_apng_says_no_frames": (_apng(0, 1), {SHOWN, BROKEN}),
    "i_34_apng_says_four_billion": (_apng(2**32 - 1, 1), {SHOWN, BROKEN}),
    "i_35_apng_frame_outside": (_apng(1, 1, width=5000), {SHOWN, BROKEN}),
    "i_36_gif_of_many_frames": (_gif(8, 10_000), {SHOWN}),
    "i_37_gif_endless_code": (_gif(8)[:-4] + b"\xff" * 4000, {SHOWN, BROKEN}),
    "i_38_gif_vast_screen": (_gif(65535), {LARGE}),
    "i_39_gif_no_frames": (_gif(8, 0), {BROKEN}),
    "i_40_webp_of_many_frames": (_animated_webp(10_000), {SHOWN}),
    "i_41_riff_size_lies": (
        saved(photo(20, 20), "webp").replace(b"RIFF", b"RIFF", 1)[:4]
        + b"\xff" * 4
        + saved(photo(20, 20), "webp")[8:],
        {SHOWN, BROKEN},
    ),
    "i_43_adobe_says_ycck": (_adobe(2), {SHOWN, BROKEN}),
    "i_43_adobe_says_nothing_known": (_adobe(77), {SHOWN, BROKEN}),
    "i_43_adobe_segment_cut_short": (JPEG[:2] + b"\xff\xee\0\x07Adobe" + JPEG[2:], {SHOWN}),
    "i_44_jpeg_twelve_bits": (JPEG.replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc0\x00\x11\x0c"), {UNKNOWN}),
    "i_44_jpeg_arithmetic": (JPEG.replace(b"\xff\xc0", b"\xff\xc9"), {UNKNOWN}),
    "i_44_jpeg_lossless": (JPEG.replace(b"\xff\xc0", b"\xff\xc3"), {UNKNOWN}),
    "i_45_a_thousand_scans": (_scans(1000), {BROKEN}),
    "i_46_a_thousand_restart_errors": (_restart_errors(), {SHOWN, BROKEN}),
    "i_47_two_beginnings": (SOI + JPEG, {SHOWN}),
    "i_47_a_trailer": (JPEG + b"\xff\xd8" + b"trailer" * 99, {SHOWN}),
    "i_50_exif_loop": (
        SOI + b"\xff\xe1\x00\x16Exif\0\0II*\0\x08\0\0\0\xff\xff\x08\0\0\0" + JPEG[2:],
        {SHOWN},
    ),
    "i_51_exif_in_many_segments": (
        SOI + (b"\xff\xe1\xff\xffExif\0\0" + b"\0" * 65527) * 40 + JPEG[2:],
        {SHOWN},
    ),
    "i_57_fully_transparent": (saved(Image.new("RGBA", (9, 9)), "png"), {SHOWN}),
    "i_59_html": (b"<!doctype html><script>alert(1)</script>", {UNKNOWN}),
    "i_59_svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', {UNKNOWN}),
    "i_59_javascript": (b"alert(document.cookie)//", {UNKNOWN}),
    "i_59_zip": (b"PK\3\4" + b"\0" * 60, {UNKNOWN}),
    "i_59_pdf": (b"%PDF-1.7\n", {UNKNOWN}),
    "i_59_elf": (b"\x7fELF" + b"\0" * 60, {UNKNOWN}),
    "i_60_png_and_html": (small_png() + b"<script>alert(1)</script>", {SHOWN}),
    "i_60_gif_and_javascript": (b"GIF89a/*" + b"\0" * 30 + b"*/=1;alert(1)", {BROKEN, LARGE}),
    "i_61_svgz": (gzip.compress(b'<svg xmlns="http://www.w3.org/2000/svg"/>'), {UNKNOWN}),
    "i_62_heic": (b"\0\0\0\x18ftypheic" + b"\0" * 40, {UNKNOWN}),
    "i_62_jpeg_xl": (b"\xff\x0a" + b"\0" * 40, {UNKNOWN}),
    "i_62_exr": (b"\x76\x2f\x31\x01" + b"\0" * 40, {UNKNOWN}),
    "i_62_ico": (b"\0\0\1\0\1\0" + b"\0" * 40, {UNKNOWN}),
    "i_62_avif": (b"\0\0\0\x20ftypavif" + b"\0" * 40, {UNKNOWN}),
    "i_62_psd": (b"8BPS" + b"\0" * 40, {UNKNOWN}),
    "i_62_bm_is_also_a_word": (b"BMW is a maker of cars and bikes", {UNKNOWN}),
}


@pytest.mark.parametrize("name", CASES)
def test_hostile(attempt: Attempt, name: str) -> None:
    data, allowed = CASES[name]
    assert attempt(data) in allowed


def _cuts(data: bytes) -> list[bytes]:
    return [data[:length] for length in range(len(data))]


def test_i_04_png_cut_at_every_byte(attempt: Attempt) -> None:
    whole = saved(photo(24, 18), "png")
    results = [attempt(cut) for cut in _cuts(whole)]
    assert set(results[:-16]) <= {BROKEN, UNKNOWN}, "no half picture passes for a whole one"
    assert attempt(whole) == SHOWN


@pytest.mark.parametrize(("case", "kind"), [("i_05", "jpeg"), ("i_06", "webp"), ("i_07", "gif")])
def test_cut_at_every_byte(attempt: Attempt, case: str, kind: str) -> None:
    whole = saved(photo(24, 18), kind)
    results = {attempt(cut) for cut in _cuts(whole)}
    assert results <= {BROKEN, UNKNOWN, SHOWN}, case
    assert BROKEN in results
    assert attempt(whole) == SHOWN


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif", "bmp", "tiff"])
def test_i_72_flipped_bytes_never_leave_the_core_as_a_panic(attempt: Attempt, kind: str) -> None:
    dice = random.Random(kind)
    whole = saved(photo(32, 24), kind)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 6)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        assert attempt(bytes(data)) in {BROKEN, UNKNOWN, LARGE, SHOWN}


def test_i_16_is_refused_from_the_header(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(ihdr(2**31 - 1, 2**31 - 1), chunk(b"IDAT", b"")))
    with pytest.raises(TooLargeError, match="max_"):
        thumbnail(path, 192)


@pytest.mark.parametrize("size", [(1, 65_535), (65_535, 1)])
def test_i_21_a_thread_has_a_thumbnail(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "thread.png"
    Image.new("RGB", size, "red").save(path)
    thumb = thumbnail(path, 192)
    assert (min(thumb.width, thumb.height), max(thumb.width, thumb.height)) == (1, 192)


def test_i_18_above_the_memory_budget_a_png_is_reduced_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    photo(900, 700).save(path)
    whole, streamed = thumbnail(path, 192), thumbnail(path, 192, max_memory=1_200_000)
    assert (streamed.width, streamed.height) == (whole.width, whole.height)
    photo(900, 700).save(tmp_path / "large.gif")
    with pytest.raises(TooLargeError, match="max_memory"):
        thumbnail(tmp_path / "large.gif", 192, max_memory=300_000)


def test_i_63_a_folder_is_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        thumbnail(path, 192)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator reads all files"
)
def test_i_66_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(small_png())
    path.chmod(0)
    with pytest.raises(PermissionError):
        thumbnail(path, 192)


def test_i_68_a_file_that_ends_early_is_no_crash(tmp_path: Path) -> None:
    """Files are read, never mapped: what is cut while it is open is as if it had been cut before."""
    path = tmp_path / "cut.tiff"
    whole = saved(photo(300, 200), "tiff")
    path.write_bytes(whole)
    stop = threading.Event()

    def cut() -> None:
        while not stop.is_set():
            os.truncate(path, len(whole) // 2)
            path.write_bytes(whole)

    cutting = threading.Thread(target=cut)
    cutting.start()
    for _ in range(200):
        with contextlib.suppress(CoreError):
            assert thumbnail(path, 64).width == 64
    stop.set()
    cutting.join()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_i_64_a_pipe_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "pipe.png"
    os.mkfifo(path)
    with pytest.raises(UnsupportedFormatError):
        thumbnail(path, 192)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="the system has no sockets in folders")
def test_i_65_a_socket_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("x.png")
        with pytest.raises((UnsupportedFormatError, OSError)):
            thumbnail(tmp_path / "x.png", 192)


def test_i_65_a_device_is_refused() -> None:
    with pytest.raises(UnsupportedFormatError):
        thumbnail("/dev/zero" if os.name == "posix" else "NUL", 192)


def test_i_70_a_sparse_terabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "sparse.png"
    with path.open("wb") as file:
        file.write(small_png())
        try:
            file.truncate(1 << 40)
        except OSError:
            pytest.skip("the file system has no sparse files of that size")
    with pytest.raises(TooLargeError, match="max_file"):
        thumbnail(path, 192)


def test_i_58_bytes_that_lie_about_nothing_are_refused_as_broken(tmp_path: Path) -> None:
    path = tmp_path / "noise.png"
    path.write_bytes(PNG_MAGIC + random.Random(1).randbytes(4000))
    with pytest.raises(DecodeError):
        thumbnail(path, 192)
