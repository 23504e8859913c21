"""Power goes away: what was not forced to the medium is gone (K-05).

A journal of the system calls is replayed onto a simulated medium. Content
becomes durable with its file's fsync, names with their folder's. After every
call all states are built that a journalling file system may come back with:
the names of the last folder sync and any number of the later name changes, in
order, with unsynced content empty or full of zeros.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cozygen.storage.disk import Disk
from cozygen.storage.document_file import DocumentFile
from cozygen.storage.document_format import DocumentFormat
from tests.storage.kills import count_to, forms, open_file
from tests.storage.test_processes import DOCUMENTS

State = dict[str, bytes]


@dataclass
class Content:
    """A file's bytes: as written, and as they are on the medium (None: nothing yet)."""

    written: bytes = b""
    durable: bytes | None = None


@dataclass
class Medium:
    """Names and contents on the medium, and the name changes that wait for a folder sync."""

    names: dict[str, Content] = field(default_factory=dict)
    durable_names: dict[str, Content] = field(default_factory=dict)
    waiting: list[tuple[str, str, Content | None]] = field(default_factory=list)

    def states(self) -> Iterator[State]:
        """Everything that may be there when power comes back."""
        for lost in (b"", b"\0" * 512):
            names = dict(self.durable_names)
            yield {name: _kept(content, lost) for name, content in names.items()}
            for gone, name, content in self.waiting:
                names.pop(gone, None)
                if content is not None:
                    names[name] = content
                yield {name: _kept(content, lost) for name, content in names.items()}


def _kept(content: Content, lost: bytes) -> bytes:
    return lost if content.durable is None else content.durable


class Journal(Disk):
    """The real disk, with a simulated medium beside it and the states after every call."""

    def __init__(self) -> None:
        self.medium = Medium()
        self.open_files: dict[int, Content | Path] = {}
        self.after: list[list[State]] = []

    def _note(self) -> None:
        self.after.append(list(self.medium.states()))

    def _rename(self, gone: str, name: str, content: Content | None) -> None:
        names = self.medium.names
        names.pop(gone, None)
        if content is not None:
            names[name] = content
        self.medium.waiting.append((gone, name, content))
        self._note()

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        fd = super().open(path, flags, mode)
        if flags & os.O_CREAT:
            self.open_files[fd] = content = Content()
            self._rename("", path.name, content)
        else:
            self.open_files[fd] = path
        return fd

    def write(self, fd: int, data: memoryview) -> int:
        written = super().write(fd, data)
        content = self.open_files[fd]
        assert isinstance(content, Content)
        content.written += bytes(data[:written])
        self._note()
        return written

    def fsync(self, fd: int) -> None:
        target = self.open_files[fd]
        if isinstance(target, Content):
            target.durable = target.written
        elif target.is_dir():
            self.medium.durable_names = dict(self.medium.names)
            self.medium.waiting = []
        self._note()

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self._rename(source.name, target.name, self.medium.names[source.name])

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._rename("", target.name, self.medium.names[source.name])

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._rename(path.name, path.name, None)


def recovered(form: DocumentFormat, folder: Path, state: State) -> int:
    """The count that a start after the loss of power finds."""
    folder.mkdir(parents=True)
    for name, content in state.items():
        (folder / name).write_bytes(content)
    return int(open_file(form, folder, []).load().value.get("x-count", 0))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_k_05_after_a_loss_of_power_it_is_the_old_or_the_new_version(name: str, folder: Path) -> None:
    form, journal = forms()[name], Journal()
    file: DocumentFile = open_file(form, folder / "live", [], journal)
    known: Any = None
    for number in range(1, 6):
        journal.after = []
        known = file.update(known, count_to(number)).after
        check(form, folder / f"lost{number}", journal, number)


def check(form: DocumentFormat, folder: Path, journal: Journal, number: int) -> None:
    for call, states in enumerate(journal.after):
        for variant, state in enumerate(states):
            found = recovered(form, folder / f"{call}-{variant}", state)
            assert found in (number - 1, number), (number, call, variant, sorted(state))
    for variant, state in enumerate(journal.medium.states()):
        # The save was acknowledged: from now on it is the new version, whatever happens.
        assert recovered(form, folder / f"end-{variant}", state) == number


def test_the_simulation_finds_a_save_without_fsync(folder: Path) -> None:
    class Careless(Journal):
        def fsync(self, fd: int) -> None:
            if not isinstance(self.open_files[fd], Content):
                super().fsync(fd)

    form, journal = forms()["aliases"], Careless()
    file = open_file(form, folder / "live", [], journal)
    known = file.update(None, count_to(1)).after
    with pytest.raises(AssertionError):
        check(form, folder / "lost1", journal, 1)
    assert known.rev == 1
