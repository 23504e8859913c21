"""Keeps the usage fresh: read again in the background when the lists or the library changed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Final

from cozygen.tags.library import Loaded, TagLibrary
from cozygen.tags.usage import Usage, read_usage
from cozygen_core import TagMask

Prompts = Callable[[], Iterable[str]]

# Reading again rests so many times as long as it took: one per cent of a core at most.
REST: Final = 100


def no_prompts() -> Iterable[str]:
    """Of a library that has none."""
    return ()


class OwnUse:
    """What the owner uses. `prompts` is called in a thread and yields the newest first."""

    def __init__(
        self, library: TagLibrary, prompts: Prompts = no_prompts, *, refresh_s: float = 60.0
    ) -> None:
        self._library = library
        self._prompts = prompts
        self._refresh_s = refresh_s
        self._usage = Usage()
        self._counts: dict[str, int] = {}
        self._generation = 0
        self._again = float("-inf")
        self._task: asyncio.Task[None] | None = None

    def counts(self, loaded: Loaded) -> dict[str, int]:
        """Counts by tag as last read; never waits, but may begin to read again."""
        stale = time.monotonic() > self._again or self._generation != loaded.generation
        if stale and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._refresh(loaded))
        return self._counts

    async def usage(self, loaded: Loaded) -> Usage:
        """The usage; the first question waits for it."""
        self.counts(loaded)
        if self._generation != loaded.generation and self._task is not None:
            await asyncio.shield(self._task)
        return self._usage

    async def mask(self, loaded: Loaded) -> TagMask:
        """The used tags as a set of the index."""
        names = list((await self.usage(loaded)).counts)
        return await self._library.in_thread(lambda: loaded.index.mask(names))

    async def _refresh(self, loaded: Loaded) -> None:
        start = time.monotonic()
        # A thread of its own: the library's answer searches.
        usage = await asyncio.to_thread(lambda: read_usage(self._prompts(), loaded.index))
        took = time.monotonic() - start
        self._usage, self._counts = usage, usage.counts
        self._generation = loaded.generation
        self._again = start + max(self._refresh_s, REST * took)
