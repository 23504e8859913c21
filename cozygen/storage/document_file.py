"""One document on disk: loading with recovery, and saving that a crash cannot break. Blocking.

The protocol: serialise, write a new temp file, force it out, keep the present
file as a backup, replace, force the folder out. A file that cannot be read is
set aside and the newest good backup takes its place; nothing unreadable is
ever overwritten. `JsonDocument` calls this in a thread, one call at a time.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cozygen.errors import (
    ConflictError,
    CozyGenError,
    InvalidError,
    NotReadyError,
    PayloadTooLargeError,
    StorageFullError,
)
from cozygen.storage import disk as disk_calls
from cozygen.storage import document_text, json_text
from cozygen.storage.backups import Backups
from cozygen.storage.disk import Disk
from cozygen.storage.document_format import DocumentFormat, Value
from cozygen.storage.document_lock import DocumentLock
from cozygen.storage.document_notices import DocumentNotices, Notify
from cozygen.storage.document_reading import Reading, read_document
from cozygen.storage.document_text import Envelope, UnreadableError

log = logging.getLogger(__name__)

_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})

Signature = tuple[int, int, int]
Changer = Callable[[Value], "Value | None"]


@dataclass(frozen=True)
class Snapshot:
    """One version of a document. `value` is shared by all readers: never change it.

    `body` is the value as JSON; `read_only` says why writing is refused, or is
    empty; `signature` tells whether the file has changed (None: look again).
    """

    value: Value
    body: bytes
    rev: int
    etag: str
    read_only: str = ""
    set_aside: tuple[Any, ...] = ()
    migrated_from: str = ""
    signature: Signature | None = None


@dataclass(frozen=True)
class Change:
    """What a write did; `before` and `after` are one object when nothing changed."""

    before: Snapshot
    after: Snapshot

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return self.before is not self.after


Precondition = Callable[[Snapshot], None]


class DocumentFile:
    """A document's file, its backups and its lock between processes."""

    def __init__(
        self,
        form: DocumentFormat,
        folder: Path,
        notify: Notify,
        *,
        disk: Disk | None = None,
        lock_timeout_s: float = 5.0,
        settle_s: float = 1.0,
    ) -> None:
        self.form = form
        # A document may be a link into a synchronised folder: write where it leads.
        self.path = Path(os.path.realpath(folder / form.file_name))
        self._disk = disk or Disk()
        self._settle_s = settle_s
        self._notices = DocumentNotices(form.name, form.file_name, notify)
        self._backups = Backups(self._disk, self.path, max_bytes=form.max_bytes)
        self.lock = DocumentLock(
            self._disk,
            folder,
            form.file_name,
            timeout_s=lock_timeout_s,
            without_locks=self._notices.without_locks,
        )

    # -- loading ---------------------------------------------------------------------------

    def load(self, known: Snapshot | None = None) -> Snapshot:
        """The present version; `known` is returned while the file is unchanged."""
        if known is None:
            self._sweep()
        try:
            return self._read(known)
        except UnreadableError as error:
            if known is not None and self._is_settling():
                return known
            return self._recover_locked(known, str(error))
        except OSError as error:
            return self._withheld(known, error)

    def _read(self, known: Snapshot | None) -> Snapshot:
        """Read the primary file; raises UnreadableError when it is broken or gone."""
        signature = self._signature()
        if signature is None:
            return self._missing(known)
        if known is not None and known.signature == signature:
            return known
        raw, state = disk_calls.read_file(self._disk, self.path, limit=self.form.max_bytes)
        found = replace(self._decode(raw), signature=_signature_of(state))
        return found if known is not None and found.rev > known.rev else self._numbered(found, known)

    def _numbered(self, found: Snapshot, known: Snapshot | None) -> Snapshot:
        """A file from another hand may carry no revision or an old one: it still is the newest."""
        backup = self._newest_good()
        last = max(known.rev if known else 0, backup[0].rev + 1 if backup else 0)
        if found.rev >= last:
            return found
        return replace(found, rev=last, etag=document_text.etag_of(last, found.body))

    def _signature(self) -> Signature | None:
        try:
            return _signature_of(self._disk.stat(self.path))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _missing(self, known: Snapshot | None) -> Snapshot:
        """Keep what memory holds; a missing file with a good backup is a loss, without one a beginning."""
        if known is not None:
            if known.signature is not None:
                self._notices.vanished()
            return replace(known, signature=None)
        if self._newest_good() is not None:
            raise UnreadableError("it is missing although there is a backup")
        return self._fresh()

    def _fresh(self) -> Snapshot:
        value = self.form.default()
        body = json_text.dumps(value)
        return Snapshot(value, body, 0, document_text.etag_of(0, body))

    def _decode(self, raw: bytes) -> Snapshot:
        """Text to snapshot; raises UnreadableError."""
        reading = read_document(self.form, raw)
        if reading.newer:
            self._notices.newer()
            return _snapshot(reading, read_only="it was written by a newer CozyGen")
        if reading.taken:
            self._notices.screened(reading.taken)
        return _snapshot(reading)

    # -- recovery --------------------------------------------------------------------------

    def _is_settling(self) -> bool:
        """Whether the file changed a moment ago: an editor may be in the middle of writing it."""
        try:
            age = time.time() - self._disk.stat(self.path).st_mtime
        except OSError:
            return False
        return 0 <= age < self._settle_s

    def _recover_locked(self, known: Snapshot | None, reason: str) -> Snapshot:
        """Recover while no other process does the same."""
        try:
            with self.lock.hold():
                return self._recheck(known, reason)
        except (OSError, StorageFullError, NotReadyError) as error:
            # Locked out, full or read-only: serve what there is and leave the disk as it is.
            log.warning("%s cannot be mended now: %s", self.form.file_name, error)
            return self._unmended(known, reason)

    def _recheck(self, known: Snapshot | None, reason: str) -> Snapshot:
        """Under the lock: wait until the file settles and read once more before believing it broken."""
        give_up = time.monotonic() + self._settle_s
        while self._is_settling() and time.monotonic() < give_up:
            time.sleep(0.05)
        try:
            return self._read(known)
        except UnreadableError as error:
            return self._recover(known, str(error) or reason)

    def _recover(self, known: Snapshot | None, reason: str) -> Snapshot:
        aside = self._backups.set_aside(self.path).name if self._signature() is not None else ""
        # A newer backup that is withheld for the moment must not lose against an older one.
        good = self._last_good(known, strict=True)
        if good is None:
            self._backups.set_all_aside()
            self._notices.lost(reason, aside)
            return self._fresh()
        snapshot, source = good
        if not snapshot.read_only:
            snapshot = self._write(snapshot, rotate=False)
        self._notices.recovered(reason, aside, source)
        return snapshot

    def _last_good(self, known: Snapshot | None, *, strict: bool = False) -> tuple[Snapshot, str] | None:
        """The newest content that is whole, in memory or in a backup, and where it was found."""
        backup = self._newest_good(strict=strict)
        if known is None or (backup is not None and backup[0].rev > known.rev):
            return backup
        return known, "memory"

    def _newest_good(self, *, strict: bool = False) -> tuple[Snapshot, str] | None:
        for path, raw in self._backups.newest_first(strict=strict):
            with contextlib.suppress(UnreadableError):
                return self._decode(raw), path.name
        return None

    def _unmended(self, known: Snapshot | None, reason: str) -> Snapshot:
        """The last good content in memory only; the next write tries to mend the file first."""
        snapshot, source = self._last_good(known) or (self._fresh(), "an empty document")
        self._notices.unmended(reason, source)
        return replace(snapshot, signature=None)

    def _withheld(self, known: Snapshot | None, error: OSError) -> Snapshot:
        """The file is there but the system does not hand it out (rights, a failing disk)."""
        good = self._last_good(known)
        if good is None:
            text = f"{self.form.file_name} cannot be read ({_word(error)})."
            raise NotReadyError(text, code="storage_unreadable") from error
        self._notices.unmended(f"the system does not hand it out ({_word(error)})", good[1])
        return replace(good[0], signature=None)

    # -- writing ---------------------------------------------------------------------------

    def update(
        self, known: Snapshot | None, change: Changer, *, precondition: Precondition | None = None
    ) -> Change:
        """Read, change and write under the lock. Raises what the two raise, or why it cannot be kept."""
        try:
            with self.lock.hold():
                before = self._current(known)
                if precondition is not None:
                    precondition(before)
                return Change(before, self._apply(before, change))
        except OSError as error:
            raise storage_error(error, self.form.file_name) from error

    def _current(self, known: Snapshot | None) -> Snapshot:
        try:
            return self._read(known)
        except UnreadableError as error:
            return self._recheck(known, str(error))

    def _apply(self, before: Snapshot, change: Changer) -> Snapshot:
        if before.read_only:
            text = f"{self.form.file_name} can only be read: {before.read_only}."
            raise ConflictError(text, code="read_only_document")
        value: Value = json_text.loads(before.body)
        changed = change(value)
        value = value if changed is None else changed
        self._check(value)
        body = json_text.dumps(value)
        if body == before.body:
            return before
        # Parsed again, so that memory holds exactly what the file says and nobody else's objects.
        after = replace(before, value=json_text.loads(body), body=body, rev=before.rev + 1)
        if before.migrated_from:
            self._backups.keep_original(before.migrated_from)
        return self._write(after, rotate=True)

    def _check(self, value: Value) -> None:
        if document_text.depth_of(value) > document_text.MAX_DEPTH:
            raise InvalidError("The document is nested too deeply.", code="too_deep")
        if self.form.check is not None:
            self.form.check(value)

    def _write(self, snapshot: Snapshot, *, rotate: bool) -> Snapshot:
        """Steps 2 to 5 of the protocol; returns the snapshot as it now lies on disk."""
        form = self.form
        envelope = Envelope(form.name, form.version, snapshot.rev, snapshot.set_aside)
        raw = document_text.encode(snapshot.value, envelope)
        if len(raw) > form.max_bytes:
            raise PayloadTooLargeError(f"{form.file_name} would be larger than {form.max_bytes >> 20} MiB.")
        disk_calls.make_folder(self._disk, self.path.parent)
        temp = self.path.with_name(f".{self.path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
        state = disk_calls.write_new(self._disk, temp, raw, mode=self._mode())
        try:
            if rotate:
                self._backups.rotate()
            disk_calls.replace(self._disk, temp, self.path)
        except OSError:
            disk_calls.discard(self._disk, temp)
            self._backups.part()
            raise
        disk_calls.sync_folder(self._disk, self.path.parent)
        self._backups.trim()
        self._notices.settled()
        etag = document_text.etag_of(snapshot.rev, snapshot.body)
        return replace(snapshot, etag=etag, migrated_from="", signature=_signature_of(state))

    def _mode(self) -> int:
        try:
            return 0o600 if self.form.secret else self._disk.stat(self.path).st_mode & 0o777
        except FileNotFoundError:
            return 0o600

    def _sweep(self) -> None:
        """Clear up after a process that was killed while saving; under the lock nobody else is saving."""
        mine = re.compile(re.escape(f".{self.path.name}.") + r"\d+\.[0-9a-f]{8}\.tmp")
        try:
            stale = [name for name in self._disk.listdir(self.path.parent) if mine.fullmatch(name)]
            if not stale and not self._has_second_name():
                return
            with self.lock.hold(timeout_s=0.2):
                for name in stale:
                    disk_calls.discard(self._disk, self.path.with_name(name))
                self._backups.part()
        except FileNotFoundError:
            return  # the folder is made with the first save
        except (OSError, CozyGenError) as error:
            log.info("temp files of %s stay for now: %s", self.form.file_name, error)

    def _has_second_name(self) -> bool:
        try:
            return self._disk.stat(self.path).st_nlink > 1
        except OSError:
            return False


def _snapshot(reading: Reading, *, read_only: str = "") -> Snapshot:
    body, rev = json_text.dumps(reading.value), reading.envelope.rev
    return Snapshot(
        reading.value,
        body,
        rev,
        document_text.etag_of(rev, body),
        read_only=read_only,
        set_aside=reading.envelope.set_aside,
        migrated_from=reading.migrated_from,
    )


def _signature_of(state: os.stat_result) -> Signature:
    return state.st_ino, state.st_size, state.st_mtime_ns


def _word(error: OSError) -> str:
    return error.strerror or type(error).__name__


def storage_error(error: OSError, name: str) -> CozyGenError:
    """The named error for a disk that does not play along."""
    if error.errno in _FULL:
        return StorageFullError(f"{name} was not saved: the disk is full. Nothing was changed.")
    if error.errno in _READ_ONLY:
        text = f"{name} was not saved: the data folder cannot be written."
        return NotReadyError(text, code="storage_read_only")
    text = f"{name} was not saved ({_word(error)}). Nothing was changed."
    return NotReadyError(text, code="storage_failed", headers={"Retry-After": "2"})
