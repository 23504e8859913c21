"""Thumbnails of clips and sounds: a worker process reads the file, the core makes the picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import cozygen_core
from cozygen.errors import CozyGenError, ForbiddenError, NotFoundError
from cozygen.thumbs.errors import (
    DecoderMissingError,
    NoDecoderError,
    PictureTooLargeError,
    TooSlowError,
    UndecodableError,
)
from cozygen.thumbs.made import Made
from cozygen.thumbs.poster_process import (
    Answer,
    PosterProcesses,
    WorkerDiedError,
    WorkerSlowError,
    path_word,
)
from cozygen.thumbs.source import Source
from cozygen.thumbs.variant import Variant

# Seconds of work, and seconds on the clock: a busy machine is no broken file.
POSTER_CPU_S: Final = 3.0
CLIP_CPU_S: Final = 20.0
WITHIN_S: Final = 25.0
_KINDS: Final = {kind.code: kind for kind in (UndecodableError, NoDecoderError)}


class MovingPictures:
    """Blocking; for the threads of the scheduler. No process runs before the first clip."""

    def __init__(self, max_pixels: int) -> None:
        self.processes = PosterProcesses()
        self._max_pixels = max_pixels

    def make(self, source: Source, variant: Variant) -> Made:
        """A still, or the preview clip, of a file that the core does not read.

        Raises the errors of `cozygen.thumbs.errors`, NotFoundError, ForbiddenError.
        """
        if variant.is_clip:
            answer = self._ask("clip", source, variant, CLIP_CPU_S)
            return _made(answer, answer.body, b"")
        answer = self._ask("poster", source, variant, POSTER_CPU_S)
        width, height, channels = answer.header["pixels"]
        thumb = cozygen_core.thumbnail_from_pixels(
            answer.body, width, height, channels, variant.width, format=variant.format
        )
        return _made(answer, thumb.data, thumb.thumbhash)

    def make_apart(self, source: Source, variant: Variant) -> Made:
        """The thumbnail of a picture that ended the server once, by a process that may end instead."""
        answer = self._ask("picture", source, variant, POSTER_CPU_S)
        return _made(answer, answer.body, bytes.fromhex(answer.header["hash"]))

    def _ask(self, task: str, source: Source, variant: Variant, cpu_s: float) -> Answer:
        request = {
            "task": task,
            "path": path_word(source.path),
            "box": variant.width,
            "format": variant.format,
            "max_pixels": self._max_pixels,
            "cpu_s": cpu_s,
        }
        try:
            answer = self.processes.ask(request, WITHIN_S)
        except WorkerSlowError as error:
            raise TooSlowError(str(error)) from error
        except WorkerDiedError as error:
            if self.processes.closed:
                # Says nothing about the file.
                raise TooSlowError("The server is stopping.") from error
            raise UndecodableError(str(error)) from error
        if "error" in answer.header:
            raise _error_of(answer.header)
        return answer

    def close(self) -> None:
        """End the processes."""
        self.processes.close()


def _error_of(header: Mapping[str, Any]) -> CozyGenError:
    code, message = str(header["error"]), str(header["message"])
    if code == "decoder_missing":
        return DecoderMissingError(f"Clips cannot be shown: {message}")
    if code == "too_large":
        limit = {"setting": "COZYGEN_MAX_PIXELS"}
        return PictureTooLargeError(f"The file is too large: {message}.", details=limit)
    if code == "not found":
        return NotFoundError(message)
    if code == "unreadable":
        return ForbiddenError(message, code=code)
    return _KINDS.get(code, UndecodableError)(message)


def _made(answer: Answer, data: bytes, thumbhash: bytes) -> Made:
    facts = answer.header["facts"]
    return Made(
        data,
        thumbhash,
        facts["width"],
        facts["height"],
        facts.get("duration", 0.0),
        facts.get("fps", 0.0),
    )
