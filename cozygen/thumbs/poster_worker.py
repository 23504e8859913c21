"""`python -m cozygen.thumbs.poster_worker`: opens what may crash or hang a decoder.

Reads one request per line from stdin, answers on stdout with one line of JSON
and the bytes that it announces; ends with its stdin. Whoever started it ends it
when an answer takes too long. A crash costs the one file that it worked on.

Request: `{"task", "path" (hex), "box" (pixels), "format", "max_pixels", "cpu_s"}`;
beyond `cpu_s` seconds of work the process ends itself.
Answer: `{"bytes": n, "facts": {…}, "pixels": [width, height, channels]?}`, or
`{"bytes": 0, "error": code, "message"}`.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import cozygen_core

READY: Final = b"ready\n"
# Data of this process; a file that wants more is broken or hostile.
MEMORY_BYTES: Final = 1 << 30

Answer = tuple[dict[str, Any], bytes]


class MissingError(Exception):
    """PyAV, or a part of it, is not installed."""


def main() -> int:
    """Answer until stdin ends."""
    _stay_modest()
    answers = _take_stdout()
    with contextlib.suppress(MissingError):
        _media()  # loaded before the clock runs
    answers.write(READY)
    answers.flush()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _end_after(request["cpu_s"])
        header, body = _answer(request)
        _end_after(0)
        answers.write(json.dumps({**header, "bytes": len(body)}).encode() + b"\n" + body)
        answers.flush()
    return 0


def _stay_modest() -> None:
    cozygen_core.lower_thread_priority()
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_after(seconds: float) -> None:
    """Of CPU, so that a file is not blamed for a busy machine; 0 for never. Windows has no such clock."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _take_stdout() -> BinaryIO:
    """The pipe for answers; what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _answer(request: Mapping[str, Any]) -> Answer:
    work = _TASKS[request["task"]]
    path = Path(os.fsdecode(bytes.fromhex(request["path"])))
    try:
        return work(path, request)
    except MissingError as error:
        return _refusal("decoder_missing", str(error))
    except (cozygen_core.CoreError, OSError, MemoryError, ValueError) as error:
        # PyAV's errors are OSError or ValueError too.
        return _refusal(*_named(error))


def _refusal(code: str, message: str) -> Answer:
    return {"error": code, "message": message}, b""


def _named(error: Exception) -> tuple[str, str]:
    if isinstance(error, cozygen_core.UnsupportedFormatError):
        return "unsupported_format", "There is no decoder for this kind of file."
    if isinstance(error, cozygen_core.TooLargeError | MemoryError):
        return "too_large", "it needs too much memory"
    if isinstance(error, FileNotFoundError):
        return "not found", "There is no such file."
    if isinstance(error, PermissionError):
        return "unreadable", "The file cannot be read."
    return "undecodable", "The file is broken."


def _poster(path: Path, request: Mapping[str, Any]) -> Answer:
    """A still of a clip, a sound, or a picture that only Pillow reads."""
    box, limit = int(request["box"]), int(request["max_pixels"])
    answer: Answer = _media().still(path, box, limit)
    return answer


def _clip(path: Path, request: Mapping[str, Any]) -> Answer:
    """The preview clip."""
    box, limit = int(request["box"]), int(request["max_pixels"])
    answer: Answer = _media().clip(path, box, limit)
    return answer


def _media() -> Any:
    """What needs PyAV. Raises MissingError."""
    try:
        from cozygen.thumbs import moving_media
    except ImportError as error:
        raise MissingError(f"{error.name or 'av'} is not installed (pip install av).") from error
    return moving_media


def _picture(path: Path, request: Mapping[str, Any]) -> Answer:
    """A picture that ended the server once."""
    thumb = cozygen_core.thumbnail(
        path, int(request["box"]), format=request["format"], max_pixels=int(request["max_pixels"])
    )
    facts = {"width": thumb.source_width, "height": thumb.source_height}
    return {"facts": facts, "hash": thumb.thumbhash.hex()}, thumb.data


_TASKS: Final[dict[str, Callable[[Path, Mapping[str, Any]], Answer]]] = {
    "poster": _poster,
    "clip": _clip,
    "picture": _picture,
}

if __name__ == "__main__":
    raise SystemExit(main())
