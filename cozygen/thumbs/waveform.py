"""The picture of a sound: its cover, else its loudness over time.

Of the poster worker; nothing else imports it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from cozygen.thumbs.containers import MediaError
from cozygen.thumbs.frames import ClipFacts, Still, facts_of, is_cover, prepare, upright

Samples = NDArray[np.float32]
_RATE: Final = 8000
_BARS: Final = 48
# What is drawn of a long sound: as much as decodes in a moment, from its beginning.
_LONGEST_S: Final = 15 * 60
# Middle gray, seen on a light and on a dark ground.
_BAR: Final = (128, 128, 128, 255)
_QUIETEST: Final = 0.02


def sound_still(container: InputContainer, box: int, max_pixels: int) -> tuple[Still, ClipFacts]:
    """The cover of an album, else a waveform. Raises MediaError and PyAV's errors."""
    facts = facts_of(container)
    cover = _cover(container, 2 * box, max_pixels)
    if cover is not None:
        return cover, facts
    if not container.streams.audio:
        raise MediaError("undecodable", "This file holds neither pictures nor sound.")
    samples = _samples(container, container.streams.audio[0])
    facts = facts if facts.duration else ClipFacts(duration=len(samples) / _RATE)
    return draw(loudness(samples), box), facts


def _cover(container: InputContainer, box: int, max_pixels: int) -> Still | None:
    for stream in container.streams.video:
        if is_cover(stream):
            try:
                prepare(stream, max_pixels)
                frame = next(container.decode(stream), None)
            except (av.FFmpegError, MediaError):
                return None
            finally:
                container.seek(0)
            return upright(frame, stream, box) if frame is not None else None
    return None


def _samples(container: InputContainer, stream: AudioStream) -> Samples:
    """The sound as one channel of a low rate, from -1 to 1."""
    stream.codec_context.thread_count = 1
    low = AudioResampler(format="flt", layout="mono", rate=_RATE)
    parts: list[Samples] = []
    total = 0
    for frame in _frames(container, stream):
        for made in low.resample(frame):
            parts.append(made.to_ndarray().reshape(-1).astype(np.float32, copy=False))
            total += made.samples
        if total >= _LONGEST_S * _RATE:
            break
    if not parts:
        raise MediaError("undecodable", "The sound cannot be read.")
    return np.concatenate(parts)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Frames up to the first one that is broken: what was heard is drawn."""
    frames = iter(container.decode(stream))
    yield from islice(frames, 1)
    try:
        yield from frames
    except av.FFmpegError:
        return


def loudness(samples: Samples) -> list[float]:
    """The loudness of equal parts, the loudest being 1."""
    parts = np.array_split(np.nan_to_num(samples), _BARS)
    levels = [math.sqrt(float(np.mean(np.square(part)))) if len(part) else 0.0 for part in parts]
    loudest = max(levels)
    return [level / loudest if loudest > 0 else 0.0 for level in levels]


def draw(levels: list[float], box: int) -> Still:
    """Bars around the middle line of a transparent square."""
    picture: NDArray[np.uint8] = np.zeros((box, box, 4), np.uint8)
    step = box * 0.8 / len(levels)
    for number, level in enumerate(levels):
        left = round(box * 0.1 + number * step)
        half = max(1, round(box * 0.3 * max(level, _QUIETEST)))
        picture[box // 2 - half : box // 2 + half, left : left + max(1, round(step * 0.6))] = _BAR
    return Still(picture.tobytes(), box, box, 4)
