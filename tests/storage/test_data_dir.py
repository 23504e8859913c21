from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from cozygen.storage import data_dir
from cozygen.storage.disk import Disk
from tests.storage.notes import Notices


def test_the_data_folder_is_made_for_its_owner_only(folder: Path, notices: Notices) -> None:
    assert data_dir.prepare(folder / "deep", notices)
    assert stat.S_IMODE((folder / "deep").stat().st_mode) == 0o700
    assert list((folder / "deep").iterdir()) == [] and notices == []


def test_k_12_a_data_folder_that_is_a_file_is_told(folder: Path, notices: Notices) -> None:
    folder.write_text("I am a file")
    assert not data_dir.prepare(folder, notices)
    assert notices.codes() == ["data_folder_unusable"]
    assert folder.read_text() == "I am a file"


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_k_10_k_13_a_data_folder_that_cannot_be_written_is_told(
    folder: Path, notices: Notices, code: int
) -> None:
    class Refusing(Disk):
        def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
            raise OSError(code, os.strerror(code))

    assert not data_dir.prepare(folder, notices, disk=Refusing())
    [(told, message)] = notices
    assert told == "data_folder_read_only" and os.strerror(code) in message
    assert str(folder) not in message


def test_a_default_shines_through_until_there_is_a_file_and_is_never_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_dir, "defaults_folder", lambda: tmp_path)
    folder.mkdir()
    (tmp_path / "list.md").write_text("default")
    assert data_dir.find(folder, "list.md").read_text() == "default"
    assert list(folder.iterdir()) == []
    (folder / "list.md").write_text("mine")
    assert data_dir.find(folder, "list.md").read_text() == "mine"


def test_the_platform_decides_outside_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_dir, "_PACKAGE", tmp_path / "site-packages" / "cozygen")
    monkeypatch.setattr("sys.platform", "linux")
    environ = {"XDG_DATA_HOME": str(tmp_path / "share")}
    assert data_dir.default_data_folder(environ) == tmp_path / "share" / "cozygen"
    assert data_dir.default_data_folder({}) == Path.home() / ".local" / "share" / "cozygen"
    monkeypatch.setattr("sys.platform", "darwin")
    assert data_dir.default_data_folder(environ).parent.name == "Application Support"


def test_a_checkout_keeps_its_documents_in_its_own_data_folder() -> None:
    checkout = Path(__file__).resolve().parents[2]
    assert data_dir.default_data_folder({}) == checkout / "data"
