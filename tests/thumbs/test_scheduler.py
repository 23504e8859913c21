"""Who gets a thumbnail first, who waits, and what is not begun at all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cozygen.thumbs import scheduler as module
from cozygen.thumbs.errors import QueueFullError, TooSlowError
from cozygen.thumbs.scheduler import Scheduler


class Desk:
    """A scheduler of one worker that can be held up, and the order in which it worked."""

    def __init__(self, workers: int = 1, queue_limit: int = 512) -> None:
        self.threads = ThreadPoolExecutor(32)
        self.scheduler: Scheduler[str] = Scheduler(self.threads, workers=workers, queue_limit=queue_limit)
        self.gate = threading.Event()
        self.order: list[str] = []

    def work(self, name: str) -> Callable[[], str]:
        def run() -> str:
            self.order.append(name)
            return name

        return run

    def held(self) -> str:
        self.gate.wait(30)
        return "held"

    async def hold(self) -> asyncio.Task[str]:
        """Keep the worker busy until the gate opens."""
        task = asyncio.create_task(self.scheduler.run("held", self.held))
        await asyncio.sleep(0)
        return task

    def ask(self, name: str, **options: object) -> asyncio.Task[str]:
        return asyncio.create_task(self.scheduler.run(name, self.work(name), **options))  # type: ignore[arg-type]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    made = Desk()
    yield made
    made.gate.set()
    made.threads.shutdown()


async def test_the_newest_wish_goes_first_and_the_background_last(desk: Desk) -> None:
    held = await desk.hold()
    tasks = [desk.ask("background", background=True), desk.ask("old"), desk.ask("new")]
    await asyncio.sleep(0)
    desk.gate.set()
    await asyncio.gather(held, *tasks)
    assert desk.order == ["new", "old", "background"]


async def test_somebody_looks_at_what_waits_in_the_background(desk: Desk) -> None:
    held = await desk.hold()
    tasks = [desk.ask(name, background=True) for name in ("one", "two")]
    await asyncio.sleep(0)
    tasks.append(desk.ask("two"))
    await asyncio.sleep(0)
    desk.gate.set()
    assert await asyncio.gather(held, *tasks) == ["held", "one", "two", "two"]
    assert desk.order == ["two", "one"]


async def test_what_nobody_waits_for_any_more_is_not_begun(desk: Desk) -> None:
    held = await desk.hold()
    there = [True]
    gone, kept = desk.ask("gone", wanted=lambda: there[0]), desk.ask("kept")
    given_up = desk.ask("given up")
    await asyncio.sleep(0)
    there[0] = False
    given_up.cancel()
    desk.gate.set()
    await asyncio.gather(held, kept)
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert desk.order == ["kept"]
    assert desk.scheduler.waiting == 0


async def test_a_thousand_wishes_are_one_job(desk: Desk) -> None:
    held = await desk.hold()
    tasks = [desk.ask("same") for _ in range(1000)]
    await asyncio.sleep(0)
    desk.gate.set()
    assert set(await asyncio.gather(*tasks)) == {"same"}
    assert desk.order == ["same"]
    await held


async def test_one_who_leaves_does_not_take_the_job_from_the_others(desk: Desk) -> None:
    held = await desk.hold()
    first, second = desk.ask("same"), desk.ask("same")
    await asyncio.sleep(0)
    first.cancel()
    desk.gate.set()
    assert await second == "same"
    await held


async def test_a_full_queue_refuses_unless_somebody_has_left() -> None:
    desk = Desk(queue_limit=2)
    held = await desk.hold()
    there = [True]
    waiting = [desk.ask("a", wanted=lambda: there[0]), desk.ask("b")]
    await asyncio.sleep(0)
    with pytest.raises(QueueFullError) as refused:
        await desk.scheduler.run("c", desk.work("c"))
    assert refused.value.headers["Retry-After"] == "1"
    there[0] = False
    waiting.append(desk.ask("d"))
    await asyncio.sleep(0)
    desk.gate.set()
    await asyncio.gather(held, *waiting[1:])
    assert desk.order == ["d", "b"]
    desk.threads.shutdown()


async def test_background_work_takes_half_of_the_workers_and_may_be_held_back() -> None:
    desk = Desk(workers=4)
    desk.scheduler.may_run_background = lambda: desk.gate.is_set()
    running: set[str] = set()
    most = [0]

    def work(name: str) -> Callable[[], str]:
        def run() -> str:
            running.add(name)
            most[0] = max(most[0], len(running))
            threading.Event().wait(0.02)
            running.discard(name)
            return name

        return run

    names = [str(number) for number in range(8)]
    tasks = [asyncio.create_task(desk.scheduler.run(name, work(name), background=True)) for name in names]
    await asyncio.sleep(0.1)
    assert most == [0], "a prompt runs"
    desk.gate.set()
    desk.scheduler.poke()
    await asyncio.gather(*tasks)
    assert most == [2]
    desk.threads.shutdown()


async def test_i_71_a_file_on_a_share_that_hangs_does_not_stop_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STUCK_AFTER_S", 0.05)
    monkeypatch.setattr(module, "GIVE_UP_AFTER_S", 0.2)
    held = await desk.hold()
    assert await desk.ask("other") == "other"
    with pytest.raises(TooSlowError):
        await held
    again = asyncio.create_task(desk.scheduler.run("held", desk.work("twice")))
    with pytest.raises(TooSlowError):
        await again
    assert desk.order == ["other"], "it hangs still and is not tried twice"
    desk.gate.set()
    for _ in range(200):
        await asyncio.sleep(0.01)
        if "held" not in desk.scheduler._jobs:
            break
    assert await desk.scheduler.run("held", desk.work("mended")) == "mended"
