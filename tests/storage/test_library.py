from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from cozygen.errors import ConflictError, CozyGenError, InvalidError
from cozygen.storage import library as library_module
from cozygen.storage import library_file, library_schema
from cozygen.storage.library import Library
from tests.storage.notes import Notices

CHECKOUT = Path(__file__).resolve().parents[2]
Make = Callable[[], Library]


@pytest.fixture
async def open_library(folder: Path, notices: Notices) -> AsyncIterator[Make]:
    opened: list[Library] = []

    def make() -> Library:
        opened.append(Library(lambda: folder, notices))
        return opened[-1]

    yield make
    for library in opened:
        await library.close()


def add(name: str) -> Callable[[sqlite3.Connection], None]:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO item (id, root, path) VALUES (?, 'output', ?)", (name, name))
        connection.execute(
            "INSERT INTO mark (user, item, favorite, changed) VALUES ('anna', ?, 1, 0)", (name,)
        )

    return work


def marks(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT item FROM mark ORDER BY item")]


async def test_what_was_written_is_there_for_the_next_process(open_library: Make, folder: Path) -> None:
    await open_library().write(add("a"))
    assert await open_library().read(marks) == ["a"]
    assert stat.S_IMODE((folder / "library.sqlite").stat().st_mode) == 0o600


async def test_writes_are_durable_and_references_are_kept(open_library: Make) -> None:
    library = open_library()

    def pragmas(connection: sqlite3.Connection) -> list[Any]:
        names = ("journal_mode", "synchronous", "foreign_keys", "user_version")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert await library.read(pragmas) == ["wal", 2, 1, library_schema.VERSION]
    await library.write(add("a"))
    await library.write(lambda connection: connection.execute("DELETE FROM item") and None)
    assert await library.read(marks) == []


async def test_a_change_that_fails_is_rolled_back_whole(open_library: Make) -> None:
    library = open_library()

    def half(connection: sqlite3.Connection) -> None:
        add("a")(connection)
        raise InvalidError("no")

    with pytest.raises(InvalidError):
        await library.write(half)
    assert await library.read(marks) == []
    await library.write(add("a"))
    with pytest.raises(CozyGenError) as refused:
        await library.write(add("a"))
    assert refused.value.status == 503
    assert await library.read(marks) == ["a"]


async def test_c_24_a_cancelled_writer_leaves_no_transaction_open(open_library: Make) -> None:
    library = open_library()

    def slow(connection: sqlite3.Connection) -> None:
        add("a")(connection)
        time.sleep(0.1)

    task = asyncio.create_task(library.write(slow))
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await library.write(add("b"))
    assert await library.read(marks) == ["a", "b"]


async def test_a_broken_library_is_set_aside_and_its_backup_used(
    open_library: Make, folder: Path, notices: Notices
) -> None:
    library = open_library()
    await library.write(add("a"))
    await library.back_up()
    await library.write(add("b"))
    await library.close()
    for damage in (b"", b"not a database, but long enough to be looked at" * 100):
        (folder / "library.sqlite").write_bytes(damage)
        library = open_library()
        expected = ["a"] if damage else []
        assert await library.read(marks) == expected
        await library.close()
        if damage:
            [aside] = folder.glob("library.sqlite.corrupt.*Z")
            assert aside.read_bytes() == damage
            assert notices.codes() == ["library_recovered"]
            assert aside.name in notices[0][1] and "library.sqlite.bak1" in notices[0][1]


async def test_without_a_good_backup_it_begins_empty_and_the_evidence_stays(
    open_library: Make, folder: Path, notices: Notices
) -> None:
    folder.mkdir()
    (folder / "library.sqlite").write_bytes(b"x" * 5000)
    (folder / "library.sqlite.bak1").write_bytes(b"y" * 5000)
    library = open_library()
    await library.write(add("a"))
    assert await library.read(marks) == ["a"]
    assert notices.codes() == ["library_lost"]
    assert [path.read_bytes() for path in folder.glob("*.corrupt.*Z")] == [b"x" * 5000]


async def test_the_database_of_something_else_is_not_touched_but_set_aside(
    open_library: Make, folder: Path, notices: Notices
) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "library.sqlite") as foreign:
        foreign.execute("CREATE TABLE theirs (x)")
    foreign.close()
    raw = (folder / "library.sqlite").read_bytes()
    assert await open_library().read(marks) == []
    assert [path.read_bytes() for path in folder.glob("*.corrupt.*Z")] == [raw]
    assert notices.codes() == ["library_lost"]


async def test_k_17_a_library_of_a_newer_version_is_read_and_not_written(
    open_library: Make, folder: Path, notices: Notices
) -> None:
    library = open_library()
    await library.write(add("a"))
    await library.write(lambda connection: connection.execute("PRAGMA user_version = 99") and None)
    await library.close()
    library = open_library()
    assert await library.read(marks) == ["a"]
    with pytest.raises(ConflictError):
        await library.write(add("b"))
    assert notices.codes() == ["library_newer"]


