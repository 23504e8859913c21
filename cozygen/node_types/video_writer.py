"""Frames to MP4 (H.264), WebM (VP9) and GIF, with exact timing and the graph as metadata."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from cozygen.node_types.arrays import Bytes

SHORTEST_GIF_FRAME = 2  # hundredths of a second


@dataclass(frozen=True)
class Clip:
    """One clip to write; `frames` starts over on each call (height x width x 1, 3 or 4 bytes)."""

    path: Path
    width: int
    height: int
    alpha: bool
    frame_rate: int
    count: int
    frames: Callable[[], Iterator[Bytes]]
    texts: dict[str, str]
    loop_count: int


def write_mp4(clip: Clip) -> None:
    """H.264 in yuv420p, what every phone plays; odd sides grow by one repeated line, nothing is rescaled."""
    options = {"crf": "18", "preset": "medium"}
    flags = {"movflags": "+faststart+use_metadata_tags"}
    with av.open(str(clip.path), mode="w", format="mp4", options=flags) as container:
        _encode(container, clip, "libx264", "yuv420p", options, even=True)


def write_webm(clip: Clip) -> None:
    """VP9; keeps transparency and odd sizes."""
    pixels = "yuva420p" if clip.alpha else "yuv420p"
    options = {"crf": "24", "b:v": "0", "row-mt": "1", "cpu-used": "4"}
    if clip.alpha:
        options["auto-alt-ref"] = "0"  # libvpx refuses alternate frames with an alpha plane
    with av.open(str(clip.path), mode="w", format="webm") as container:
        _encode(container, clip, "libvpx-vp9", pixels, options, even=False)


def write_gif(clip: Clip) -> None:
    """An endless or counted GIF; hundredths of a second are spread so that the length stays true."""
    shown = gif_schedule(clip.count, clip.frame_rate)
    pictures = [
        _palette(pixels, clip.alpha) for number, pixels in enumerate(clip.frames()) if number in shown
    ]
    more: dict[str, Any] = {"comment": _comment(clip.texts)} if clip.texts else {}
    if clip.loop_count != 1:  # a GIF without a loop block plays once
        more["loop"] = 0 if clip.loop_count == 0 else clip.loop_count - 1
    pictures[0].save(
        clip.path,
        format="GIF",
        save_all=True,
        append_images=pictures[1:],
        duration=list(shown.values()),
        disposal=2 if clip.alpha else 1,
        optimize=False,
        **more,
    )


def gif_schedule(count: int, frame_rate: int) -> dict[int, int]:
    """Frame number to milliseconds: multiples of ten, at least twenty.

    Browsers slow anything shorter than twenty down to a hundred, so above 50
    frames a second some frames are left out; the length stays within 10 ms.
    """
    edges = [round(number * 100 / frame_rate) for number in range(count + 1)]
    shown: dict[int, int] = {}
    start = 0
    for number in range(count):
        if edges[number + 1] - start >= SHORTEST_GIF_FRAME or number == count - 1:
            shown[number] = max(edges[number + 1] - start, SHORTEST_GIF_FRAME) * 10
            start = edges[number + 1]
    return shown


def _comment(texts: dict[str, str]) -> bytes:
    """One JSON object of all texts: a GIF has comments, but no keys."""
    return ("{" + ", ".join(f"{json.dumps(key)}: {value}" for key, value in texts.items()) + "}").encode()


def _encode(
    container: av.container.OutputContainer,
    clip: Clip,
    codec: str,
    pixel_format: str,
    options: dict[str, str],
    *,
    even: bool,
) -> None:
    for key, value in clip.texts.items():
        container.metadata[key] = value
    stream: Any = container.add_stream(codec, rate=Fraction(clip.frame_rate), options=options)
    stream.width = clip.width + (clip.width % 2 if even else 0)
    stream.height = clip.height + (clip.height % 2 if even else 0)
    stream.pix_fmt = pixel_format
    for number, pixels in enumerate(clip.frames()):
        frame = _video_frame(_padded(pixels, stream.width, stream.height), clip.alpha and "a" in pixel_format)
        frame.pts = number
        frame.time_base = Fraction(1, clip.frame_rate)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _video_frame(pixels: Bytes, alpha: bool) -> av.VideoFrame:
    if alpha:
        return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgba")
    colours = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[..., :3]
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(colours), format="rgb24")


def _padded(pixels: Bytes, width: int, height: int) -> Bytes:
    missing = (height - pixels.shape[0], width - pixels.shape[1])
    if missing == (0, 0):
        return pixels
    return np.pad(pixels, ((0, missing[0]), (0, missing[1]), (0, 0)), mode="edge")


def _palette(pixels: Bytes, alpha: bool) -> Image.Image:
    """A picture of 256 colours of its own."""
    picture = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    if alpha:
        return picture.convert("RGBA")  # Pillow keeps one transparent colour
    return picture.convert("RGB").quantize(
        256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG
    )
