"""One function per tool: a file to a JPEG thumbnail, as its own documentation does it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

import cozygen_core

Measure = Callable[[Sequence[Path], int], float]
SHARP = Path(__file__).parent / "sharp_peer"


def timed(one: Callable[[Path, int], object]) -> Measure:
    """CPU seconds of this process for a list of files."""

    def measure(paths: Sequence[Path], width: int) -> float:
        start = time.process_time()
        for path in paths:
            one(path, width)
        return time.process_time() - start

    return measure


def ours(path: Path, width: int) -> bytes:
    """The core, as the server calls it."""
    return cozygen_core.thumbnail(path, width).data


def ours_fast(path: Path, width: int) -> bytes:
    """The core, JPEG shrunk in the decoder to the last pixel."""
    return cozygen_core.thumbnail(path, width, fast=True).data


def ours_decoded(path: Path, width: int) -> bytes:
    """The core's pixels, not resized where the file has that width."""
    return cozygen_core.thumbnail_pixels(path, width)


def pillow_decoded(path: Path, width: int) -> bytes:
    """The same through Pillow."""
    with Image.open(path) as picture:
        pixels: bytes = picture.convert("RGB").tobytes()
    return pixels


def opencv_decoded() -> Callable[[Path, int], object] | None:
    """libwebp through OpenCV; None where it is not installed."""
    try:
        import cv2
    except ImportError:
        return None
    cv2.setNumThreads(1)
    return lambda path, width: cv2.imread(str(path))


def pillow(path: Path, width: int) -> bytes:
    """`Image.thumbnail` with its defaults, which shrink JPEGs in the decoder too."""
    out = io.BytesIO()
    with Image.open(path) as picture:
        picture.thumbnail((width, width), Image.Resampling.LANCZOS)
        picture.convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def vips() -> Callable[[Path, int], bytes] | None:
    """`pyvips.Image.thumbnail`, on one thread; None where it is not installed."""
    os.environ["VIPS_CONCURRENCY"] = "1"
    try:
        import pyvips
    except (ImportError, OSError):
        return None
    pyvips.cache_set_max(0)

    def one(path: Path, width: int) -> bytes:
        picture = pyvips.Image.thumbnail(str(path), width, size="down")
        data: bytes = picture.jpegsave_buffer(Q=85, keep="none")
        return data

    return one


class Sharp:
    """A node process that makes lists of thumbnails and reports its CPU time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", "peer.mjs"], cwd=SHARP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def measure(self, paths: Sequence[Path], width: int) -> float:
        """CPU seconds of the node process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(
            json.dumps({"paths": [str(p.resolve()) for p in paths], "width": width}) + "\n"
        )
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)


def sharp() -> Sharp | None:
    """sharp, if `npm ci` was run in `sharp_peer`."""
    return Sharp() if (SHARP / "node_modules" / "sharp").is_dir() else None
