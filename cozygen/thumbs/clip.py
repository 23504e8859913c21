"""The short, silent, small copy of a clip that a feed plays.

Of the poster worker; nothing else imports it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray

from cozygen.thumbs.containers import MediaError
from cozygen.thumbs.frames import ClipFacts, facts_of, fitted, fps_of, prepare, shown_size

SECONDS: Final = 5.0
FPS: Final = 15
# After this long the clip ends with what there is.
_WORK_S: Final = 12.0
# All of them make H.264, which every browser plays; which of them PyAV was built with differs.
_ENCODERS: Final = ("libx264", "libopenh264", "h264_videotoolbox", "h264_mf")
_OPTIONS: Final = {"libx264": {"preset": "veryfast", "crf": "30", "profile": "main"}}
_BIT_RATE: Final = 400_000


def preview(
    container: InputContainer, stream: VideoStream, box: int, max_pixels: int
) -> tuple[bytes, ClipFacts]:
    """An MP4 of the beginning. Raises MediaError and PyAV's errors."""
    prepare(stream, max_pixels)
    encoder = next((name for name in _ENCODERS if name in av.codecs_available), None)
    if encoder is None:
        raise MediaError("unsupported_format", "PyAV was built without an encoder for H.264.")
    with TemporaryDirectory(prefix="cozygen-clip-") as folder:
        path = Path(folder) / "clip.mp4"
        shown = _write(path, container, stream, encoder, box)
        return path.read_bytes(), facts_of(container, shown, fps_of(stream))


def _write(
    path: Path, container: InputContainer, stream: VideoStream, encoder: str, box: int
) -> tuple[int, int]:
    shown = (0, 0)
    output: VideoStream | None = None
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as target:
        for number, frame in enumerate(_paced(container, stream)):
            if output is None:
                shown = shown_size(frame, stream)
                output = _stream(target, encoder, *fitted(*shown, box))
            target.mux(output.encode(_turned(frame, output, number)))
        if output is None:
            raise MediaError("undecodable", "The clip holds no frame.")
        target.mux(output.encode(None))
    return shown


def _stream(target: OutputContainer, encoder: str, width: int, height: int) -> VideoStream:
    output = target.add_stream(encoder, rate=FPS, options=dict(_OPTIONS.get(encoder, {})))
    if not isinstance(output, VideoStream):  # only for the types: the encoders are for pictures
        raise MediaError("unsupported_format", "PyAV has no encoder for H.264.")
    # Half as many colours each way: both sides must be even.
    output.width, output.height = max(2, width - width % 2), max(2, height - height % 2)
    output.pix_fmt = "yuv420p"
    if encoder not in _OPTIONS:
        output.bit_rate = _BIT_RATE
    output.codec_context.thread_count = 1
    return output


def _paced(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Frames at `FPS` for `SECONDS`: skipped where there are more, shown again where there are fewer."""
    start: float | None = None
    shown, ends = 0, time.monotonic() + _WORK_S
    before: VideoFrame | None = None
    for frame in _frames(container, stream):
        at = frame.time if frame.time is not None else shown / FPS
        start = at if start is None else start
        while before is not None and shown / FPS < min(at - start, SECONDS):
            yield before
            shown += 1
        before = frame
        if at - start >= SECONDS or time.monotonic() > ends:
            return
    if before is not None:
        yield before


def _frames(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Frames up to the first one that is broken; a clip without any whole frame is an error."""
    count = 0
    try:
        for frame in container.decode(stream):
            count += 1
            yield frame
    except av.FFmpegError:
        if count == 0:
            raise


def _turned(frame: VideoFrame, output: VideoStream, number: int) -> VideoFrame:
    sideways = frame.rotation % 180 != 0
    width, height = (output.height, output.width) if sideways else (output.width, output.height)
    if frame.rotation % 360:
        rgb = frame.reformat(width, height, "rgb24", interpolation=Interpolation.AREA)
        rows: NDArray[np.uint8] = np.ascontiguousarray(np.rot90(rgb.to_ndarray(), frame.rotation // 90 % 4))
        made = VideoFrame.from_ndarray(rows, "rgb24").reformat(format="yuv420p")
    else:
        made = frame.reformat(width, height, "yuv420p", interpolation=Interpolation.AREA)
    made.pts, made.time_base = number, Fraction(1, FPS)
    return made
