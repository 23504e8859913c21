"""The compiled index that serves, and its replacement in the background.

The index is mapped from a cache beside the lists. When a list changes, a new
one is built in a thread while the old one goes on serving. A missing or broken
list is a sentence in the health report; nothing here makes a request fail.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from cozygen.health import Part
from cozygen.storage.document_notices import Notify
from cozygen.storage.json_document import JsonDocument
from cozygen.tags.imports import ListReport, check_list
from cozygen.tags.lists import (
    CHOICES,
    FOLDER,
    LIST_BYTES,
    MAX_LISTS,
    TagList,
    find_lists,
    fingerprint,
    packed_lists,
)
from cozygen_core import CoreError, TagIndex, TagListReport, TagProgress

log = logging.getLogger(__name__)
Result = TypeVar("Result")

CACHE_NAME: Final = ".compiled.tags"


@dataclass(frozen=True)
class Loaded:
    """An index and the lists that it was built from."""

    index: TagIndex
    lists: tuple[TagList, ...]
    generation: int

    def report_of(self, entry: TagList) -> TagListReport | None:
        """What became of a list; None for one that is switched off."""
        return next((report for report in self.index.reports() if report.label == entry.label), None)


class TagLibrary:
    """Finds, compiles and swaps. Use it from one event loop."""

    def __init__(
        self,
        data: Callable[[], Path],
        notify: Notify,
        *,
        recheck_s: float = 2.0,
        first_wait_s: float = 10.0,
        list_bytes: int = LIST_BYTES,
    ) -> None:
        self._data = data
        self._notify = notify
        self._recheck_s = recheck_s
        self._first_wait_s = first_wait_s
        self._list_bytes = list_bytes
        self._choices: JsonDocument | None = None
        self._loaded: Loaded | None = None
        self._error = ""
        self._checked = float("-inf")
        self._building = False
        self._progress = TagProgress()
        self._checking: TagProgress | None = None
        self._packed: list[str] = []
        self._task: asyncio.Task[None] | None = None
        # Two: one builds while the other answers.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="tags")
        self._on_change: list[Callable[[Loaded], None]] = []

    @property
    def state(self) -> str:
        """`ready`, `loading` (nothing to serve yet) or `building` (the old index serves)."""
        if self._loaded is None:
            return "loading" if self._task is not None and not self._task.done() else "empty"
        return "building" if self._building else "ready"

    @property
    def progress(self) -> float | None:
        """How much of an upload's check, then of the build is done, from 0 to 1; None at rest."""
        if self._checking is not None:
            return self._checking.share
        return self._progress.share if self._building else None

    async def check(self, path: Path) -> ListReport:
        """What is in a list that was sent; its progress is the library's meanwhile. Raises TagListError."""
        progress = self._checking = TagProgress()
        try:
            return await self.in_thread(
                lambda: check_list(path, list_bytes=self._list_bytes, progress=progress)
            )
        finally:
            if self._checking is progress:
                self._checking = None

    @property
    def list_bytes(self) -> int:
        """Most bytes of one list, unpacked."""
        return self._list_bytes

    def on_change(self, listener: Callable[[Loaded], None]) -> None:
        """Call `listener` with every new index."""
        self._on_change.append(listener)

    async def current(self) -> Loaded | None:
        """The index that serves; None while the first is being built, or if there is none.

        Looks at the lists again if the last look was a while ago, without waiting for it.
        """
        if time.monotonic() - self._checked > self._recheck_s:
            self.refresh()
        if self._loaded is None and self._task is not None:
            await asyncio.wait({self._task}, timeout=self._first_wait_s)
        return self._loaded

    def refresh(self) -> asyncio.Task[None]:
        """Look at the lists and rebuild if they have changed; one at a time."""
        self._checked = time.monotonic()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._refresh())
        return self._task

    async def refreshed(self) -> Loaded | None:
        """After a change of our own: wait until it is in use."""
        if self._task is not None and not self._task.done():
            await self._task
        await self.refresh()
        return self._loaded

    async def in_thread(self, call: Callable[[], Result]) -> Result:
        """Run a call into the index beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def folder(self) -> Path:
        """The data folder."""
        return self._data()

    def choices(self) -> JsonDocument:
        """What the owner decided about the lists."""
        if self._choices is None:
            self._choices = JsonDocument(CHOICES, self._data(), self._notify)
        return self._choices

    async def lists(self) -> list[TagList]:
        """All lists, enabled or not, in order of precedence."""
        choices = (await self.choices().read()).value
        return await self.in_thread(lambda: find_lists(self._data(), choices))

    async def running(self, _app: object) -> AsyncIterator[None]:
        """From start to stop of the server: begin to load at once, end tidily."""
        self.refresh()
        yield
        await self.close()

    async def close(self) -> None:
        """Stop; a build under way ends in its thread and is not waited for."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._choices is not None:
            await self._choices.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def probe(self) -> Part:
        """The entry in the health report."""
        figures: dict[str, object] = {"state": self.state}
        if self._loaded is None:
            return Part("error" if self._error else "ok", self._error or "No tag list yet.", figures)
        figures |= {"tags": len(self._loaded.index), "lists": len(self._loaded.lists)}
        broken = [report for report in self._loaded.index.reports() if report.error]
        if self._error:
            return Part("warning", self._error, figures)
        if broken:
            names = ", ".join(report.label for report in broken)
            return Part("warning", f"These tag lists could not be read: {names}.", figures)
        if self._packed:
            names = ", ".join(self._packed[:5])
            return Part("warning", f"These tag lists are packed and not read: {names}. Unpack them.", figures)
        return Part("ok", "", figures)

    async def _refresh(self) -> None:
        try:
            choices: Mapping[str, Any] = (await self.choices().read()).value
            loaded = await self.in_thread(lambda: self._load(choices))
        except (OSError, CoreError) as error:
            self._trouble(error)
            return
        self._error = ""
        if loaded is not None:
            self._loaded = loaded
            for listener in self._on_change:
                listener(loaded)

    def _trouble(self, error: Exception) -> None:
        """The old index goes on serving; the owner is told once."""
        word = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        sentence = f"The tag lists could not be loaded ({word})."
        if sentence != self._error:
            log.warning("tag lists could not be loaded: %s", error)
            self._notify("tags_not_loaded", sentence)
        self._error = sentence

    def _load(self, choices: Mapping[str, Any]) -> Loaded | None:
        """The index of the lists as they are now; None if that is the one in use. Blocking."""
        data = self._data()
        lists = tuple(entry for entry in find_lists(data, choices) if entry.enabled)[:MAX_LISTS]
        self._packed = packed_lists(data)
        mark = fingerprint(lists)
        if self._loaded is not None and self._loaded.index.fingerprint == mark:
            return None
        self._building, self._progress = True, TagProgress()
        try:
            index = self._open(data, mark) or self._build(data, lists, mark)
        finally:
            self._building = False
        generation = self._loaded.generation + 1 if self._loaded else 1
        return Loaded(index, lists, generation)

    def _open(self, data: Path, mark: str) -> TagIndex | None:
        try:
            index = TagIndex.open(data / FOLDER / CACHE_NAME)
        except FileNotFoundError:
            return None
        except (CoreError, OSError) as error:
            log.info("the compiled tag list is built again: %s", error)
            return None
        return index if index.fingerprint == mark else None

    def _build(self, data: Path, lists: tuple[TagList, ...], mark: str) -> TagIndex:
        sources = [(entry.path, entry.label, entry.scheme) for entry in lists]
        build = partial(
            TagIndex.build,
            sources,
            fingerprint=mark,
            list_bytes=self._list_bytes,
            progress=self._progress,
        )
        try:
            (data / FOLDER).mkdir(parents=True, exist_ok=True)
            return build(cache_path=data / FOLDER / CACHE_NAME)
        except OSError as error:
            # A read-only or full disk: serve from memory.
            log.info("the compiled tag list cannot be kept: %s", os.strerror(error.errno or 0))
            return build()