async def test_an_older_library_is_brought_up_to_date_and_kept(
    open_library: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    await library.write(add("a"))
    await library.close()
    monkeypatch.setattr(library_file, "STEPS", (*library_schema.STEPS, "CREATE TABLE later (x)"))
    monkeypatch.setattr(library_file, "VERSION", 2)
    library = open_library()
    assert await library.read(marks) == ["a"]
    assert await library.read(lambda c: c.execute("SELECT count(*) FROM later").fetchone()[0]) == 0
    with sqlite3.connect(folder / "library.sqlite.v1") as kept:
        assert kept.execute("SELECT count(*) FROM mark").fetchone()[0] == 1
    kept.close()


async def test_k_19_a_step_that_fails_leaves_the_older_version_whole(
    open_library: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library()
    await library.write(add("a"))
    await library.close()
    with monkeypatch.context() as patch:
        patch.setattr(library_file, "STEPS", (*library_schema.STEPS, "CREATE TABLE later (x); NONSENSE"))
        patch.setattr(library_file, "VERSION", 2)
        with pytest.raises(CozyGenError):
            await open_library().read(marks)
    library = open_library()
    assert await library.read(marks) == ["a"]
    tables = await library.read(lambda c: c.execute("SELECT name FROM sqlite_master").fetchall())
    assert ("later",) not in tables


async def test_an_export_restores_everything_and_nothing_half(open_library: Make, folder: Path) -> None:
    library = open_library()
    await library.write(add("a"))
    saved = await library.export()
    assert json.loads(saved)["tables"]["mark"][0]["item"] == "a"
    await library.write(add("b"))
    await library.restore(saved)
    assert await library.read(marks) == ["a"]
    bad: list[bytes] = [
        b"{", b"[]", b"{}", b'{"version": 99, "tables": {}}',
        b'{"version": 1, "tables": {"mark": [{"user": "x", "item": "nobody", "changed": 0}]}}',
        b'{"version": 1, "tables": {"mark": 5}}',
    ]  # fmt: skip
    for data in bad:
        with pytest.raises(InvalidError):
            await library.restore(data)
        assert await library.read(marks) == ["a"], data
    assert len(list(folder.glob("library.sqlite.bak?"))) == 3


async def test_the_nightly_export_is_written_once_a_day_and_only_after_changes(
    open_library: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "_LOOK_EVERY_S", 0.01)
    library = open_library()
    library.start()
    await library.write(add("a"))
    export = folder / "library.json"
    for _ in range(200):
        await asyncio.sleep(0.01)
        if export.exists():
            break
    assert json.loads(export.read_bytes())["tables"]["mark"][0]["item"] == "a"
    first = export.stat().st_mtime_ns
    await library.write(add("b"))
    await asyncio.sleep(0.1)
    assert export.stat().st_mtime_ns == first
    os.utime(export, (time.time() - 90_000,) * 2)
    for _ in range(200):
        await asyncio.sleep(0.01)
        if len(json.loads(export.read_bytes())["tables"]["mark"]) == 2:
            break
    assert len(json.loads(export.read_bytes())["tables"]["mark"]) == 2


async def test_a_data_folder_that_is_a_file_is_503_and_told(
    open_library: Make, folder: Path, notices: Notices
) -> None:
    folder.write_text("I am a file")
    with pytest.raises(CozyGenError) as refused:
        await open_library().read(marks)
    assert refused.value.status == 503
    assert notices.codes() == ["library_unavailable"]


VICTIM = """
import asyncio, itertools, sys
from pathlib import Path
from cozygen.storage.library import Library
from tests.storage.test_library import add

async def main():
    library = Library(lambda: Path(sys.argv[1]), lambda *a, **k: None)
    for number in itertools.count(int(sys.argv[2])):
        await library.write(add(f"{number:08}"))
        print(number, flush=True)

asyncio.run(main())
"""


def start(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE)


async def test_k_01_a_killed_process_loses_no_acknowledged_mark(
    open_library: Make, folder: Path, notices: Notices
) -> None:
    kept = 0
    for turn in range(4):
        victim = start([sys.executable, "-c", VICTIM, str(folder), str(kept)])
        assert victim.stdout is not None
        for _ in range(5 + turn):
            victim.stdout.readline()
        victim.send_signal(signal.SIGKILL)
        rest = victim.stdout.read().split()
        victim.stdout.close()
        victim.wait()
        said = int(rest[-1]) if rest else kept + 4 + turn
        library = open_library()
        found = await library.read(marks)
        await library.close()
        assert len(found) in (said + 1, said + 2)
        kept = len(found)
    assert notices == []
