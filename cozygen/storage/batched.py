"""Many small changes to one document in few writes: whoever comes during a write shares the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from cozygen.storage.document_format import Value
from cozygen.storage.json_document import JsonDocument

Small = Callable[[Value], None]


class Batched:
    """Collects changes while a write is under way. A change must not raise."""

    def __init__(self, document: JsonDocument) -> None:
        self._document = document
        self._waiting: list[tuple[Small, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def apply(self, change: Small) -> None:
        """Apply a change; returns when it is durable, raises why it is not."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await asyncio.shield(done)

    async def close(self) -> None:
        """Wait until everything is written."""
        if self._writer is not None:
            await asyncio.gather(self._writer, return_exceptions=True)

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._document.update(partial(_all, [change for change, _ in batch]))
            except Exception as error:  # noqa: BLE001 - handed to everyone who waits for this write
                for _, done in batch:
                    _settle(done, error)
            else:
                for _, done in batch:
                    _settle(done, None)


def _all(changes: list[Small], value: Value) -> None:
    for change in changes:
        change(value)


def _settle(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
