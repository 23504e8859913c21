"""Makes thumbnails ahead, newest first, where nobody waits for them; may be paused and watched."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from cozygen.errors import CozyGenError, NotFoundError
from cozygen.thumbs.place import Place

log = logging.getLogger(__name__)

State = Literal["off", "running", "waiting", "paused", "done", "full"]
# Enough to keep the background's share of the workers busy.
_AT_ONCE: Final = 4
# How often it looks whether the server is still busy, and tells how far it is.
LOOK_EVERY_S: Final = 0.5
TELL_EVERY_S: Final = 1.0


@dataclass(frozen=True)
class Batch:
    """Some files of a library, and how many it has in all."""

    places: list[Place]
    total: int


Library = Callable[[], AsyncIterator[Batch]]


@dataclass
class Progress:
    """`done` of `total` were looked at, of which `made` had no thumbnail and `failed` cannot have one."""

    state: State = "off"
    only_when_idle: bool = True
    done: int = 0
    total: int = 0
    made: int = 0
    failed: int = 0
    per_second: float = 0.0
    started: float = field(default=0.0, repr=False)

    def as_json(self) -> dict[str, Any]:
        """What people are told."""
        told = asdict(self)
        del told["started"]
        return told


class Warming:
    """`warm` makes one unless it is there, once `poke` was called while `may_go`. Of one loop.

    `busy` says whether a prompt runs or somebody looks at pictures, `full` whether
    the cache has no more room.
    """

    def __init__(
        self,
        library: Library,
        warm: Callable[[Place], Awaitable[bool]],
        *,
        busy: Callable[[], bool],
        full: Callable[[], bool],
        tell: Callable[[dict[str, Any]], None],
        poke: Callable[[], None],
    ) -> None:
        self._library, self._warm = library, warm
        self._busy, self._full, self._tell = busy, full, tell
        self._poke = poke
        self._task: asyncio.Task[None] | None = None
        self._paused = False
        self._told = 0.0
        self.progress = Progress()

    def may_go(self) -> bool:
        """Whether background work may start now."""
        return not self._paused and not (self.progress.only_when_idle and self._busy())

    def start(self, *, only_when_idle: bool = True) -> None:
        """Begin with the newest file; where it runs already only the wish is taken over."""
        self._paused = False
        self.progress.only_when_idle = only_when_idle
        if self._task is None or self._task.done():
            self.progress = Progress("running", only_when_idle, started=time.monotonic())
            self._task = asyncio.create_task(self._run(), name="cozygen-warming")
        self._say()

    def pause(self) -> None:
        """Rest until `start`; what is being made is finished."""
        if self._task is not None and not self._task.done():
            self._paused = True
            self._enter("paused")

    async def stop(self) -> None:
        """Give up; what was made stays."""
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            self._enter("off")

    def _enter(self, state: State) -> None:
        if self.progress.state != state:
            self.progress.state = state
            self._say()

    def _say(self) -> None:
        self._told = time.monotonic()
        self._tell(self.progress.as_json())

    async def _run(self) -> None:
        queue: asyncio.Queue[Place] = asyncio.Queue(_AT_ONCE)
        workers = [asyncio.create_task(self._work(queue)) for _ in range(_AT_ONCE)]
        workers.append(asyncio.create_task(self._watch()))
        try:
            async for batch in self._library():
                self.progress.total = batch.total
                for place in batch.places:
                    await queue.put(place)
                if self._full():
                    break
            await queue.join()
            self._enter("full" if self._full() else "done")
        except CozyGenError as error:
            log.warning("thumbnails are not made ahead: %s", error.message)
            self._enter("off")
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _watch(self) -> None:
        """Wake what waits for its turn."""
        while True:
            if self.may_go():
                self._enter("running")
                self._poke()
            else:
                self._enter("paused" if self._paused else "waiting")
            await asyncio.sleep(LOOK_EVERY_S)

    async def _work(self, queue: asyncio.Queue[Place]) -> None:
        while True:
            place = await queue.get()
            try:
                was_made = await self._warm(place)  # apart: others count meanwhile
                self.progress.made += was_made
            except NotFoundError:
                pass  # gone since it was listed
            except CozyGenError:
                self.progress.failed += 1
            finally:
                queue.task_done()
            self._count()

    def _count(self) -> None:
        self.progress.done += 1
        spent = time.monotonic() - self.progress.started
        self.progress.per_second = round(self.progress.done / spent, 1) if spent > 0 else 0.0
        if time.monotonic() - self._told > TELL_EVERY_S:
            self._say()
