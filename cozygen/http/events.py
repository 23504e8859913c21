"""One place where things that happened are told to everybody who listens.

Events are numbered across all topics. A listener that comes back with the last
number it saw gets what it missed, or one `reset` when that is no longer known.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cozygen.errors import NotReadyError

KEPT_EVENTS: Final = 1024
QUEUE_LENGTH: Final = 64
MOST_LISTENERS: Final = 1024


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: its number, topic, name and plain data."""

    id: str
    topic: str
    name: str
    data: Mapping[str, Any]
    latest: bool = False
    """Whether it only tells how things are now, so that a newer one of its name makes it pointless."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What one listener is sent; a frame without a name reaches `onmessage`."""

    name: str | None
    data: Mapping[str, Any]
    id: str = ""


def _same_run(one: Event, other: Event) -> bool:
    return one.data.get("run_id") == other.data.get("run_id")


View = Callable[[Event], Frame | None]


def as_named(event: Event) -> Frame:
    """Every event under its own name."""
    return Frame(event.name, event.data)


class Listener:
    """One open stream: a bounded queue that a slow reader overflows into a reset."""

    def __init__(self, topics: frozenset[str], view: View) -> None:
        self.topics = topics
        self._view = view
        # A list, short as it is: an empty deque of each of many idle streams takes ten times its memory.
        self._waiting: list[Event] = []
        self._sleeper: asyncio.Future[None] | None = None
        self._closed = False

    def offer(self, event: Event) -> None:
        """Queue an event of a topic that is listened to."""
        if event.topic not in self.topics or self._takes_place_of_older(event):
            return
        if len(self._waiting) >= QUEUE_LENGTH:
            self._waiting.clear()
            event = Event(event.id, event.topic, "reset", {"reason": "too slow"})
        self._waiting.append(event)
        self._wake()

    def _takes_place_of_older(self, event: Event) -> bool:
        """A slow reader gets only the newest of what merely says how things are."""
        if event.latest:
            for place, older in enumerate(self._waiting):
                if older.name == event.name and older.topic == event.topic and _same_run(older, event):
                    del self._waiting[place]
                    self._waiting.append(event)
                    return True
        return False

    def close(self) -> None:
        """Let the stream end."""
        self._closed = True
        self._wake()

    def _wake(self) -> None:
        if self._sleeper is not None and not self._sleeper.done():
            self._sleeper.set_result(None)

    async def next(self, timeout_s: float) -> Frame | None:
        """The next frame; None when none came in time. Raises StopAsyncIteration at the end."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while True:
            while self._waiting:
                event = self._waiting.pop(0)
                frame = self._view(event)
                if frame is not None:
                    return Frame(frame.name, frame.data, event.id)
            if self._closed:
                raise StopAsyncIteration
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            await self._sleep(left)

    async def _sleep(self, timeout_s: float) -> None:
        """Until there is something, or the time is up; no task is made, which idle streams would pay for."""
        loop = asyncio.get_running_loop()
        self._sleeper = loop.create_future()
        timer = loop.call_later(timeout_s, self._wake)
        try:
            await self._sleeper
        finally:
            timer.cancel()
            self._sleeper = None


class Broker:
    """Numbers events, remembers the latest, and hands them to listeners. Of one loop."""

    def __init__(self) -> None:
        # Numbers of another run of the server are told apart.
        self._run = secrets.token_hex(4)
        self._count = 0
        self._kept: deque[Event] = deque(maxlen=KEPT_EVENTS)
        self._listeners: set[Listener] = set()
        self.interest: Counter[str] = Counter()
        """How many listeners want what is costly to make, by name: `previews`."""

    @property
    def listeners(self) -> int:
        """How many streams are open."""
        return len(self._listeners)

    def publish(
        self, topic: str, name: str, data: Mapping[str, Any], *, keep: bool = True, latest: bool = False
    ) -> None:
        """Tell everybody who listens to `topic`; with `keep` also those who come back.

        With `latest` a listener that is slow gets only the newest of its name (and `run_id`).
        """
        self._count += 1
        event = Event(f"{self._run}-{self._count}", topic, name, data, latest)
        if keep:
            self._kept.append(event)
        for listener in self._listeners:
            listener.offer(event)

    def listen(self, topics: Iterable[str], *, view: View = as_named, after: str = "") -> Listener:
        """Start to listen, from the event numbered `after` on. Raises NotReadyError when too many do."""
        if len(self._listeners) >= MOST_LISTENERS:
            raise NotReadyError("Too many event streams are open.", code="too_many_streams")
        listener = Listener(frozenset(topics), view)
        for event in self._missed(after):
            listener.offer(event)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop to listen."""
        self._listeners.discard(listener)

    def close(self) -> None:
        """End all streams."""
        for listener in self._listeners:
            listener.close()

    def _missed(self, after: str) -> list[Event]:
        if not after:
            return []
        run, _, number = after.partition("-")
        known = run == self._run and number.isascii() and number.isdigit() and len(number) < 16
        oldest = int(self._kept[0].id.partition("-")[2]) if self._kept else self._count + 1
        if not known or int(number) > self._count or int(number) + 1 < oldest:
            now = f"{self._run}-{self._count}"
            return [Event(now, topic, "reset", {"reason": "gap"}) for topic in TOPICS]
        return [event for event in self._kept if int(event.id.partition("-")[2]) > int(number)]


TOPICS: Final = ("gallery", "runs", "documents", "tags")
