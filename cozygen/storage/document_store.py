"""All documents of one data folder: made, loaded at start, listened to, closed together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from cozygen.errors import CozyGenError
from cozygen.storage import data_dir
from cozygen.storage.document_file import Change
from cozygen.storage.document_format import DocumentFormat
from cozygen.storage.document_notices import Notify
from cozygen.storage.json_document import JsonDocument

log = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 3.0
_THREADS: Final = 8


class DocumentStore:
    """The documents of a data folder by name, in the order they were added."""

    def __init__(self, folder: Path, notify: Notify) -> None:
        self.folder = folder
        self._notify = notify
        # Own threads: documents must not wait behind thumbnails.
        self._executor = ThreadPoolExecutor(_THREADS, "cozygen-storage")
        self._documents: dict[str, JsonDocument] = {}
        self._listeners: list[Callable[[JsonDocument, Change], None]] = []
        self._looking: asyncio.Task[None] | None = None

    def add(self, form: DocumentFormat) -> JsonDocument:
        """The document of that format; nothing is read yet."""
        document = JsonDocument(form, self.folder, self._notify, executor=self._executor)
        document.on_change(self._tell)
        self._documents[form.name] = document
        return document

    def __iter__(self) -> Iterator[JsonDocument]:
        return iter(self._documents.values())

    def get(self, name: str) -> JsonDocument | None:
        """The document of that name."""
        return self._documents.get(name)

    def on_change(self, listener: Callable[[JsonDocument, Change], None]) -> None:
        """Call `listener` after a change of any document, ours or by another hand."""
        self._listeners.append(listener)

    def _tell(self, document: JsonDocument, change: Change) -> None:
        for listener in self._listeners:
            listener(document, change)

    async def start(self) -> None:
        """Make the folder, load everything (so that trouble is told at once) and look for hand edits."""
        await asyncio.get_running_loop().run_in_executor(
            self._executor, data_dir.prepare, self.folder, self._notify
        )
        await self._look()
        self._looking = asyncio.create_task(self._keep_looking())

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            await self._look()

    async def _look(self) -> None:
        for document in self:
            try:
                await document.read()
            except CozyGenError as error:
                log.warning("%s: %s", document.form.file_name, error)

    async def close(self) -> None:
        """Stop looking and wait for writes that are under way."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            self._looking = None
        for document in self:
            await document.close()
        self._executor.shutdown(wait=False)
