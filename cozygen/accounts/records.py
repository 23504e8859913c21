"""What is kept on disk of users and sessions: two secret documents in the data folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cozygen.access import DEFAULT_USER, Access
from cozygen.accounts.passwords import normal
from cozygen.errors import ConflictError, NotReadyError, StorageFullError
from cozygen.storage.document_format import DocumentFormat, Screening, Value

USERS: Final = "users"
SESSIONS: Final = "sessions"
# What a disk says that cannot take a change now; sessions then live in memory.
UNSAVED: Final = (StorageFullError, NotReadyError, ConflictError)


def fold(name: str) -> str:
    """The key of a user name: phones like to begin names with a capital."""
    return normal(name).strip().casefold()


@dataclass(frozen=True)
class Login:
    """Somebody who can sign in. `user` keys their data; `password_id` changes with the password."""

    name: str
    user: str
    access: Access
    hashed: str
    password_id: str


@dataclass
class SessionRecord:
    """A session or an API token, without the token itself: only its SHA-256 is kept.

    Times are Unix seconds; `expires` is None for a token that never ends;
    `used` runs ahead of the disk by up to a minute.
    """

    id: str
    name: str
    password_id: str
    device: str
    created: float
    used: float
    expires: float | None
    is_token: bool = False
    access: Access = Access.ADMIN

    def to_value(self) -> Value:
        """As it is written to disk."""
        return {
            "id": self.id,
            "name": self.name,
            "password_id": self.password_id,
            "device": self.device,
            "created": self.created,
            "used": self.used,
            "expires": self.expires,
            "kind": "token" if self.is_token else "session",
            "access": self.access.value,
        }

    @classmethod
    def from_value(cls, value: Value) -> SessionRecord:
        """From disk; raises KeyError, TypeError or ValueError for a broken entry."""
        expires = value["expires"]
        return cls(
            id=_text(value["id"]),
            name=_text(value["name"]),
            password_id=_text(value["password_id"]),
            device=_text(value["device"]),
            created=float(value["created"]),
            used=float(value["used"]),
            expires=None if expires is None else float(expires),
            is_token=value["kind"] == "token",
            access=Access(value["access"]),
        )


def login_from_value(key: str, value: Value, adopter: str) -> Login:
    """A user of users.json; the first one adopts the data of the time without a login."""
    name = _text(value["name"])
    return Login(
        name=name,
        user=DEFAULT_USER if key == adopter else name,
        access=Access(value["access"]),
        hashed=_text(value["hash"]),
        password_id=_text(value["password_id"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _screen_users(value: Value, screening: Screening) -> None:
    def check(key: str, entry: Any) -> None:
        login_from_value(key, entry, "")

    _screen(value, "users", check, screening)


def _screen_sessions(value: Value, screening: Screening) -> None:
    def check(_key: str, entry: Any) -> None:
        SessionRecord.from_value(entry)

    _screen(value, "sessions", check, screening)


def _screen(value: Value, name: str, check: Any, screening: Screening) -> None:
    """Set aside what cannot be read; an entry that cannot be read lets nobody in."""
    if not isinstance(value.get(name, {}), dict):
        screening.take(value, name, reason="not an object")
    entries = value.setdefault(name, {})
    for key in list(entries):
        try:
            check(key, entries[key])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            screening.take(entries, key, name, reason=type(error).__name__)


USERS_FORM: Final = DocumentFormat(
    name=USERS, version=1, default=lambda: {"users": {}}, screen=_screen_users, secret=True
)
SESSIONS_FORM: Final = DocumentFormat(
    name=SESSIONS, version=1, default=lambda: {"sessions": {}}, screen=_screen_sessions, secret=True
)
