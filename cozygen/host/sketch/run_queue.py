"""The queue and the history of the sketch engine: thread-safe, in memory, as ComfyUI keeps them."""

from __future__ import annotations

import heapq
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

HISTORY: Final = 10_000


@dataclass(order=True)
class Item:
    """One queued graph; lower numbers run first."""

    number: float
    order: int
    prompt_id: str = field(compare=False)
    prompt: dict[str, Any] = field(compare=False)
    extra_data: dict[str, Any] = field(compare=False)
    outputs: list[str] = field(compare=False)

    @property
    def client_id(self) -> str | None:
        """Who hears of the run."""
        client_id = self.extra_data.get("client_id")
        return str(client_id) if client_id is not None else None

    def as_json(self) -> list[Any]:
        """The five elements that ComfyUI shows."""
        return [self.number, self.prompt_id, self.prompt, self.extra_data, self.outputs]


class RunQueue:
    """Pending and running items, and what became of the finished ones."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._ready = threading.Condition()
        self._pending: list[Item] = []
        self._running: Item | None = None
        self._history: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._closed = False

    def put(self, item: Item) -> None:
        """Queue an item."""
        with self._ready:
            heapq.heappush(self._pending, item)
            self._ready.notify()
        self._changed()

    def take(self) -> Item | None:
        """The next item, waiting for one; None once closed."""
        with self._ready:
            while not self._pending and not self._closed:
                self._ready.wait()
            if self._closed:
                return None
            self._running = heapq.heappop(self._pending)
        self._changed()
        return self._running

    def finish(
        self, item: Item, outputs: dict[str, Any], status: dict[str, Any], meta: dict[str, Any]
    ) -> None:
        """Move the running item into the history."""
        with self._ready:
            self._running = None
            entry = {"prompt": item.as_json(), "outputs": outputs, "status": status, "meta": meta}
            self._history[item.prompt_id] = entry
            while len(self._history) > HISTORY:
                self._history.popitem(last=False)
        self._changed()

    def close(self) -> None:
        """Let `take` return; pending items are dropped."""
        with self._ready:
            self._closed = True
            self._pending.clear()
            self._ready.notify_all()

    def remaining(self) -> int:
        """Items that are not finished."""
        with self._ready:
            return len(self._pending) + (self._running is not None)

    def state(self) -> dict[str, Any]:
        """`GET /queue`."""
        with self._ready:
            running = [self._running.as_json()] if self._running else []
            return {
                "queue_running": running,
                "queue_pending": [item.as_json() for item in sorted(self._pending)],
            }

    def running_id(self) -> str | None:
        """The prompt id that runs now."""
        with self._ready:
            return self._running.prompt_id if self._running else None

    def clear(self) -> None:
        """Drop all pending items."""
        with self._ready:
            self._pending.clear()
        self._changed()

    def delete(self, prompt_ids: list[str]) -> None:
        """Drop some pending items."""
        with self._ready:
            self._pending = [item for item in self._pending if item.prompt_id not in prompt_ids]
            heapq.heapify(self._pending)
        self._changed()

    def history(
        self, prompt_id: str | None = None, *, most: int | None = None, offset: int = -1
    ) -> dict[str, Any]:
        """`GET /history`: oldest first; `most` alone means the newest ones."""
        with self._ready:
            if prompt_id is not None:
                return {prompt_id: self._history[prompt_id]} if prompt_id in self._history else {}
            entries = list(self._history.items())
        if most is None:
            return dict(entries[max(offset, 0) :])
        start = max(len(entries) - most, 0) if offset < 0 else offset
        return dict(entries[start : start + most])

    def forget(self, prompt_ids: list[str] | None) -> None:
        """Remove some, or with None all of the history."""
        with self._ready:
            for prompt_id in list(self._history) if prompt_ids is None else prompt_ids:
                self._history.pop(prompt_id, None)
