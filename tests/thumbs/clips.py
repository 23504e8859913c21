"""Clips and sounds for the tests, made with PyAV."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from .pictures import photo, saved

# What the left and the right half of every drawn frame show.
LEFT, RIGHT = (200, 60, 60), (60, 60, 200)
CODECS = {"mp4": "libx264", "mov": "libx264", "mkv": "libx264", "webm": "libvpx-vp9"}


def clip(
    path: Path, width: int = 128, height: int = 72, *, frames: int = 24, fps: int = 12, black: int = 0
) -> Path:
    """A clip with a white square that moves; `black` frames come first."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(CODECS[path.suffix[1:]], rate=fps)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt, stream.gop_size = width, height, "yuv420p", 6
        for number in range(frames):
            drawn = (
                _frame(width, height, number) if number >= black else np.zeros((height, width, 3), np.uint8)
            )
            container.mux(stream.encode(VideoFrame.from_ndarray(drawn, "rgb24")))
        container.mux(stream.encode(None))
    return path


def _frame(width: int, height: int, number: int) -> NDArray[np.uint8]:
    drawn = np.zeros((height, width, 3), np.uint8)
    drawn[:, : width // 2], drawn[:, width // 2 :] = LEFT, RIGHT
    left = number * 3 % (width - 8)
    drawn[height // 3 : height // 3 + 8, left : left + 8] = 255
    return drawn


def quarter_turned(path: Path) -> Path:
    """Mark an MP4 as filmed with the phone upright: to be shown turned clockwise."""
    data = bytearray(path.read_bytes())
    matrix = data.index(b"tkhd") + 4 + 40
    for number, value in enumerate((0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)):
        data[matrix + 4 * number : matrix + 4 * number + 4] = value.to_bytes(4, "big", signed=True)
    path.write_bytes(data)
    return path


def sound(path: Path, *, seconds: float = 2.0, cover: bool = False) -> Path:
    """A tone that swells from silence; with a cover as albums have it."""
    codec = {".wav": "pcm_s16le", ".mp3": "libmp3lame", ".flac": "flac", ".ogg": "libopus", ".m4a": "aac"}
    rate = 48_000
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec[path.suffix], rate=rate)
        picture = _cover_stream(container) if cover else None
        time = np.arange(int(rate * seconds)) / rate
        tone = (np.sin(time * 440 * 6.283) * time / seconds * 30_000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.stack([tone, tone]).T.reshape(1, -1).copy(), "s16", "stereo")
        frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
        if picture is not None:
            packet = av.Packet(saved(photo(64, 64), "jpeg"))
            packet.stream, packet.pts, packet.dts, packet.is_keyframe = picture, 0, 0, True
            container.mux(packet)
        for packet in _encoded(stream, frame):
            container.mux(packet)
    return path


def _cover_stream(container: av.container.OutputContainer) -> VideoStream:
    stream = container.add_stream("mjpeg", rate=1)
    assert isinstance(stream, VideoStream)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuvj420p"
    stream.disposition = Disposition.attached_pic
    return stream


def _encoded(stream: Any, frame: av.AudioFrame) -> list[Any]:
    fifo = av.AudioFifo()
    fifo.write(frame)
    made: list[Any] = []
    while (part := fifo.read(960, partial=True)) is not None:
        made.extend(stream.encode(part))
    made.extend(stream.encode(None))
    return made


def as_file(path: Path) -> io.BytesIO:
    """The bytes of a file, to be opened again."""
    return io.BytesIO(path.read_bytes())
