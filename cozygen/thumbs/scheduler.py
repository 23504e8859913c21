"""One decode for any number of requests, in the order in which people look.

What someone looks at comes before the background, the newest request before
older ones; a request whose client is gone is not begun. A decode that hangs
(a network share) stops counting as a worker after a while, so that the others
go on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from cozygen.thumbs.errors import QueueFullError, TooSlowError

T = TypeVar("T")
Wanted = Callable[[], bool]

# After this long a running decode no longer keeps a worker's place.
STUCK_AFTER_S: Final = 10.0
_MOST_STUCK: Final = 16
# After this long, those who wait for it are told; it may still end and be kept.
GIVE_UP_AFTER_S: Final = 30.0


@dataclass(eq=False)
class Job(Generic[T]):
    """One piece of work and everyone who waits for it."""

    key: str
    work: Callable[[], T]
    future: asyncio.Future[T]
    waiters: list[Wanted] = field(default_factory=list)
    started: bool = False
    stuck: bool = False

    def is_wanted(self) -> bool:
        """Whether anyone still waits."""
        return any(wanted() for wanted in self.waiters)


def always() -> bool:
    """The wish of someone who stays."""
    return True


class Scheduler(Generic[T]):
    """Runs jobs in `threads`, at most `workers` at once; used from the event loop only."""

    def __init__(self, threads: Executor, *, workers: int, queue_limit: int = 512) -> None:
        self._threads = threads
        self._workers = workers
        self._queue_limit = queue_limit
        self._jobs: dict[str, Job[T]] = {}
        self._visible: deque[Job[T]] = deque()
        self._background: deque[Job[T]] = deque()
        self._running = 0
        self._running_background = 0
        self._stuck = 0
        self.may_run_background: Callable[[], bool] = always

    @property
    def waiting(self) -> int:
        """Jobs that have not begun."""
        return sum(not job.started for job in self._jobs.values())

    @property
    def is_idle(self) -> bool:
        """Whether nobody looks at anything that is not there yet."""
        return not self._visible and self._running == self._running_background

    async def run(
        self, key: str, work: Callable[[], T], *, wanted: Wanted = always, background: bool = False
    ) -> T:
        """The result of `work`, which runs once for all who ask with the same key.

        Raises QueueFullError when too many wait, and whatever `work` raises.
        """
        job = self._jobs.get(key)
        if job is None:
            job = self._new(key, work, background)
        elif not background and not job.started:
            # Whoever looks now goes first.
            self._visible.append(job)
        job.waiters.append(wanted)
        self._pump()
        try:
            return await asyncio.shield(job.future)
        finally:
            job.waiters.remove(wanted)

    def _new(self, key: str, work: Callable[[], T], background: bool) -> Job[T]:
        if not background and len(self._visible) >= self._queue_limit:
            self._forget_unwanted()
            if len(self._visible) >= self._queue_limit:
                raise QueueFullError
        job = Job(key, work, asyncio.get_running_loop().create_future())
        self._jobs[key] = job
        (self._background if background else self._visible).append(job)
        return job

    def _forget_unwanted(self) -> None:
        kept = [job for job in self._visible if not job.started and job.is_wanted()]
        for job in self._visible:
            if not job.started and not job.is_wanted():
                self._drop(job)
        self._visible = deque(kept)

    def _drop(self, job: Job[T]) -> None:
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        job.future.cancel()

    def _pump(self) -> None:
        while self._running - self._stuck < self._workers:
            job, background = self._next()
            if job is None:
                return
            self._start(job, background)

    def poke(self) -> None:
        """Look again whether background work may run."""
        self._pump()

    def _next(self) -> tuple[Job[T] | None, bool]:
        while self._visible:
            job = self._visible.pop()
            if self._is_ready(job):
                return job, False
        half = max(1, self._workers // 2)
        while self._background and self._running_background < half and self.may_run_background():
            job = self._background.popleft()
            if self._is_ready(job):
                return job, True
        return None, False

    def _is_ready(self, job: Job[T]) -> bool:
        if job.started or self._jobs.get(job.key) is not job:
            return False
        if job.is_wanted():
            return True
        self._drop(job)
        return False

    def _start(self, job: Job[T], background: bool) -> None:
        loop = asyncio.get_running_loop()
        job.started = True
        self._running += 1
        self._running_background += background
        done = loop.run_in_executor(self._threads, job.work)
        timers = (
            loop.call_later(STUCK_AFTER_S, self._mark_stuck, job),
            loop.call_later(GIVE_UP_AFTER_S, _give_up, job),
        )
        done.add_done_callback(lambda result: self._finish(job, result, timers, background))

    def _mark_stuck(self, job: Job[T]) -> None:
        if self._stuck < _MOST_STUCK:
            job.stuck = True
            self._stuck += 1
            self._pump()

    def _finish(
        self,
        job: Job[T],
        result: asyncio.Future[T],
        timers: tuple[asyncio.TimerHandle, ...],
        background: bool,
    ) -> None:
        for timer in timers:
            timer.cancel()
        self._running -= 1
        self._running_background -= background
        self._stuck -= job.stuck
        if self._jobs.get(job.key) is job:
            del self._jobs[job.key]
        _pass_on(result, job.future)
        self._pump()


def _give_up(job: Job[T]) -> None:
    if not job.future.done():
        job.future.set_exception(TooSlowError("The file cannot be read at the moment; try again later."))
        # Whoever asks while it still hangs is told at once; nobody may be there now.
        job.future.exception()


def _pass_on(result: asyncio.Future[T], to: asyncio.Future[T]) -> None:
    if to.done():
        if not result.cancelled():
            result.exception()  # heard
        return
    if result.cancelled():
        to.cancel()
        return
    error = result.exception()
    if error is None:
        to.set_result(result.result())
        return
    to.set_exception(error)
    # Nobody may be waiting any more: that is no unheard error.
    to.exception()
