"""The library: what is kept per picture and person, in `library.sqlite`. Durable, backed up, exported.

One thread owns the connection; work is handed to it as functions of the
connection. A write is one transaction and is on the medium when it returns.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from cozygen.errors import ConflictError, CozyGenError
from cozygen.storage import library_file
from cozygen.storage.document_file import storage_error
from cozygen.storage.document_notices import Notify
from cozygen.storage.whole_file import write_whole_file

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]

NIGHT_S: Final = 24 * 3600
_LOOK_EVERY_S: Final = 900.0


class Library:
    """Opens `library.sqlite` with the first use; `folder` is asked then, because the host decides it."""

    def __init__(self, folder: Callable[[], Path], notify: Notify) -> None:
        self._folder = folder
        self._notify = notify
        self._thread = ThreadPoolExecutor(1, "cozygen-library")
        self._connection: sqlite3.Connection | None = None
        self._writable = True
        self._nightly: asyncio.Task[None] | None = None

    async def read(self, work: Work[Result]) -> Result:
        """Run queries; they see one consistent state only inside one statement."""
        return await self._run(work)

    async def write(self, work: Work[Result]) -> Result:
        """Run changes as one durable transaction; whatever `work` raises rolls it back.

        Raises StorageFullError, NotReadyError, or ConflictError for a library
        of a newer version.
        """
        return await self._run(lambda connection: self._transact(connection, work))

    async def export(self) -> bytes:
        """Everything as JSON."""
        return await self._run(library_file.export_json)

    async def restore(self, data: bytes) -> bool:
        """Put an export in the place of everything, which is backed up first; whether anything changed."""
        if data == await self.export():
            return False
        await self.back_up()
        await self.write(lambda connection: library_file.import_json(connection, data))
        return True

    async def back_up(self) -> None:
        """Keep a backup and write the JSON export beside it."""
        await self._run(self._back_up)

    def start(self) -> None:
        """Back up and export once a day, in the background."""
        self._nightly = asyncio.create_task(self._every_night())

    async def close(self) -> None:
        """Stop the nightly work, finish what runs, close the file."""
        if self._nightly is not None:
            self._nightly.cancel()
            await asyncio.gather(self._nightly, return_exceptions=True)
            self._nightly = None
        if self._connection is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    async def _run(self, work: Work[Result]) -> Result:
        # A caller that goes away does not stop work that has begun.
        running = asyncio.get_running_loop().run_in_executor(self._thread, self._call, work)
        return await asyncio.shield(running)

    def _call(self, work: Work[Result]) -> Result:
        if self._connection is None:
            self._connection, self._writable = library_file.open_library(self._folder(), self._notify)
        try:
            return work(self._connection)
        except sqlite3.Error as error:
            raise library_file.library_error(error) from error
        except OSError as error:
            raise storage_error(error, library_file.NAME) from error

    def _transact(self, connection: sqlite3.Connection, work: Work[Result]) -> Result:
        if not self._writable:
            text = f"{library_file.NAME} can only be read: it was written by a newer CozyGen."
            raise ConflictError(text, code="read_only_document")
        connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _back_up(self, connection: sqlite3.Connection) -> None:
        folder = self._folder()
        library_file.back_up(connection, folder)
        write_whole_file(folder / library_file.EXPORT, library_file.export_json(connection), mode=0o600)

    async def _every_night(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            try:
                await self._run(self._back_up_if_due)
            except CozyGenError as error:
                self._notify("library_not_backed_up", f"The library was not backed up: {error.message}")

    def _back_up_if_due(self, connection: sqlite3.Connection) -> None:
        """A day after the last export, if anything was written since."""
        folder = self._folder()
        done = _mtime(folder / library_file.EXPORT)
        written = max(_mtime(folder / name) for name in (library_file.NAME, library_file.NAME + "-wal"))
        if written > done and time.time() - done >= NIGHT_S:
            self._back_up(connection)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _mtime(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
