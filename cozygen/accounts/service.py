"""Signing in and out, sessions, API tokens and paired devices of one server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cozygen.access import Access, Session, lower
from cozygen.accounts.pairing import Invitation, Pairing
from cozygen.accounts.passwords import (
    PasswordThreads,
    is_outdated,
    is_placeholder,
    weakness,
)
from cozygen.accounts.records import SESSIONS_FORM, UNSAVED, USERS_FORM, Login, SessionRecord, fold
from cozygen.accounts.session_store import SessionStore, new_record
from cozygen.accounts.throttle import Throttle
from cozygen.accounts.user_book import SettingsLogin, UserBook
from cozygen.errors import CozyGenError, ForbiddenError, InvalidError, NotFoundError, UnauthorizedError
from cozygen.health import Health
from cozygen.storage.json_document import JsonDocument

log = logging.getLogger(__name__)

REFRESH_S: Final = 5.0
FLUSH_EVERY: Final = 12
UNREADABLE: Final = "The accounts cannot be read now, so nobody is let in; the server's log says why."


@dataclass(frozen=True)
class Caller:
    """Where a sign-in comes from; `is_local`: from this machine itself, passed on by nobody."""

    network: str
    is_local: bool


@dataclass(frozen=True)
class SignedIn:
    """A new session and its token, which is shown once."""

    token: str
    record: SessionRecord
    login: Login


class Accounts:
    """All of it for one data folder. Answers the guard from memory; `start` must have run."""

    def __init__(
        self,
        folder: Path,
        health: Health,
        owner: SettingsLogin | None,
        *,
        lifetime_s: float,
        idle_s: float,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._lifetime_s = lifetime_s
        self._idle_s = idle_s
        self._health = health
        self._owner = owner
        self._loaded = False
        sessions = JsonDocument(SESSIONS_FORM, folder, health.notice)
        self._documents = (JsonDocument(USERS_FORM, folder, health.notice), sessions)
        self._users = UserBook(self._documents[0], sessions, owner)
        self._store = SessionStore(
            sessions, self._is_current, idle_s=idle_s, notice=health.notice, clock=clock
        )
        self._threads = PasswordThreads()
        self.throttle = Throttle()
        self._pairing = Pairing(clock)
        # Compared with when there is no such user, so that both take as long.
        self._nobody = ""
        self._task: asyncio.Task[None] | None = None

    # -- life -------------------------------------------------------------------------------

    async def start(self) -> None:
        """Read everything; if that fails the door stays closed and it is tried again."""
        self._nobody = await self._threads.hash("nobody has this password")
        await self._load()
        self._warn()
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """Write what is pending."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._loaded:
            await self._store.flush()
        for document in self._documents:
            await document.close()
        self._threads.close()

    async def running(self, _app: object) -> AsyncIterator[None]:
        """Start, and stop at the end: for the host's `cleanup_ctx`."""
        await self.start()
        yield
        await self.stop()

    async def _load(self) -> None:
        try:
            await self._users.load(self._threads)
            await self._store.load()
        except CozyGenError as error:
            log.error("the accounts cannot be read: %s", error.message)
            self._users.closed_because = UNREADABLE
        else:
            self._loaded = True

    async def refresh(self) -> None:
        """Notice what `cozygen user …` or another server has written."""
        if not self._loaded:
            await self._load()
            return
        try:
            await self._users.refresh()
            await self._store.refresh()
        except CozyGenError as error:
            # Memory holds the last good state, which lets nobody in who was not.
            log.warning("the accounts cannot be read again: %s", error.message)

    async def _follow(self) -> None:
        rounds = 0
        while True:
            await asyncio.sleep(REFRESH_S)
            await self.refresh()
            rounds += 1
            if rounds % FLUSH_EVERY == 0 and self._loaded:
                await self._store.flush()

    def _warn(self) -> None:
        if self._owner is None:
            return
        problem = weakness(self._owner.name, self._owner.password)
        if problem:
            log.warning("COZYGEN_AUTH_PASS: %s Choose another one.", problem)
            self._health.notice("weak_password", f"COZYGEN_AUTH_PASS: {problem} Choose another one.")

    # -- what the guard asks ------------------------------------------------------------------

    def closed_because(self) -> str:
        """Why nobody can be let in at the moment; "" when the door works."""
        return self._users.closed_because

    def enabled(self) -> bool:
        """Whether a login is configured."""
        return self._users.enabled()

    def find(self, token: str) -> Session | None:
        """The live session of a token; finding it counts as use."""
        record = self._store.find(token)
        return None if record is None else self._session(record)

    def by_id(self, session_id: str) -> Session | None:
        """The live session of an id, which is no secret; no use of it."""
        record = self._store.by_id(session_id)
        return None if record is None else self._session(record)

    def is_alive(self, session_id: str) -> bool:
        """Whether a session still lives; "" stands for a server without a login."""
        return self._store.is_alive(session_id) if session_id else not self.enabled()

    def _is_current(self, record: SessionRecord) -> bool:
        login = self._users.find(record.name)
        return login is not None and login.password_id == record.password_id

    def _session(self, record: SessionRecord) -> Session | None:
        login = self._users.find(record.name)
        if login is None:
            return None
        return Session(
            user=login.user,
            access=lower(login.access, record.access),
            name=login.name,
            id=record.id,
            is_token=record.is_token,
            expires=record.expires,
        )

    # -- signing in and out -------------------------------------------------------------------

    async def sign_in(
        self, name: str, password: str, device: str, caller: Caller, *, old_token: str | None = None
    ) -> SignedIn:
        """Check a password; the session that the browser had before ends (A-19).

        Raises UnauthorizedError, TooManyRequestsError, or ForbiddenError for a
        default password from another machine.
        """
        login = self._users.find(name)
        with self.throttle.attempt(caller.network, fold(name), is_local=caller.is_local) as attempt:
            right = await self._threads.matches(login.hashed if login else self._nobody, password)
            if login is None or not right:
                log.warning("sign-in refused: %s from %s", _printable(name), caller.network)
                raise UnauthorizedError("The name or the password is wrong.", code="invalid_credentials")
            attempt.forgive()
        self._refuse_default(login, password, caller)
        await self._renew_hash(login, password)
        if old_token is not None:
            await self.sign_out(old_token)
        log.info("signed in: %s from %s", _printable(login.name), caller.network)
        return await self._begin(login, device)

    async def _begin(self, login: Login, device: str) -> SignedIn:
        record = new_record(
            login.name, login.password_id, device, now=self._clock(), lifetime_s=self._lifetime_s
        )
        return SignedIn(await self._store.add(record), record, login)

    def _refuse_default(self, login: Login, password: str, caller: Caller) -> None:
        if is_placeholder(login.name, password) and not caller.is_local:
            raise ForbiddenError(
                "This password is one that everybody tries first; it works only on the server itself. "
                "Change it there, in COZYGEN_AUTH_PASS or with `cozygen user passwd`.",
                code="default_credentials",
            )

    async def _renew_hash(self, login: Login, password: str) -> None:
        if is_outdated(login.hashed) and not self._users.of_settings(login):
            with contextlib.suppress(*UNSAVED):
                await self._users.renew_hash(login, await self._threads.hash(password))

    async def sign_out(self, token: str) -> None:
        """End the session of a token, if it has one."""
        record = self._store.find(token)
        if record is not None and not record.is_token:
            await self._store.revoke([record])

    def has_default_password(self, session: Session) -> bool:
        """Whether the login of the settings has a weak password; only its owner may hear it."""
        owner = self._owner
        if owner is None or not self.has_password_of_settings(session):
            return False
        return bool(weakness(owner.name, owner.password))

    def has_password_of_settings(self, session: Session) -> bool:
        """Whether the password is COZYGEN_AUTH_PASS, which only the settings can change."""
        return self._owner is not None and fold(self._owner.name) == fold(session.name)

    async def change_password(self, session: Session, current: str, new: str, caller: Caller) -> SignedIn:
        """Set a new password; all sessions and tokens of the account end, a new session begins (A-42)."""
        login = self._login_of(session)
        if self._users.of_settings(login):
            raise InvalidError(
                "This password is set by COZYGEN_AUTH_PASS; change it there.", code="password_in_settings"
            )
        with self.throttle.attempt(caller.network, fold(login.name), is_local=caller.is_local) as attempt:
            if not await self._threads.matches(login.hashed, current):
                # Not 401, by which every client knows that its session is over.
                raise ForbiddenError("The present password is wrong.", code="invalid_credentials")
            attempt.forgive()
        problem = weakness(login.name, new)
        if problem:
            raise InvalidError(problem, code="weak_password")
        device = self._record_of(session).device
        await self._users.change_password(login, await self._threads.hash(new))
        return await self._begin(self._login_of(session), device)

    # -- sessions and tokens --------------------------------------------------------------------

    def sessions(self, session: Session, *, everybody: bool) -> list[SessionRecord]:
        """The live sessions of an account; an administrator may see everybody's."""
        return self._store.of(self._whose(session, everybody), tokens=False)

    def tokens(self, session: Session, *, everybody: bool) -> list[SessionRecord]:
        """The live API tokens, likewise."""
        return self._store.of(self._whose(session, everybody), tokens=True)

    async def revoke(self, session: Session, record_id: str, *, tokens: bool) -> None:
        """End one session or token: one's own, or as an administrator anybody's."""
        may_all = session.access is Access.ADMIN and not session.is_token
        candidates = self._store.of(None if may_all else session.name, tokens=tokens)
        found = [record for record in candidates if record.id == record_id]
        if not found:
            raise NotFoundError("There is no such session." if not tokens else "There is no such token.")
        await self._store.revoke(found)

    async def revoke_others(self, session: Session) -> int:
        """End all sessions of the account but this one; returns how many."""
        others = [record for record in self._store.of(session.name, tokens=False) if record.id != session.id]
        await self._store.revoke(others)
        return len(others)

    async def create_token(
        self, session: Session, label: str, access: Access, lifetime_s: float | None
    ) -> SignedIn:
        """A new API token that may do no more than its maker."""
        login = self._login_of(session)
        if access is Access.PUBLIC or not session.access.includes(access):
            raise ForbiddenError("A token cannot do more than your account.")
        record = new_record(login.name, login.password_id, label, now=self._clock(), lifetime_s=lifetime_s)
        record.is_token, record.access = True, access
        return SignedIn(await self._store.add(record), record, login)

    def _whose(self, session: Session, everybody: bool) -> str | None:
        if not everybody:
            return session.name
        if session.access is not Access.ADMIN:
            raise ForbiddenError("Only an administrator sees everybody's.")
        return None

    def _login_of(self, session: Session) -> Login:
        login = self._users.find(session.name)
        if login is None:
            raise UnauthorizedError("Sign in to use this.")
        return login

    def _record_of(self, session: Session) -> SessionRecord:
        for record in self._store.of(session.name, tokens=session.is_token):
            if record.id == session.id:
                return record
        raise UnauthorizedError("Sign in to use this.")

    # -- pairing ----------------------------------------------------------------------------------

    def start_pairing(self, session: Session) -> tuple[str, Invitation]:
        """A one-time code for a second device of the same account."""
        return self._pairing.start(session.name, session.id, self._login_of(session).password_id)

    async def claim_pairing(
        self, code: str, device: str, caller: Caller, *, old_token: str | None = None
    ) -> SignedIn:
        """Sign in with a one-time code; a wrong one counts like a wrong password."""
        with self.throttle.attempt(caller.network, "pairing", is_local=caller.is_local) as attempt:
            invitation = self._pairing.claim(code)
            login = None if invitation is None else self._invited(invitation)
            if login is None:
                log.warning("pairing refused from %s", caller.network)
                raise UnauthorizedError("The code is wrong, used up or too old.", code="invalid_code")
            attempt.forgive()
        if old_token is not None:
            await self.sign_out(old_token)
        return await self._begin(login, device)

    def _invited(self, invitation: Invitation) -> Login | None:
        """Who is signed in by an invitation; nobody once the inviting session or password is gone."""
        login = self._users.find(invitation.name)
        if login is None or login.password_id != invitation.password_id:
            return None
        return login if self._store.is_alive(invitation.session_id) else None


def _printable(name: str) -> str:
    """A user name for the log: one line, no control characters, not long (A-52)."""
    return ascii(name[:64])
