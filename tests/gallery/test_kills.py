"""The index after the worst: killed at work, a data folder that cannot be written, floods, no watches."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cozygen_core import GalleryIndex
from tests.gallery.files import graph_png, png, put

INDEXING = """
import sys, time
from cozygen_core import GalleryIndex
index = GalleryIndex([("", sys.argv[1])], sys.argv[2])
index.start()
print("begun", flush=True)
index.wait_idle(60)
print("idle", flush=True)
time.sleep(60)
"""


def status(index: GalleryIndex) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(index.status())
    return found


def listed(index: GalleryIndex, *, meta: bool = False) -> dict[str, dict[str, Any]]:
    page = index.page("", recursive=True, limit=100_000, meta=meta)
    assert page is not None
    items = json.loads(bytes(page.items))
    found = {f"{item['subfolder']}/{item['filename']}".lstrip("/"): item for item in items}
    assert len(found) == len(items)
    return found


def until(is_so: Callable[[], bool], patience_s: float = 20.0) -> bool:
    end = time.monotonic() + patience_s
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


def test_k_01_an_index_killed_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    root, cache = tmp_path / "output", tmp_path / "cache"
    data = graph_png()
    for number in range(1500):
        put(root, f"day_{number % 7}/{number}.png", data)
    chance = random.Random(11)
    for kill in range(8):
        put(root, f"late/{kill}.png", data)
        command = [sys.executable, "-c", INDEXING, str(root), str(cache)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "begun\n"
            time.sleep(chance.uniform(0.0, 0.25))
            child.kill()
    index = GalleryIndex([("", root)], cache)
    index.start()
    try:
        assert index.wait_idle(60)
        found = listed(index, meta=True)
        assert len(found) == 1508
        assert all(item["meta"]["prompt"] == "a cat" for item in found.values())
        assert status(index)["cache"] == "fine"
    finally:
        index.close()


@pytest.mark.skipif(os.name == "nt", reason="folders there take no mode")
def test_k_10_a_data_folder_that_is_no_folder_or_read_only_is_said_and_the_index_works(
    tmp_path: Path,
) -> None:
    root = tmp_path / "output"
    put(root, "a.png", graph_png())
    for place in (put(tmp_path, "a_file", b"text") / "index", Path("/proc/cozygen-index")):
        index = GalleryIndex([("", root)], place)
        index.start()
        assert index.wait_idle(20)
        assert listed(index, meta=True)["a.png"]["meta"]["prompt"] == "a cat"
        assert status(index)["cache"] == "memory"
        put(root, "b.png")
        assert until(lambda index=index: set(listed(index)) == {"a.png", "b.png"})  # type: ignore[misc]
        (root / "b.png").unlink()
        index.close()


def test_c_17_a_flood_of_files_ends_with_what_is_on_disk(tmp_path: Path) -> None:
    root = tmp_path / "output"
    root.mkdir()
    index = GalleryIndex([("", root)], tmp_path / "cache")
    index.start()
    assert until(lambda: status(index)["watch"] == "watching")
    data = png()
    for number in range(6000):
        put(root, f"{number % 30}/{number}.png", data)
    for number in range(0, 6000, 3):
        (root / f"{number % 30}/{number}.png").unlink()
    try:
        assert until(lambda: len(listed(index)) == 4000)
        assert index.wait_idle(30)
        assert set(listed(index)) == {f"{n % 30}/{n}.png" for n in range(6000) if n % 3}
    finally:
        index.close()


def test_c_18_without_watches_it_polls_says_so_and_still_finds_everything(tmp_path: Path) -> None:
    root = tmp_path / "output"
    put(root, "sub/a.png")
    index = GalleryIndex([("", root)], tmp_path / "cache", force_polling=True)
    index.start()
    try:
        assert until(lambda: status(index)["watch"] == "polling")
        assert status(index)["watch_reason"]
        put(root, "sub/b.png")
        (root / "sub" / "a.png").unlink()
        assert until(lambda: set(listed(index)) == {"sub/b.png"})
    finally:
        index.close()


def test_c_12_c_13_what_vanishes_while_it_is_walked_is_left_out(tmp_path: Path) -> None:
    root = tmp_path / "output"
    for number in range(2000):
        put(root, f"{number % 50}/{number}.png")
    index = GalleryIndex([("", root)])
    index.start()
    for folder in range(0, 50, 2):
        for path in (root / str(folder)).iterdir():
            path.unlink()
        (root / str(folder)).rmdir()
    try:
        assert until(lambda: len(listed(index)) == 1000)
    finally:
        index.close()


@pytest.mark.parametrize("times", [[5.0, 5.0, 5.0], [-86_400.0, 0.0, 4e9], [3.0, 2.0, 1.0]])
def test_c_20_equal_and_jumping_times_hide_nothing(tmp_path: Path, times: list[float]) -> None:
    root = tmp_path / "output"
    root.mkdir()
    index = GalleryIndex([("", root)])
    index.start()
    try:
        assert until(lambda: status(index)["watch"] == "watching")
        for number, mtime in enumerate(times):
            put(root, f"{number}.png", png(width=number + 1), mtime=mtime)
            assert until(lambda number=number: f"{number}.png" in listed(index))  # type: ignore[misc]
        for number, mtime in enumerate(times):
            put(root, f"{number}.png", png(width=40 + number), mtime=mtime - 86_400)
        assert until(lambda: sorted(item["width"] or 0 for item in listed(index).values()) == [40, 41, 42])
    finally:
        index.close()


def test_c_21_after_a_swap_each_name_shows_its_own_picture(tmp_path: Path) -> None:
    root = tmp_path / "output"
    for name, width in (("a.png", 30), ("b.png", 40)):
        put(root, name, png(width=width))
    index = GalleryIndex([("", root)])
    index.start()
    try:
        assert until(lambda: status(index)["watch"] == "watching") and index.wait_idle(20)
        (root / "a.png").rename(root / "aside.tmp")
        (root / "b.png").rename(root / "a.png")
        (root / "aside.tmp").rename(root / "b.png")
        wanted = {"a.png": 40, "b.png": 30}
        assert until(lambda: {name: item["width"] for name, item in listed(index).items()} == wanted)
    finally:
        index.close()
