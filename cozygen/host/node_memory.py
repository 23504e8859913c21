"""What CozyGen keeps of every file that its output nodes write: the thumbnail, and which run made it."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Future

from cozygen.errors import CozyGenError
from cozygen.node_types.arrays import Bytes
from cozygen.node_types.node_host import SavedFile
from cozygen.runs.prompt_raw import PromptRawStore
from cozygen.thumbs.place import Place
from cozygen.thumbs.service import Thumbs
from cozygen.thumbs.variant import Variant
from cozygen_core import CoreError

log = logging.getLogger(__name__)
ROOT = "output"


class NodeMemory:
    """Called on ComfyUI's worker thread. A failure here never fails a run: the file itself is safe."""

    def __init__(self, thumbs: Thumbs, prompt_raw: PromptRawStore, loop: asyncio.AbstractEventLoop) -> None:
        self._thumbs = thumbs
        self._prompt_raw = prompt_raw
        self._loop = loop

    def wrote(self, file: SavedFile, pixels: Bytes) -> None:
        """Make the thumbnail from the pixels at hand, so that the gallery need not decode the file."""
        height, width, channels = pixels.shape
        place = Place(ROOT, file.subfolder, file.path.name)
        try:
            self._thumbs.remember_pixels(place, pixels.tobytes(), (width, height), channels, Variant())
        except (CozyGenError, CoreError, OSError, ValueError) as problem:
            log.warning("no thumbnail of %r was kept: %s", file.path.name, problem)

    def saved(self, files: list[SavedFile]) -> None:
        """Remember the run of each file, for its prompt as it was typed."""
        for file in files:
            if file.prompt_id is not None:
                self._record(file, file.prompt_id)

    def _record(self, file: SavedFile, prompt_id: str) -> None:
        try:
            state = file.path.stat()
        except OSError as problem:
            log.warning("%r vanished before it was recorded: %s", file.path.name, problem.strerror)
            return
        recorded = asyncio.run_coroutine_threadsafe(
            self._prompt_raw.record(
                file.subfolder, file.path.name, prompt_id, mtime_ns=state.st_mtime_ns, size=state.st_size
            ),
            self._loop,
        )
        recorded.add_done_callback(_say_failure)


def _say_failure(recorded: Future[None]) -> None:
    problem = None if recorded.cancelled() else recorded.exception()
    if problem is not None:
        log.warning("the prompt of a file was not recorded: %s", problem)
