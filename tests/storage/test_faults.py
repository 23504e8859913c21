"""Every system call of a save fails in turn; the disk fills up for real; power goes away."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cozygen.errors import CozyGenError
from cozygen.storage.disk import Disk
from cozygen.storage.document_file import DocumentFile
from tests.storage.faults import CALLS, CountingDisk, failing
from tests.storage.notes import NOTES, Notices, note

CODES = ("ENOSPC", "EIO", "EINTR", "EACCES", "EDQUOT", "EMFILE", "EROFS")


async def prepared(make: Any, disk: CountingDisk) -> Any:
    """A document with a full history, whose next calls are counted from one."""
    document = make(disk=disk)
    for number in range(5):
        await document.update(note("a", str(number)))
    disk.count, disk.names = 0, []
    return document


async def calls_of_a_save(make: Any) -> list[str]:
    disk = CountingDisk()
    document = await prepared(make, disk)
    await document.update(note("a", "new"))
    return disk.names


async def test_a_save_makes_the_calls_of_the_protocol_in_order(make: Any) -> None:
    names = await calls_of_a_save(make)
    assert names.index("write") < names.index("fsync") < names.index("link") < len(names)
    replaced = len(names) - 1 - names[::-1].index("replace")
    assert names.index("link") < replaced < len(names) - 1 - names[::-1].index("fsync")
    assert set(names) <= set(CALLS)


@pytest.mark.parametrize("code", CODES)
async def test_k_06_whichever_call_fails_disk_and_memory_agree_and_the_next_save_works(
    make: Any, folder: Path, code: str
) -> None:
    total = len(await calls_of_a_save(make))
    assert total > 15
    failures = 0
    for at in range(1, total + 1):
        shutil.rmtree(folder)
        disk = CountingDisk()
        document = await prepared(make, disk)
        disk.strike = failing(at, getattr(errno, code)).strike
        try:
            await document.update(note("a", "new"))
            acknowledged = True
        except CozyGenError as error:
            assert error.status in (503, 507), error
            assert (error.status == 507) == (code in ("ENOSPC", "EDQUOT")), error
            acknowledged = False
            failures += 1
        disk.strike = CountingDisk().strike
        stored = json.loads((folder / "notes.json").read_text())["notes"]["a"]
        assert stored == "new" if acknowledged else stored in ("4", "new")
        assert (await document.read()).value["notes"]["a"] == stored, at
        await document.update(note("b", "next"))
        fresh = (await make().read()).value["notes"]
        assert fresh == {"a": stored, "b": "next"}
        assert not list(folder.glob(".*.tmp")), at
        assert not list(folder.glob("*.corrupt.*")), at
    assert failures >= 10


@pytest.mark.parametrize("code", ["ENOSPC", "EIO", "EROFS"])
async def test_k_06_a_disk_that_stays_broken_keeps_the_old_version_and_all_backups(
    make: Any, folder: Path, code: str
) -> None:
    total = len(await calls_of_a_save(make))
    for at in range(1, total + 1):
        shutil.rmtree(folder)
        disk = CountingDisk()
        document = await prepared(make, disk)
        disk.strike = failing(at, getattr(errno, code), until=10**9).strike
        for _ in range(5):
            try:
                await document.update(note("a", "new"))
            except CozyGenError as error:
                assert error.status in (503, 507)
        disk.strike = CountingDisk().strike
        assert (await make().read()).value["notes"]["a"] in ("4", "new")
        contents = {
            json.loads(path.read_text())["notes"]["a"]
            for path in folder.glob("notes.json*")
            if "corrupt" not in path.name
        }
        assert {"2", "3", "4"} <= contents, (at, contents)


async def test_k_06_whichever_call_fails_while_a_broken_file_is_mended_nothing_is_lost(
    make: Any, folder: Path
) -> None:
    async def broken() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        await prepared(make, CountingDisk())
        (folder / "notes.json").write_bytes(b"{ broken")

    await broken()
    counted = CountingDisk()
    await make(disk=counted).read()
    for at in range(1, counted.count + 1):
        for code in (errno.ENOSPC, errno.EIO, errno.EACCES):
            await broken()
            try:
                shown = (await make(disk=failing(at, code)).read()).value["notes"]["a"]
                assert shown in ("3", "2", "1", "0")
            except CozyGenError as error:
                assert error.status == 503
            assert (await make().read()).value["notes"]["a"] == "3", (at, code)
            [aside] = folder.glob("*.corrupt.*")
            assert aside.read_bytes() == b"{ broken"


async def test_k_21_an_fsync_that_failed_is_not_repeated_on_the_same_file(make: Any, folder: Path) -> None:
    class OneBadSync(Disk):
        synced: list[int] = []  # noqa: RUF012 - one test, one list
        inodes: list[int] = []  # noqa: RUF012

        def fsync(self, fd: int) -> None:
            self.inodes.append(os.fstat(fd).st_ino)
            if len(self.inodes) == 1:
                raise OSError(errno.EIO, "Input/output error")
            super().fsync(fd)

    document = make(disk=OneBadSync())
    with pytest.raises(CozyGenError):
        await document.update(note("a", "1"))
    assert not (folder / "notes.json").exists() and not list(folder.glob(".*.tmp"))
    assert len(OneBadSync.inodes) == 1
    await document.update(note("a", "1"))
    assert (await make().read()).value["notes"] == {"a": "1"}


async def test_k_22_temp_and_target_lie_in_one_folder_so_no_rename_crosses_devices(make: Any) -> None:
    class Watching(Disk):
        pairs: list[tuple[Path, Path]] = []  # noqa: RUF012

        def replace(self, source: Path, target: Path) -> None:
            self.pairs.append((source.parent, target.parent))
            super().replace(source, target)

    document = make(disk=Watching())
    for number in range(3):
        await document.update(note("a", str(number)))
    assert Watching.pairs and all(source == target for source, target in Watching.pairs)


class Sharing(Disk):
    """Windows while a scanner holds the target open: replacing it is refused for some tries."""

    def __init__(self, refusals: int, patience_s: float) -> None:
        self.refusals = refusals
        self.patience_s = patience_s

    def replace(self, source: Path, target: Path) -> None:
        if target.name == "notes.json" and self.refusals > 0:
            self.refusals -= 1
            raise PermissionError(errno.EACCES, "sharing violation")
        super().replace(source, target)


async def test_k_23_a_sharing_violation_is_waited_out(make: Any) -> None:
    await make(disk=Sharing(4, 2.0)).update(note("a", "1"))
    assert (await make().read()).value["notes"] == {"a": "1"}


async def test_k_23_a_sharing_violation_that_lasts_is_503_and_the_old_version_stays(make: Any) -> None:
    await make().update(note("a", "1"))
    with pytest.raises(CozyGenError) as refused:
        await make(disk=Sharing(10**6, 0.2)).update(note("a", "2"))
    assert refused.value.status == 503
    assert (await make().read()).value["notes"] == {"a": "1"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 64 KB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small tmpfs needs root")
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], check=False)
    if made.returncode != 0:
        pytest.skip("this machine does not let a tmpfs be mounted")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_k_07_a_full_disk_is_507_and_the_old_file_stays_readable(small_disk: Path) -> None:
    notices = Notices()
    file = DocumentFile(NOTES, small_disk, notices, settle_s=0)
    known = file.update(None, note("a", "x" * 6000)).after
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(b"x" * 65536)
    names = {path.name for path in small_disk.iterdir()}
    for number in range(20):
        with pytest.raises(CozyGenError) as refused:
            file.update(known, note("a", f"{number}" * 9000))
        assert refused.value.status == 507
        assert refused.value.message.endswith(".")
    assert {path.name for path in small_disk.iterdir()} - names <= {"notes.json.bak1"}
    assert file.load(None).value["notes"]["a"] == "x" * 6000
    filler.unlink()
    file.update(known, note("a", "fits again"))
    assert DocumentFile(NOTES, small_disk, notices).load().value["notes"]["a"] == "fits again"
    assert notices == []


def test_k_10_a_real_read_only_mount_is_served_and_not_written(small_disk: Path) -> None:
    notices = Notices()
    DocumentFile(NOTES, small_disk, notices).update(None, note("a", "1"))
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    file = DocumentFile(NOTES, small_disk, notices)
    assert file.load().value["notes"] == {"a": "1"}
    with pytest.raises(CozyGenError) as refused:
        file.update(None, note("a", "2"))
    assert (refused.value.status, refused.value.error) == (503, "storage_read_only")
