"""Whatever happens to the files, the index ends up with what a plain walk finds, each file once."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from cozygen_core import GalleryIndex
from tests.gallery.files import png, put

# How long the two may differ; the figure of F6 belongs to the benchmark.
PATIENCE_S: Final = 15.0
NAMES: Final = st.sampled_from(
    ["a.png", "A.png", "b.webm", "ü.jpg", ".hidden.png", "x y#%.flac", "10.png", "9.png"]
)
FOLDERS: Final = st.sampled_from(["", "s", "s/t", "s/t/u", "other", ".dot", "ü"])
SPELT: Final = st.sampled_from(["{}", "./{}", "{}/", ".//{}/."])
MEDIA: Final = (".png", ".webm", ".jpg", ".flac")
ORDERS: Final = ("newest", "oldest", "name", "size", "random:7")


def walked(root: Path) -> set[str]:
    """The media files of a tree, by a plain walk."""
    return {
        os.path.relpath(os.path.join(place, name), root)  # noqa: PTH118 - a walk in text, unlike the index
        for place, _folders, names in os.walk(root)
        for name in names
        if name.endswith(MEDIA)
    }


class FilesAgainstIndex(RuleBasedStateMachine):
    """Random operations on files; now and then both must agree."""

    watch = True

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="cozygen-stateful-"))
        self.root = self.base / "output"
        self.root.mkdir()
        self.size = 1
        self.index = self.opened()

    def opened(self) -> GalleryIndex:
        """An index over the tree, with the cache of the one before."""
        index = GalleryIndex([("", self.root)], self.base / "cache", watch=self.watch)
        index.start()
        assert index.wait_ready(PATIENCE_S)
        return index

    @rule(folder=FOLDERS, name=NAMES)
    def write(self, folder: str, name: str) -> None:
        self.size += 1
        put(self.root, f"{folder}/{name}" if folder else name, png(width=self.size))

    @rule(folder=FOLDERS, name=NAMES)
    def save_as_careful_programs_do(self, folder: str, name: str) -> None:
        self.size += 1
        part = put(self.root, f"{folder}/.part" if folder else ".part", png(width=self.size))
        part.rename(part.with_name(name))

    @rule(folder=FOLDERS, name=NAMES, spelt=SPELT)
    def save_and_tell(self, folder: str, name: str, spelt: str) -> None:
        self.write(folder, name)
        self.index.rescan([spelt.format(folder)] if folder else [])

    @precondition(lambda self: bool(walked(self.root)))
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        (self.root / data.draw(st.sampled_from(sorted(walked(self.root))))).unlink()

    @precondition(lambda self: bool(walked(self.root)))
    @rule(data=st.data(), folder=FOLDERS, name=NAMES)
    def move(self, data: st.DataObject, folder: str, name: str) -> None:
        source = self.root / data.draw(st.sampled_from(sorted(walked(self.root))))
        target = self.root / folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)

    @precondition(lambda self: len(walked(self.root)) > 1)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        names = st.sampled_from(sorted(walked(self.root)))
        one, other = self.root / data.draw(names), self.root / data.draw(names)
        aside = self.base / "aside"
        one.replace(aside)
        if one != other:
            other.replace(one)
        aside.replace(other)

    @rule(folder=FOLDERS.filter(bool), name=st.sampled_from(["moved", "s", "deep"]))
    def move_folder(self, folder: str, name: str) -> None:
        source, target = self.root / folder, self.root / name
        if source.is_dir() and not target.exists():
            source.rename(target)

    @rule(folder=FOLDERS.filter(bool))
    def remove_folder(self, folder: str) -> None:
        shutil.rmtree(self.root / folder, ignore_errors=True)

    @rule(folder=FOLDERS, name=NAMES, mtime=st.sampled_from([0.0, 5.5, 2_000_000_000.0]))
    def write_with_a_strange_time(self, folder: str, name: str, mtime: float) -> None:
        self.size += 1
        put(self.root, f"{folder}/{name}" if folder else name, png(width=self.size), mtime=mtime)

    @rule()
    def stop_and_start_again(self) -> None:
        self.index.close()
        self.index = self.opened()

    @rule()
    def agree(self) -> None:
        """Wait until the index shows what is there; then every way to ask must say the same."""
        expected = walked(self.root)
        until = time.monotonic() + PATIENCE_S
        if not self.watch:
            self.index.rescan([])
        found = self.listed("newest")
        while set(found) != expected and time.monotonic() < until:
            time.sleep(0.02)
            found = self.listed("newest")
        assert Counter(found) == Counter(expected)
        for order in ORDERS:
            assert Counter(self.listed(order)) == Counter(expected), order
        assert len(set(self.index.ids("", recursive=True, hidden=True))) == len(expected)
        for folder in {os.path.dirname(path) for path in expected}:  # noqa: PTH120 - as text, like the walk
            own = {path for path in expected if os.path.dirname(path) == folder}  # noqa: PTH120
            assert set(self.listed("name", folder)) == own

    def listed(self, order: str, folder: str | None = None) -> list[str]:
        """Paths in an order, page by page, of everything or of one folder."""
        paths: list[str] = []
        generation = None
        while True:
            page = self.index.page(
                folder or "",
                recursive=folder is None,
                hidden=True,
                sort=order,
                offset=len(paths),
                limit=3,
                generation=generation,
            )
            items: list[dict[str, Any]] = json.loads(bytes(page.items)) if page else []
            folders = [item for item in items if item["type"] == "directory"]
            paths += [f"{item['subfolder']}/{item['filename']}".lstrip("/") for item in items]
            if page is None or not items:
                return [path for path in paths if path.endswith(MEDIA)]
            generation = page.generation
            assert all(not item["filename"].endswith(MEDIA) for item in folders)

    def teardown(self) -> None:
        try:
            self.agree()
        finally:
            self.index.close()
            shutil.rmtree(self.base)


class FilesAgainstAskedIndex(FilesAgainstIndex):
    """The same without a watcher: the index looks only when it is asked to."""

    watch = False


_FEW = settings(
    max_examples=8,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
_MANY = settings(_FEW, max_examples=300, stateful_step_count=40, derandomize=False)


@pytest.mark.parametrize("machine", [FilesAgainstIndex, FilesAgainstAskedIndex])
def test_the_index_and_a_plain_walk_agree(machine: type[FilesAgainstIndex]) -> None:
    case = machine.TestCase
    case.settings = _FEW
    case().runTest()


@pytest.mark.long
@pytest.mark.parametrize("machine", [FilesAgainstIndex, FilesAgainstAskedIndex])
def test_the_index_and_a_plain_walk_agree_for_long(machine: type[FilesAgainstIndex]) -> None:
    case = machine.TestCase
    case.settings = _MANY
    case().runTest()
