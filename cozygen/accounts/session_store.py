"""Sessions and API tokens: found in memory by the hash of their token, kept in `sessions.json`.

Whoever reads the file cannot sign in with it. A session that cannot be written
(full or read-only disk) lives in memory until the server ends, so that the
owner can still get in and make room. `used` is written once a minute.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from cozygen.accounts.records import UNSAVED, SessionRecord
from cozygen.errors import UnprocessableError
from cozygen.storage.document_format import Value
from cozygen.storage.json_document import JsonDocument

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")
MOST_SESSIONS: Final = 100
MOST_TOKENS: Final = 50
DEVICE_LENGTH: Final = 100


def new_token() -> str:
    """256 random bits, safe in headers."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("ascii")).hexdigest()


class SessionStore:
    """All sessions of one server. `is_current(record)` says whether its account still stands behind it."""

    def __init__(
        self,
        document: JsonDocument,
        is_current: Callable[[SessionRecord], bool],
        *,
        idle_s: float,
        notice: Callable[[str, str], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._document = document
        self._is_current = is_current
        self._idle_s = idle_s
        self._notice = notice
        self._clock = clock
        self._records: dict[str, SessionRecord] = {}
        self._ids: dict[str, str] = {}
        self._unsaved: dict[str, SessionRecord] = {}
        self._revoked: set[str] = set()
        self._touched: set[str] = set()
        document.on_change(lambda _document, change: self._take_over(change.after.value))

    # -- looking up, all in memory -----------------------------------------------------------

    def find(self, token: str) -> SessionRecord | None:
        """The live session of a token; counts as use."""
        if TOKEN.fullmatch(token) is None:
            return None
        hashed = digest(token)
        record = self._records.get(hashed)
        now = self._clock()
        if record is None or not self._lives(record, now):
            return None
        if now - record.used >= 1:
            record.used = now
            self._touched.add(hashed)
        return record

    def is_alive(self, session_id: str) -> bool:
        """Whether a session still lives; no use of it."""
        return self.by_id(session_id) is not None

    def by_id(self, session_id: str) -> SessionRecord | None:
        """The live session of an id; no use of it."""
        record = self._records.get(self._ids.get(session_id, ""))
        return record if record is not None and self._lives(record, self._clock()) else None

    def of(self, name: str | None, *, tokens: bool) -> list[SessionRecord]:
        """The live sessions (or API tokens) of one user, or of all; last used first."""
        now = self._clock()
        found = [
            record
            for record in self._records.values()
            if record.is_token is tokens and name in (None, record.name) and self._lives(record, now)
        ]
        return sorted(found, key=lambda record: -record.used)

    def _lives(self, record: SessionRecord, now: float) -> bool:
        if record.expires is not None and now >= record.expires:
            return False
        if not record.is_token and now - record.used >= self._idle_s:
            return False
        return self._is_current(record)

    # -- changing ---------------------------------------------------------------------------

    async def add(self, record: SessionRecord) -> str:
        """Keep a new session; returns its token, which is shown once."""
        if record.is_token and len(self.of(record.name, tokens=True)) >= MOST_TOKENS:
            raise UnprocessableError(f"There are {MOST_TOKENS} tokens already; revoke one first.")
        token = new_token()
        hashed = digest(token)
        surplus = [] if record.is_token else self.of(record.name, tokens=False)[MOST_SESSIONS - 1 :]
        self._remember(hashed, record)
        waiting = {**self._unsaved, hashed: record}
        try:
            await self._document.update(lambda value: _insert(value, waiting, surplus))
            self._unsaved = {key: kept for key, kept in self._unsaved.items() if key not in waiting}
        except UNSAVED as error:
            self._unsaved[hashed] = record
            self._notice("session_not_kept", f"A sign-in lasts only until the server ends: {error.message}")
        return token

    async def revoke(self, records: Iterable[SessionRecord]) -> None:
        """End sessions: in memory at once, then on disk. Raises what the disk raises."""
        ids = {record.id for record in records}
        gone = {self._ids[session_id] for session_id in ids if session_id in self._ids}
        for hashed in gone:
            self._revoked.add(hashed)
            self._unsaved.pop(hashed, None)
            self._forget(hashed)
        if gone:
            await self._document.update(lambda value: _remove(value, gone))

    async def flush(self) -> None:
        """Write when sessions were last used, and drop those that are over."""
        now = self._clock()
        used = {key: self._records[key].used for key in self._touched if key in self._records}
        over = [hashed for hashed, record in self._records.items() if not self._lives(record, now)]
        over += self._revoked
        if not used and not over:
            return
        self._touched.clear()
        try:
            await self._document.update(lambda value: _update_use(value, used, over))
        except UNSAVED:
            # Tried again in a minute; memory knows meanwhile.
            self._touched |= used.keys()

    async def load(self) -> None:
        """Read the document; later changes by other processes arrive through `refresh`."""
        self._take_over((await self._document.read()).value)

    async def refresh(self) -> None:
        """Notice what another process has written."""
        await self._document.read()

    # -- memory and disk ----------------------------------------------------------------------

    def _take_over(self, value: Value) -> None:
        """Make memory what the document says, but for what memory knows better."""
        known, self._records, self._ids = self._records, {}, {}
        self._revoked &= value["sessions"].keys()
        for hashed, entry in value["sessions"].items():
            if hashed in self._revoked:
                continue
            record = SessionRecord.from_value(entry)
            if hashed in known:
                record.used = max(record.used, known[hashed].used)
            self._remember(hashed, record)
        for hashed, record in self._unsaved.items():
            self._remember(hashed, record)

    def _remember(self, hashed: str, record: SessionRecord) -> None:
        self._records[hashed] = record
        self._ids[record.id] = hashed

    def _forget(self, hashed: str) -> None:
        record = self._records.pop(hashed, None)
        if record is not None:
            self._ids.pop(record.id, None)


def _insert(value: Value, records: Mapping[str, SessionRecord], surplus: list[SessionRecord]) -> None:
    sessions = value["sessions"]
    too_many = {old.id for old in surplus}
    _remove(value, [key for key, entry in sessions.items() if entry["id"] in too_many])
    sessions.update({hashed: record.to_value() for hashed, record in records.items()})


def _update_use(value: Value, used: Mapping[str, float], over: Iterable[str]) -> None:
    sessions = value["sessions"]
    for hashed, at in used.items():
        if hashed in sessions:
            sessions[hashed]["used"] = max(sessions[hashed]["used"], at)
    _remove(value, over)


def _remove(value: Value, hashes: Iterable[str]) -> None:
    for hashed in hashes:
        value["sessions"].pop(hashed, None)


def new_record(
    name: str, password_id: str, device: str, *, now: float, lifetime_s: float | None
) -> SessionRecord:
    """A session that begins now; the caller sets what makes it a token."""
    return SessionRecord(
        id=secrets.token_hex(8),
        name=name,
        password_id=password_id,
        device=clean_device(device),
        created=now,
        used=now,
        expires=None if lifetime_s is None else now + lifetime_s,
    )


def clean_device(text: str) -> str:
    """A device name for people: one line, printable, not long."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line[:DEVICE_LENGTH]
