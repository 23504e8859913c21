"""Stills of clips: a frame that says something, upright, in the shape it is shown in.

Of the poster worker; nothing else imports it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray

from cozygen.thumbs.containers import MediaError

# A fade-in begins black: below this brightness a later frame is looked at.
_DARK: Final = 12
_LATER: Final = 0.25


@dataclass(frozen=True)
class Still:
    """Rows of RGB or RGBA bytes."""

    pixels: bytes
    width: int
    height: int
    channels: int


@dataclass(frozen=True)
class ClipFacts:
    """Size in pixels as shown, seconds, frames per second; 0 where unknown."""

    width: int = 0
    height: int = 0
    duration: float = 0.0
    fps: float = 0.0


def moving_stream(container: InputContainer) -> VideoStream | None:
    """The stream that moves; a cover is none."""
    return next((stream for stream in container.streams.video if not is_cover(stream)), None)


def is_cover(stream: VideoStream) -> bool:
    """Whether a video stream is the one picture of an album."""
    return bool(stream.disposition & Disposition.attached_pic)


def facts_of(container: InputContainer, shown: tuple[int, int] = (0, 0), fps: float = 0.0) -> ClipFacts:
    """What a listing says of a clip or sound."""
    duration = (container.duration or 0) / av.time_base
    return ClipFacts(*shown, duration if 0 < duration < 1e7 else 0.0, fps)


def fps_of(stream: VideoStream) -> float:
    """Frames per second; 0 where nothing sensible is stated."""
    rate = float(stream.average_rate or stream.guessed_rate or 0)
    return round(rate, 3) if 0 < rate <= 1000 else 0.0


def prepare(stream: VideoStream, max_pixels: int) -> None:
    """One thread, and nothing beyond the limit. Raises MediaError."""
    size = stream.codec_context
    if size.width * size.height > max_pixels:
        raise MediaError("too_large", f"{size.width}x{size.height} pixels")
    stream.codec_context.thread_count = 1


def poster(
    container: InputContainer, stream: VideoStream, box: int, max_pixels: int
) -> tuple[Still, ClipFacts]:
    """A frame of a clip that fits into twice `box` pixels. Raises MediaError and PyAV's errors."""
    prepare(stream, max_pixels)
    frame = _first(container.decode(stream))
    if frame is None:
        raise MediaError("undecodable", "The clip holds no frame.")
    if _brightness(frame) < _DARK:
        frame = _brighter(container, stream, frame)
    still = upright(frame, stream, 2 * box)
    return still, facts_of(container, shown_size(frame, stream), fps_of(stream))


def _first(frames: Iterator[VideoFrame]) -> VideoFrame | None:
    return next(frames, None)


def _brightness(frame: VideoFrame) -> float:
    return float(frame.reformat(32, 32, "gray").to_ndarray().mean())


def _brighter(container: InputContainer, stream: VideoStream, first: VideoFrame) -> VideoFrame:
    """A frame from further on, if there is one and it shows more."""
    if not container.duration or container.duration <= 0:
        return first
    try:
        container.seek(int(container.duration * _LATER))
        later = _first(container.decode(stream))
    except av.FFmpegError:
        return first
    return later if later is not None and _brightness(later) > _brightness(first) else first


def _aspect(frame: VideoFrame, stream: VideoStream) -> float:
    """Width over height of one pixel."""
    ratio = float(stream.sample_aspect_ratio or 1)
    return ratio if 0.1 <= ratio <= 10 else 1.0


def shown_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """Pixels of the picture as it is shown: square, and turned."""
    width, height = max(1, round(frame.width * _aspect(frame, stream))), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def fitted(width: float, height: float, box: int) -> tuple[int, int]:
    """The same shape inside a square of `box`, never larger than it is, never without a side."""
    scale = min(1.0, box / max(width, height))
    return max(1, math.floor(width * scale)), max(1, math.floor(height * scale))


def upright(frame: VideoFrame, stream: VideoStream, box: int) -> Still:
    """The frame as rows of RGB bytes."""
    width, height = fitted(frame.width * _aspect(frame, stream), frame.height, box)
    scaled = frame.reformat(width, height, "rgb24", interpolation=Interpolation.AREA)
    rows: NDArray[np.uint8] = np.rot90(scaled.to_ndarray(), frame.rotation // 90 % 4)
    return Still(np.ascontiguousarray(rows).tobytes(), rows.shape[1], rows.shape[0], 3)
