"""The memory of the last thumbnails, the folder of all, and what a full or broken disk does."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from cozygen.thumbs.disk_cache import DiskCache
from cozygen.thumbs.facts import Facts, Known
from cozygen.thumbs.memory_cache import MemoryCache
from cozygen.thumbs.variant import CLIP, Variant

JPEG = b"\xff\xd8" + b"x" * 96 + b"\xff\xd9"


def keys(count: int) -> list[str]:
    return [f"{number:032x}" for number in range(count)]


def test_memory_keeps_what_was_used_last() -> None:
    cache = MemoryCache(3 * (100 + 512))
    for key in "abc":
        cache.put(key, bytes(100))
    cache.get("a")
    cache.put("d", bytes(100))
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]
    cache.put("e", bytes(10_000))
    assert (len(cache), cache.size) == (0, 0), "larger than all"


def test_the_folder_stays_below_its_cap_and_loses_the_oldest(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 1000)
    for number, key in enumerate(keys(30)):
        cache.write(key, Variant(), JPEG)
        stamp = time.time() - 1000 + number
        os.utime(cache.path_of(key, Variant()), (stamp, stamp))
    assert cache.usage().bytes <= 1000
    left = [key for key in keys(30) if cache.read(key, Variant())]
    assert left == keys(30)[-len(left) :]
    assert len(left) >= 8


def test_what_is_used_is_not_the_oldest(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 1000)
    for key in keys(9):
        cache.write(key, Variant(), JPEG)
        os.utime(cache.path_of(key, Variant()), (1, 1))
    assert cache.read(keys(1)[0], Variant()) == JPEG
    for key in keys(12)[9:]:
        cache.write(key, Variant(), JPEG)
    assert cache.read(keys(1)[0], Variant()) == JPEG


@pytest.mark.parametrize(
    "data",
    [
        b"",
        JPEG[:-1],
        b"RIFF\x10\0\0\0WEBPshort",
        b"\0" * 100,
        b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x20moovcut",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_an_entry_that_a_power_loss_cut_short_is_none(tmp_path: Path, data: bytes) -> None:
    cache = DiskCache(tmp_path, 10_000)
    path = cache.path_of(keys(1)[0], CLIP)
    path.parent.mkdir()
    path.write_bytes(data)
    assert cache.read(keys(1)[0], CLIP) is None
    assert not path.exists()


def test_two_servers_may_share_the_folder(tmp_path: Path) -> None:
    one, two = DiskCache(tmp_path, 10_000), DiskCache(tmp_path, 10_000)
    one.write("ab" * 16, Variant(), JPEG)
    assert two.read("ab" * 16, Variant()) == JPEG
    assert two.clear().files == 1
    assert one.read("ab" * 16, Variant()) is None


def test_clearing_leaves_what_is_not_ours_and_takes_what_was_half_written(tmp_path: Path) -> None:
    cache = DiskCache(tmp_path, 10_000)
    cache.write("ab" * 16, Variant(), JPEG)
    (tmp_path / "ab" / "photo.jpg").write_bytes(b"mine")
    (tmp_path / "ab" / f"{'ab' * 16}-384.thumb.1234.tmp").write_bytes(b"half")
    freed = cache.clear()
    assert (freed.files, freed.bytes) == (2, len(JPEG) + 4)
    assert (tmp_path / "ab" / "photo.jpg").read_bytes() == b"mine"


def test_a_disk_that_cannot_be_written_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache, facts = DiskCache(tmp_path / "file", 1000), Facts(lambda: tmp_path / "file")
    for key in keys(3):
        cache.write(key, Variant(), JPEG)
    facts.put(b"name", Known(b"blur"))
    assert facts.get([b"name"]) == {b"name": Known(b"blur")}, "in memory at least"
    assert sum("kept on disk" in record.message for record in caplog.records) == 1
    facts.close()


def test_facts_outlive_the_server(tmp_path: Path) -> None:
    first = Facts(lambda: tmp_path)
    many = {number.to_bytes(16, "big"): Known(b"blur", number, 2, 1.5, 24.0) for number in range(1200)}
    for name, known in many.items():
        first.put(name, known)
    first.close()
    second = Facts(lambda: tmp_path)
    assert second.get(many.keys()) == many
    assert (second.get([b"unknown"]), len(second)) == ({}, 1200)
    second.clear()
    assert (len(second), second.get(many.keys())) == (0, {})
    second.close()
