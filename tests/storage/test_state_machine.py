"""A document against a plain dictionary: saves, restarts, crashes, faults, damage, edits in any order."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cozygen.errors import CozyGenError
from cozygen.storage.document_file import DocumentFile, Snapshot
from cozygen.storage.document_format import Value
from tests.storage.faults import CountingDisk
from tests.storage.notes import NOTES, Notices, note

KEYS = st.sampled_from(["a", "b", "ä", "日本", "__proto__", "_cozygen"])
TEXTS = st.text(max_size=20)
CALLS = st.integers(1, 60)


class CrashError(BaseException):
    """The process is gone at this call; nothing of it runs any more."""


class Documents(RuleBasedStateMachine):
    """`model` is what was acknowledged; `maybe` what an interrupted save may have left as well."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.folder = Path(self.place) / "data"
        self.model: dict[str, str] = {}
        self.generations: list[dict[str, str]] = [{}]
        self.restart()

    def teardown(self) -> None:
        shutil.rmtree(self.place)

    @rule()
    def restart(self) -> None:
        self.disk = CountingDisk()
        self.file = DocumentFile(NOTES, self.folder, Notices(), disk=self.disk, settle_s=0)
        self.known: Snapshot | None = None

    def _saved(self, model: dict[str, str]) -> None:
        if model != self.model:
            self.generations.append(self.model)
        self.model = model

    @rule(key=KEYS, text=TEXTS)
    def save(self, key: str, text: str) -> None:
        self.known = self.file.update(self.known, note(key, text)).after
        self._saved({**self.model, key: text})

    @rule(key=KEYS)
    def delete(self, key: str) -> None:
        def change(value: Value) -> None:
            value["notes"].pop(key, None)

        self.known = self.file.update(self.known, change).after
        self._saved({name: text for name, text in self.model.items() if name != key})

    @rule(key=KEYS, text=TEXTS, at=CALLS, code=st.sampled_from([errno.ENOSPC, errno.EIO, errno.EROFS]))
    def save_with_a_fault(self, key: str, text: str, at: int, code: int) -> None:
        def strike(_name: str, number: int) -> None:
            if number == at:
                raise OSError(code, os.strerror(code))

        self.disk.count, self.disk.strike = 0, strike
        try:
            self.known = self.file.update(self.known, note(key, text)).after
            self._saved({**self.model, key: text})
        except CozyGenError as error:
            assert error.status in (503, 507)
            self._either({**self.model, key: text})
        finally:
            self.disk.strike = CountingDisk().strike

    @rule(key=KEYS, text=TEXTS, at=CALLS)
    def crash_while_saving(self, key: str, text: str, at: int) -> None:
        def strike(_name: str, number: int) -> None:
            if number >= at:
                raise CrashError

        self.disk.count, self.disk.strike = 0, strike
        try:
            self.file.update(self.known, note(key, text))
            self._saved({**self.model, key: text})
        except CrashError:
            self.restart()
            self._either({**self.model, key: text})
        self.restart()

    def _either(self, new: dict[str, str]) -> None:
        """An unacknowledged save is there as a whole or not at all; the model follows the disk."""
        found = self._load()
        assert found in (self.model, new)
        self._saved(found)

    @rule(damage=st.sampled_from([b"", b"\0" * 99, b"{", b"[]", b'{"notes": {"a": "\xff"}}']))
    def break_the_file_while_running(self, damage: bytes) -> None:
        self._load()
        if self.folder.exists() and (self.folder / "notes.json").exists():
            (self.folder / "notes.json").write_bytes(damage)

    @rule()
    def break_the_file_while_stopped(self) -> None:
        """The newest backup is the generation before (or the same, when the last save was interrupted)."""
        if not self.folder.exists() or not (self.folder / "notes.json.bak1").exists():
            return
        stored = json.loads((self.folder / "notes.json.bak1").read_bytes())["notes"]
        (self.folder / "notes.json").write_bytes(b"{ broken")
        self.restart()
        assert self._load() == stored
        assert stored in (self.model, *self.generations)
        self._saved(stored)

    @rule(key=KEYS, text=TEXTS)
    def edit_by_hand(self, key: str, text: str) -> None:
        if not self.folder.exists():
            return
        edited = {**self.model, key: text}
        (self.folder / "notes.json").write_text(json.dumps({"notes": edited}, indent=4))
        self._saved(edited)

    @invariant()
    def what_is_read_is_what_was_acknowledged(self) -> None:
        assert self._load() == self.model

    @invariant()
    def no_temps_are_left_by_a_process_that_lives(self) -> None:
        if self.folder.exists():
            assert not [path for path in self.folder.iterdir() if path.suffix == ".tmp"]

    def _load(self) -> dict[str, Any]:
        self.known = self.file.load(self.known)
        notes: dict[str, Any] = self.known.value["notes"]
        return notes


TestDocuments = Documents.TestCase
TestDocuments.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
