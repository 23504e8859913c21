"""One-time codes that sign in a second device: two minutes, once, never on disk."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

LIFETIME_S: Final = 120.0
MOST_OPEN: Final = 5
# Without letters and digits that look alike; ten of them are 50 bits.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH: Final = 10


@dataclass(frozen=True)
class Invitation:
    """Whom a code signs in, by whose session, and until when (Unix seconds)."""

    name: str
    session_id: str
    password_id: str
    expires: float


class Pairing:
    """The codes that are open, in memory and by their hash."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._open: dict[str, Invitation] = {}

    def start(self, name: str, session_id: str, password_id: str) -> tuple[str, Invitation]:
        """A new code; the oldest of more than five open ones of a user ends."""
        self._forget_old()
        own = [hashed for hashed, invitation in self._open.items() if invitation.name == name]
        for hashed in own[: max(0, len(own) - MOST_OPEN + 1)]:
            del self._open[hashed]
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        invitation = Invitation(name, session_id, password_id, self._clock() + LIFETIME_S)
        self._open[_digest(code)] = invitation
        return code, invitation

    def claim(self, code: str) -> Invitation | None:
        """The invitation of a code, which is used up by that."""
        self._forget_old()
        return self._open.pop(_digest(code), None)

    def _forget_old(self) -> None:
        now = self._clock()
        self._open = {hashed: entry for hashed, entry in self._open.items() if entry.expires > now}


def _digest(code: str) -> str:
    """Codes may be typed: small letters, blanks and hyphens do not matter."""
    plain = "".join(char for char in code.upper() if char in _ALPHABET)
    return hashlib.sha256(plain.encode("ascii")).hexdigest()
