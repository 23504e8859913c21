"""Who is calling and what they may do; knows no HTTP."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final


class Access(enum.Enum):
    """Who may call a row; each level includes the ones before it."""

    PUBLIC = "public"
    VIEW = "view"
    QUEUE = "queue"
    DELETE = "delete"
    ADMIN = "admin"

    def includes(self, needed: Access) -> bool:
        """Whether somebody with this level may do what asks for `needed`."""
        return _RANK[self] >= _RANK[needed]


_RANK: Final = {level: rank for rank, level in enumerate(Access)}


def lower(first: Access, second: Access) -> Access:
    """The lower of two levels."""
    return first if second.includes(first) else second


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in, and what they may do.

    `user` is the key of their data ("default" without a login and for the first
    account, which adopts what was there before it); `name` is what they sign in
    with. `id` names the session in lists and is no secret. An API token is a
    session whose `is_token` is true. `expires` is in Unix seconds, None: never.
    """

    user: str
    access: Access
    name: str = ""
    id: str = ""
    is_token: bool = False
    expires: float | None = None


DEFAULT_USER: Final = "default"
OWNER: Final = Session(user=DEFAULT_USER, access=Access.ADMIN)
"""Everybody, on a server without a login."""
