"""Who may sign in: the users of `users.json`, and the login of the settings.

The login of the settings is an owner like any other; where both name the same
user, the settings win, because whoever sets them owns the machine.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from cozygen.access import DEFAULT_USER, Access
from cozygen.accounts.passwords import PasswordThreads, hash_password, weakness
from cozygen.accounts.records import UNSAVED, Login, fold, login_from_value
from cozygen.errors import ConflictError, InvalidError, NotFoundError
from cozygen.storage.document_file import Snapshot
from cozygen.storage.document_format import Value
from cozygen.storage.json_document import JsonDocument

ADOPTER: Final = "default_belongs_to"
NAME_LENGTH: Final = 64
LOST: Final = (
    "The accounts cannot be read, so nobody is let in. On the server, restore users.json from one of its "
    "backups, or run `cozygen user add`."
)
STARTING: Final = "The server is starting."


@dataclass(frozen=True)
class SettingsLogin:
    """Name and password from `COZYGEN_AUTH_USER` and `COZYGEN_AUTH_PASS`."""

    name: str
    password: str


class UserBook:
    """Everybody who can sign in, in memory; follows `users.json` when somebody else changes it."""

    def __init__(self, document: JsonDocument, sessions: JsonDocument, owner: SettingsLogin | None) -> None:
        self._document = document
        self._sessions = sessions
        self._owner = owner
        self._owner_login: Login | None = None
        self._logins: dict[str, Login] = {}
        self.closed_because = STARTING
        document.on_change(lambda _document, change: self._take_over(change.after))

    def enabled(self) -> bool:
        """Whether anybody needs to sign in."""
        return self._owner is not None or bool(self._logins)

    def find(self, name: str) -> Login | None:
        """The user of that name, in any case of letters."""
        return self._logins.get(fold(name))

    def of_settings(self, login: Login) -> bool:
        """Whether the login comes from the settings."""
        return login is self._owner_login

    async def load(self, threads: PasswordThreads) -> None:
        """Read the users and make the login of the settings ready."""
        if self._owner is not None:
            self._owner_login = await _owner_login(self._owner, self._sessions, threads)
        self._take_over(await self._document.read())

    async def refresh(self) -> None:
        """Notice what another process (`cozygen user …`) has written."""
        await self._document.read()

    async def change_password(self, login: Login, hashed: str) -> str:
        """Keep a new password hash; returns the new password id, which ends all older sessions."""
        password_id = new_password_id()

        def change(value: Value) -> None:
            entry = _entry(value, login.name)
            entry["hash"], entry["password_id"] = hashed, password_id

        await self._document.update(change)
        return password_id

    async def renew_hash(self, login: Login, hashed: str) -> None:
        """Keep the same password under today's parameters."""

        def change(value: Value) -> None:
            entry = _entry(value, login.name)
            if entry["password_id"] == login.password_id:
                entry["hash"] = hashed

        await self._document.update(change)

    def _take_over(self, snapshot: Snapshot) -> None:
        users = snapshot.value["users"]
        adopter = adopter_of(snapshot.value, fold(self._owner.name) if self._owner else "")
        self._logins = {key: login_from_value(key, entry, adopter) for key, entry in users.items()}
        if self._owner_login is not None:
            key = fold(self._owner_login.name)
            user = DEFAULT_USER if key == adopter else self._owner_login.name
            self._owner_login = replace(self._owner_login, user=user)
            self._logins[key] = self._owner_login
        lost = (
            self._owner is None
            and not users
            and (bool(snapshot.set_aside) or _was_lost(snapshot, self._document.file.path))
        )
        self.closed_because = LOST if lost else ""


def _was_lost(snapshot: Snapshot, path: Path) -> bool:
    """Whether there were accounts once: an unreadable file was set aside and none has been made since."""
    return snapshot.rev == 0 and any(path.parent.glob(f"{path.name}.corrupt.*"))


def adopter_of(value: Value, settings_key: str) -> str:
    """Key of the account that owns what was there without a login: the first that ever was."""
    adopter = value.get(ADOPTER)
    return adopter if isinstance(adopter, str) else settings_key


def new_password_id() -> str:
    """Names one password of one user, so that its sessions end with it."""
    return secrets.token_hex(8)


async def _owner_login(owner: SettingsLogin, document: JsonDocument, threads: PasswordThreads) -> Login:
    """The login of the settings; its sessions survive a restart unless the password has changed."""
    kept = (await document.read()).value.get("settings_login")
    if isinstance(kept, dict) and kept.get("name") == owner.name:
        hashed, password_id = str(kept.get("hash")), str(kept.get("password_id"))
        if await threads.matches(hashed, owner.password):
            return Login(owner.name, DEFAULT_USER, Access.ADMIN, hashed, password_id)
    hashed, password_id = await threads.hash(owner.password), new_password_id()
    entry = {"name": owner.name, "hash": hashed, "password_id": password_id}

    def change(value: Value) -> None:
        value["settings_login"] = entry

    with contextlib.suppress(*UNSAVED):
        # Not kept: the next start will only ask everybody to sign in again.
        await document.update(change)
    return Login(owner.name, DEFAULT_USER, Access.ADMIN, hashed, password_id)


# -- what `cozygen user` does; all of it blocks ------------------------------------------------

Change = Callable[[Value], None]


def add_user(name: str, password: str, access: Access, *, settings_name: str = "") -> Change:
    """A change that adds a user; raises InvalidError or ConflictError, before or while it runs."""
    shown = checked_name(name)
    _check_password(shown, password)
    hashed = hash_password(password)

    def change(value: Value) -> None:
        key = fold(shown)
        if key in value["users"]:
            raise ConflictError(f"There is a user {shown} already.")
        value["users"][key] = {
            "name": shown,
            "access": access.value,
            "hash": hashed,
            "password_id": new_password_id(),
        }
        if not isinstance(value.get(ADOPTER), str):
            value[ADOPTER] = fold(settings_name) or key

    return change


def set_password(name: str, password: str) -> Change:
    """A change that sets a password and so ends all sessions of the user."""
    _check_password(name, password)
    hashed = hash_password(password)

    def change(value: Value) -> None:
        entry = _entry(value, name)
        entry["hash"], entry["password_id"] = hashed, new_password_id()

    return change


def remove_user(name: str) -> Change:
    """A change that removes a user; what they own stays."""

    def change(value: Value) -> None:
        _entry(value, name)
        del value["users"][fold(name)]

    return change


def checked_name(name: str) -> str:
    """A user name that can be shown and typed; raises InvalidError."""
    shown = name.strip()
    if not shown or len(shown) > NAME_LENGTH or not shown.isprintable():
        raise InvalidError(f"A user name has 1 to {NAME_LENGTH} printable characters.")
    if fold(shown) == DEFAULT_USER:
        raise InvalidError(f"The name {DEFAULT_USER} stands for a server without a login.")
    return shown


def _check_password(name: str, password: str) -> None:
    problem = weakness(name, password)
    if problem:
        raise InvalidError(problem, code="weak_password")


def _entry(value: Value, name: str) -> Value:
    entry = value["users"].get(fold(name))
    if not isinstance(entry, dict):
        raise NotFoundError(f"There is no user {name}.")
    return entry
