"""`library.sqlite` on disk: opened, brought up to date, checked, backed up, mended. Blocking."""

from __future__ import annotations

import logging
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

from cozygen.errors import InvalidError, NotReadyError, StorageFullError
from cozygen.storage import disk as disk_calls
from cozygen.storage import json_text
from cozygen.storage.disk import Disk
from cozygen.storage.document_notices import Notify
from cozygen.storage.library_schema import APPLICATION_ID, STEPS, TABLES, VERSION
from cozygen.storage.whole_file import write_whole_file

log = logging.getLogger(__name__)

NAME: Final = "library.sqlite"
EXPORT: Final = "library.json"
KEEP: Final = 3
KEEP_BROKEN: Final = 5
_BUSY_MS: Final = 5000


class BrokenLibraryError(Exception):
    """The file is no library, or not a whole one."""


def open_library(folder: Path, notify: Notify) -> tuple[sqlite3.Connection, bool]:
    """Open the library; whether it may be written. Mends a broken file from its newest good backup.

    Raises NotReadyError when there is no using the folder at all.
    """
    path = folder / NAME
    try:
        disk_calls.make_folder(Disk(), folder)
        try:
            return _connect(path, notify)
        except BrokenLibraryError as error:
            _mend(path, notify, str(error))
            return _connect(path, notify)
    except (OSError, sqlite3.Error) as error:
        text = f"The library cannot be opened ({type(error).__name__}); marks and albums are not kept."
        notify("library_unavailable", text)
        raise NotReadyError(text, code="storage_failed") from error


def _connect(path: Path, notify: Notify) -> tuple[sqlite3.Connection, bool]:
    _make_private(path)
    connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    try:
        version = _check(connection)
        if version > VERSION:
            notify(
                "library_newer",
                f"{NAME} was written by a newer CozyGen and can only be read; update CozyGen.",
            )
            connection.execute("PRAGMA query_only = ON")
            return connection, False
        _prepare(connection)
        _bring_up_to_date(connection, path, version)
    except BaseException:
        connection.close()
        raise
    return connection, True


def _make_private(path: Path) -> None:
    """Before SQLite opens it, because its journals take over the mode."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), 0o600))
    path.chmod(0o600)


def _check(connection: sqlite3.Connection) -> int:
    """The schema's version; BrokenLibraryError for what is not a whole library."""
    try:
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
            raise
        raise BrokenLibraryError("it is not a database, or a broken one") from error
    if verdict != "ok":
        raise BrokenLibraryError("it is damaged inside")
    if owner != APPLICATION_ID and not empty:
        raise BrokenLibraryError("it is the database of something else")
    return version


def _prepare(connection: sqlite3.Connection) -> None:
    """Durable: every commit is forced to the medium before it is acknowledged."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Run the missing steps, all or none; an older library is kept under `.v<version>` first."""
    if version == VERSION:
        return
    older = path.with_name(f"{path.name}.v{version}")
    if version > 0 and not older.exists():
        back_up_to(connection, older)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while we waited.
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        for step in STEPS[version:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    # `executescript` would commit on its own; no statement of ours holds a semicolon.
    yield from (statement for part in script.split(";") if (statement := part.strip()))


def _mend(path: Path, notify: Notify, reason: str) -> None:
    """Set the broken file aside with its journals and put the newest good backup in its place."""
    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%fZ")
    aside = path.with_name(f"{path.name}.corrupt.{stamp}")
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    source = _newest_good(path)
    if source is not None:
        write_whole_file(path, source.read_bytes(), mode=0o600)
    used = f"The backup {source.name} is in use." if source else "No backup is good; it begins empty."
    notify(
        "library_recovered" if source else "library_lost",
        f"{path.name} could not be used because {reason}. It was set aside as {aside.name}. {used}",
    )
    broken = sorted(path.parent.glob(f"{path.name}.corrupt.*Z"), reverse=True)
    for old in broken[KEEP_BROKEN:]:
        for suffix in ("", "-wal", "-shm"):
            disk_calls.discard(Disk(), old.with_name(old.name + suffix))


def _newest_good(path: Path) -> Path | None:
    for number in range(1, KEEP + 1):
        backup = path.with_name(f"{path.name}.bak{number}")
        if backup.is_file() and _is_good(backup):
            return backup
    return None


def _is_good(path: Path) -> bool:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        try:
            return _check(connection) <= VERSION
        except (BrokenLibraryError, sqlite3.Error):
            return False


def back_up(connection: sqlite3.Connection, folder: Path) -> None:
    """Keep the present content as the newest of three backups; readers and writers go on meanwhile."""
    path = folder / NAME
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        back_up_to(connection, fresh)
        for number in range(KEEP - 1, 0, -1):
            with suppress(FileNotFoundError):
                path.with_name(f"{path.name}.bak{number}").replace(
                    path.with_name(f"{path.name}.bak{number + 1}")
                )
        fresh.replace(path.with_name(f"{path.name}.bak1"))
        disk_calls.sync_folder(Disk(), folder)
    finally:
        disk_calls.discard(Disk(), fresh)


def back_up_to(connection: sqlite3.Connection, target: Path) -> None:
    """A whole copy in one file, forced to the medium."""
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    target.chmod(0o600)
    fd = os.open(target, os.O_RDWR)
    try:
        Disk().fsync(fd)
    finally:
        os.close(fd)


def export_json(connection: sqlite3.Connection) -> bytes:
    """Everything as JSON: `{"version", "tables": {table: [row]}}`, one consistent state."""
    connection.execute("BEGIN")
    try:
        tables = {table: _rows(connection, table) for table in TABLES}
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.execute("COMMIT")
    return json_text.dumps({"version": version, "tables": tables}, indent=True) + b"\n"


def _rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    cursor = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def import_json(connection: sqlite3.Connection, data: bytes) -> None:
    """Put the content of an export in the place of the present one, inside the caller's transaction.

    InvalidError for anything that is not an export of this or an older version.
    """
    try:
        value = json_text.loads(data)
        tables = value["tables"]
        if not 1 <= value["version"] <= VERSION:
            raise InvalidError("The library in it is of a newer version.", code="invalid_backup")
        for table in reversed(TABLES):
            connection.execute(f"DELETE FROM {table}")
        for table in TABLES:
            _fill(connection, table, tables.get(table, []))
    except (json_text.JsonTextError, KeyError, TypeError, AttributeError, sqlite3.IntegrityError) as error:
        raise InvalidError("The library in it is not an export.", code="invalid_backup") from error


def _fill(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    for row in rows:
        names = [name for name in row if name in known]
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        connection.execute(statement, [row[name] for name in names])


def library_error(error: sqlite3.Error) -> NotReadyError | StorageFullError:
    """The named error for a database that does not play along."""
    words = str(error)
    if "full" in words:
        return StorageFullError("The library was not changed: the disk is full.")
    if "readonly" in words:
        return NotReadyError("The library cannot be written.", code="storage_read_only")
    if "locked" in words:
        text = "The library is held by another process."
        return NotReadyError(text, code="storage_busy", headers={"Retry-After": "1"})
    log.error("the library failed: %s", words)
    return NotReadyError("The library was not changed.", code="storage_failed", headers={"Retry-After": "2"})
