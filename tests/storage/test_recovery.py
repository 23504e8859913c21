"""Files that are broken, foreign, too new or out of reach."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from cozygen.errors import CozyGenError, NotReadyError
from cozygen.storage.disk import Disk
from cozygen.storage.document_format import DocumentFormat
from tests.storage.notes import NOTES, Notices, note

BROKEN = {
    "empty": b"",
    "truncated": b'{"notes": {"a": "1',
    "zeros": b"\0" * 4096,
    "zero tail": b'{"notes": {}}' + b"\0" * 100,
    "binary": bytes(range(256)),
    "not utf-8": b'{"notes": {"a": "\xff\xfe"}}',
    "a list": b"[1, 2]",
    "null": b"null",
    "a number": b"42",
    "two documents": b"{}{}",
    "deep nesting": b'{"a":' * 100_000,
    "deep but closed": b'{"a":' * 300 + b"1" + b"}" * 300,
    "a million digits": b'{"a": ' + b"9" * 1_000_000 + b"}",
    "another document": b'{"users": {}, "_cozygen": {"schema": "workflow_presets", "version": 2, "rev": 3}}',
}


async def two_versions(make: Any) -> None:
    document = make()
    await document.update(note("a", "1"))
    await document.update(note("a", "2"))


@pytest.mark.parametrize("kind", BROKEN)
async def test_k_14_a_broken_file_is_set_aside_and_the_newest_backup_is_used(
    make: Any, folder: Path, notices: Notices, kind: str
) -> None:
    await two_versions(make)
    (folder / "notes.json").write_bytes(BROKEN[kind])
    snapshot = await make().read()
    assert snapshot.value == {"notes": {"a": "1"}}
    [aside] = folder.glob("notes.json.corrupt.*")
    assert aside.read_bytes() == BROKEN[kind]
    assert notices.codes() == ["document_recovered"]
    assert aside.name in notices[0][1] and "notes.json.bak1" in notices[0][1]
    assert str(folder) not in notices[0][1]
    assert json.loads((folder / "notes.json").read_text())["notes"] == {"a": "1"}


@pytest.mark.parametrize("kind", BROKEN)
async def test_k_14_a_broken_file_without_backups_begins_empty_and_is_kept(
    make: Any, folder: Path, notices: Notices, kind: str
) -> None:
    folder.mkdir()
    (folder / "notes.json").write_bytes(BROKEN[kind])
    document = make()
    assert (await document.read()).value == {"notes": {}}
    assert notices.codes() == ["document_lost"]
    await document.update(note("b", "2"))
    [aside] = folder.glob("notes.json.corrupt.*")
    assert aside.read_bytes() == BROKEN[kind]


async def test_k_14_a_file_over_the_limit_is_set_aside_without_being_read_whole(
    make: Any, folder: Path, notices: Notices
) -> None:
    await two_versions(make)
    with (folder / "notes.json").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert (await make().read()).value == {"notes": {"a": "1"}}
    assert "larger than 64 MiB" in notices[0][1]


async def test_k_14_a_broken_newest_backup_is_passed_over(make: Any, folder: Path) -> None:
    await two_versions(make)
    await make().update(note("a", "3"))
    (folder / "notes.json").write_bytes(b"")
    (folder / "notes.json.bak1").write_bytes(b"{")
    assert (await make().read()).value == {"notes": {"a": "1"}}


async def test_m_11_a_byte_order_mark_of_notepad_is_accepted(
    make: Any, folder: Path, notices: Notices
) -> None:
    folder.mkdir()
    (folder / "notes.json").write_bytes(b"\xef\xbb\xbf" + b'{"notes": {"a": "1"}}\r\n')
    document = make()
    assert (await document.read()).value == {"notes": {"a": "1"}}
    await document.update(note("b", "2"))
    assert not (folder / "notes.json").read_bytes().startswith(b"\xef\xbb\xbf")
    assert notices == []


async def test_k_15_when_all_is_broken_it_begins_empty_and_every_piece_of_evidence_stays(
    make: Any, folder: Path, notices: Notices
) -> None:
    await two_versions(make)
    await make().update(note("a", "3"))
    evidence = {b"<%d" % number for number, path in enumerate(sorted(folder.glob("notes.json*")))}
    for number, path in enumerate(sorted(folder.glob("notes.json*"))):
        # A backup of the day may be a second name of the same bytes.
        path.unlink()
        path.write_bytes(b"<%d" % number)
    document = make()
    assert (await document.read()).value == {"notes": {}}
    for number in range(6):
        await document.update(note("b", str(number)))
    assert {path.read_bytes() for path in folder.glob("notes.json.corrupt.*")} == evidence
    assert notices.codes() == ["document_lost"]
    assert (await make().read()).value == {"notes": {"b": "5"}}
    assert notices.codes() == ["document_lost"]


async def test_at_most_five_broken_files_are_kept(make: Any, folder: Path) -> None:
    document = make()
    for number in range(8):
        await document.update(note("a", str(number)))
        (folder / "notes.json").write_text(f"broken {number}")
        await document.read()
    kept = {path.read_text() for path in folder.glob("notes.json.corrupt.*")}
    assert kept == {f"broken {number}" for number in range(3, 8)}


async def test_k_16_an_entry_of_the_wrong_shape_is_kept_beside_the_rest(
    make: Any, folder: Path, notices: Notices
) -> None:
    folder.mkdir()
    (folder / "notes.json").write_text('{"notes": {"good": "1", "bad": {"x": [1]}, "worse": 7}}')
    document = make()
    assert (await document.read()).value == {"notes": {"good": "1"}}
    assert notices.codes() == ["entries_set_aside"]
    for turn in range(6):
        await document.update(note("b", str(turn)))
    kept = json.loads((folder / "notes.json").read_text())["_cozygen"]["set_aside"]
    assert [(entry["path"], entry["value"]) for entry in kept] == [
        (["notes", "bad"], {"x": [1]}),
        (["notes", "worse"], 7),
    ]
    assert notices.codes() == ["entries_set_aside"]


@pytest.mark.parametrize(
    "text",
    [
        '{"version": 3, "notes": {"a": "1"}}',
        '{"notes": {"a": "1"}, "_cozygen": {"schema": "notes", "version": 3, "rev": 9}}',
    ],
)
async def test_k_17_a_newer_version_can_be_read_and_is_never_written(
    make: Any, folder: Path, notices: Notices, text: str
) -> None:
    folder.mkdir()
    (folder / "notes.json").write_text(text)
    document = make()
    assert (await document.read()).value["notes"] == {"a": "1"}
    with pytest.raises(CozyGenError) as refused:
        await document.update(note("a", "2"))
    assert (refused.value.status, refused.value.error) == (409, "read_only_document")
    assert (folder / "notes.json").read_text() == text
    assert notices.codes() == ["document_newer"]


async def test_k_18_migration_is_done_once_and_the_source_is_kept(make: Any, folder: Path) -> None:
    def migrate(value: dict[str, Any]) -> dict[str, Any]:
        return {"version": 2, "notes": value["lines"]} if "lines" in value else value

    form = DocumentFormat("notes", 2, migrate=migrate)
    folder.mkdir()
    old = '{"version": 1, "lines": {"a": "1"}}'
    (folder / "notes.json").write_text(old)
    document = make(form)
    assert (await document.read()).value == {"version": 2, "notes": {"a": "1"}}
    assert (folder / "notes.json").read_text() == old
    for turn in range(5):
        await document.update(note("b", str(turn)))
    assert (folder / "notes.json.v1").read_text() == old
    assert (await make(form).read()).value["notes"] == {"a": "1", "b": "4"}


async def test_k_04_temps_of_a_killed_process_are_swept_and_nothing_else(make: Any, folder: Path) -> None:
    await two_versions(make)
    (folder / ".notes.json.99999.0123abcd.tmp").write_text("half")
    for name in ("mine.tmp", ".notes.json.tmp", "notes.json.tmp", ".other.json.1.0123abcd.tmp"):
        (folder / name).write_text("keep")
    await make().read()
    assert not (folder / ".notes.json.99999.0123abcd.tmp").exists()
    assert len([path for path in folder.iterdir() if path.suffix == ".tmp"]) == 4


async def test_a_missing_file_with_backups_is_a_loss_that_is_told(
    make: Any, folder: Path, notices: Notices
) -> None:
    await two_versions(make)
    (folder / "notes.json").unlink()
    assert (await make().read()).value == {"notes": {"a": "1"}}
    assert notices.codes() == ["document_recovered"]
    assert (folder / "notes.json").exists()


class Withholding(Disk):
    """Opening the primary file fails; everything else works."""

    def __init__(self, code: int) -> None:
        self.code = code

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if path.name == "notes.json":
            raise OSError(self.code, os.strerror(self.code))
        return super().open(path, flags, mode)


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
async def test_k_13_a_file_that_may_not_be_read_is_left_alone_and_its_backup_shown(
    make: Any, folder: Path, notices: Notices, code: int
) -> None:
    await two_versions(make)
    raw = (folder / "notes.json").read_bytes()
    document = make(disk=Withholding(code))
    assert (await document.read()).value == {"notes": {"a": "1"}}
    assert notices.codes() == ["document_unreadable"]
    with pytest.raises(NotReadyError):
        await document.update(note("b", "2"))
    assert (folder / "notes.json").read_bytes() == raw


async def test_k_13_without_a_backup_it_is_503_and_not_an_empty_document(make: Any, folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.json").write_text('{"notes": {"a": "1"}}')
    with pytest.raises(NotReadyError) as refused:
        await make(disk=Withholding(errno.EACCES)).read()
    assert refused.value.error == "storage_unreadable"


class ReadOnly(Disk):
    """A folder that is mounted read-only."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        return super().open(path, self._refuse(flags), mode)

    def _refuse(self, flags: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return flags

    def mkdir(self, path: Path, mode: int = 0o700) -> None:
        self._refuse(os.O_CREAT)

    def replace(self, source: Path, target: Path) -> None:
        self._refuse(os.O_CREAT)

    link = replace


async def test_k_10_a_read_only_folder_is_read_and_saves_are_503(make: Any, folder: Path) -> None:
    await two_versions(make)
    document = make(disk=ReadOnly())
    assert (await document.read()).value == {"notes": {"a": "2"}}
    with pytest.raises(NotReadyError) as refused:
        await document.update(note("b", "2"))
    assert refused.value.error == "storage_read_only"
    assert (await document.read()).value == {"notes": {"a": "2"}}


async def test_k_10_a_broken_file_in_a_read_only_folder_shows_the_backup(
    make: Any, folder: Path, notices: Notices
) -> None:
    await two_versions(make)
    (folder / "notes.json").write_text("{")
    document = make(disk=ReadOnly())
    for _ in range(2):
        assert (await document.read()).value == {"notes": {"a": "1"}}
    assert notices.codes() == ["document_unreadable"]
    assert (folder / "notes.json").read_text() == "{"
    assert (await make().read()).value == {"notes": {"a": "1"}}


async def test_a_folder_in_the_place_of_the_file_is_named_and_not_removed(make: Any, folder: Path) -> None:
    (folder / "notes.json").mkdir(parents=True)
    with pytest.raises(NotReadyError):
        await make().read()
    with pytest.raises(NotReadyError):
        await make().update(note("a", "1"))
    assert (folder / "notes.json").is_dir()


async def test_a_lock_that_is_a_link_is_refused(make: Any, folder: Path, tmp_path: Path) -> None:
    await two_versions(make)
    lock = folder / ".locks" / "notes.json.lock"
    lock.unlink(missing_ok=True)
    lock.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotReadyError) as refused:
        await make().update(note("b", "2"))
    assert refused.value.error == "storage_lock_refused"
    assert not (tmp_path / "elsewhere").exists()


def test_the_format_of_the_tests_is_version_two() -> None:
    assert NOTES.version == 2 and NOTES.file_name == "notes.json"
