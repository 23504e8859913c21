"""A JSON document for the server: read from memory, written durably, shared with other processes.

All disk work runs in a thread. One asyncio lock per document and one lock of
the operating system span read, change and write, so no update is lost. Memory
moves to the new version only after it is on the disk.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import TypeVar

from cozygen.storage.disk import Disk
from cozygen.storage.document_file import Change, Changer, DocumentFile, Precondition, Snapshot
from cozygen.storage.document_format import DocumentFormat, Value
from cozygen.storage.document_notices import Notify

Result = TypeVar("Result")
Listener = Callable[["JsonDocument", Change], None]


class JsonDocument:
    """One document. Build it anywhere; use it from one event loop."""

    def __init__(
        self,
        form: DocumentFormat,
        folder: Path,
        notify: Notify,
        *,
        executor: Executor | None = None,
        disk: Disk | None = None,
        lock_timeout_s: float = 5.0,
        settle_s: float = 1.0,
    ) -> None:
        self.form = form
        self.file = DocumentFile(
            form, folder, notify, disk=disk, lock_timeout_s=lock_timeout_s, settle_s=settle_s
        )
        self._executor = executor
        self._lock = asyncio.Lock()
        self._snapshot: Snapshot | None = None
        self._listeners: list[Listener] = []
        self._writes: set[asyncio.Task[Change]] = set()

    def on_change(self, listener: Listener) -> None:
        """Call `listener` after every change: our own once durable, others' once noticed."""
        self._listeners.append(listener)

    @property
    def rev(self) -> int:
        """Revision of the last version that was read or written here."""
        return self._snapshot.rev if self._snapshot is not None else 0

    @property
    def latest(self) -> Snapshot | None:
        """The last version that was read or written here, without a look at the disk."""
        return self._snapshot

    @property
    def refusal(self) -> str:
        """Why it cannot be changed, or empty."""
        return self._snapshot.read_only if self._snapshot is not None else ""

    async def read(self) -> Snapshot:
        """The present version; one stat in a thread tells whether somebody else changed the file."""
        if self._snapshot is not None and self._lock.locked():
            # Somebody is writing: the last acknowledged version is the answer.
            return self._snapshot
        async with self._lock:
            before = self._snapshot
            loaded = await self._in_thread(lambda: self.file.load(before))
            self._snapshot = loaded
        if before is not None and before.body != loaded.body:
            self._tell(Change(before, loaded))
        return loaded

    async def update(self, change: Changer, *, precondition: Precondition | None = None) -> Change:
        """Apply `change` to a copy of the value and make it durable.

        `change` edits its argument or returns a new value. `precondition` sees
        the present version first. Both run in a thread and may raise to refuse.
        A caller that is cancelled does not stop a write that has begun.
        """
        task = asyncio.create_task(self._update(change, precondition))
        self._writes.add(task)
        task.add_done_callback(self._writes.discard)
        return await asyncio.shield(task)

    async def replace(self, value: Value, *, precondition: Precondition | None = None) -> Change:
        """Write a whole new value."""
        return await self.update(lambda _old: value, precondition=precondition)

    async def close(self) -> None:
        """Wait for writes that are under way."""
        if self._writes:
            await asyncio.wait(set(self._writes))

    async def _update(self, change: Changer, precondition: Precondition | None) -> Change:
        async with self._lock:
            done = await self._in_thread(
                lambda: self.file.update(self._snapshot, change, precondition=precondition)
            )
            earlier, self._snapshot = self._snapshot, done.after
        if earlier is not None and earlier.body != done.before.body:
            self._tell(Change(earlier, done.before))
        if done.changed:
            self._tell(done)
        return done

    async def _in_thread(self, call: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._executor, call)

    def _tell(self, change: Change) -> None:
        for listener in self._listeners:
            listener(self, change)
