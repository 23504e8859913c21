"""Passwords: argon2id, in threads, at most two at once; and which ones are too weak to take."""

from __future__ import annotations

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cozygen.errors import PayloadTooLargeError

AT_ONCE: Final = 2
SHORTEST: Final = 8
LONGEST_BYTES: Final = 4096
# OWASP's minimum: 19 MiB, two passes; about 50 ms on a small machine.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_PLACEHOLDERS: Final = frozenset(
    {
        "change-me",
        "changeme",
        "change_me",
        "changethis",
        "default",
        "example",
        "password",
        "passw0rd",
        "password1",
        "secret",
        "letmein",
        "admin",
        "administrator",
        "root",
        "user",
        "test",
        "guest",
        "cozygen",
        "comfyui",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyuiop",
        "qwerty123",
        "iloveyou",
        "11111111",
        "00000000",
        "abcd1234",
    }
)


def normal(text: str) -> str:
    """The form in which names and passwords are compared: Unicode NFC (RFC 8265)."""
    return unicodedata.normalize("NFC", text)


def is_placeholder(name: str, password: str) -> bool:
    """Whether a password is one that everybody tries first, or the name itself."""
    word = normal(password).casefold()
    return word in _PLACEHOLDERS or word == normal(name).casefold()


def weakness(name: str, password: str) -> str:
    """Why a password is too weak, as a sentence; "" when it will do."""
    if is_placeholder(name, password):
        return "The password is one of those that everybody tries first."
    if len(password) < SHORTEST:
        return f"The password is shorter than {SHORTEST} characters; 15 or more are advised."
    return ""


def hash_password(password: str) -> str:
    """The argon2id hash of a password. Blocks for about 50 ms."""
    return _HASHER.hash(_encoded(password))


def matches(hashed: str, password: str) -> bool:
    """Whether a password belongs to a hash. Blocks for about 50 ms, right or wrong."""
    try:
        return _HASHER.verify(hashed, _encoded(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(hashed: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(hashed)


def _encoded(password: str) -> bytes:
    """Bytes to hash; a lone surrogate, which JSON can carry, must not fail."""
    data = normal(password).encode("utf-8", "surrogatepass")
    if len(data) > LONGEST_BYTES:
        raise PayloadTooLargeError(f"The password is longer than {LONGEST_BYTES} bytes.")
    return data


class PasswordThreads:
    """Hashes off the event loop, at most two at once: each takes 19 MiB."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="cozygen-password")

    async def matches(self, hashed: str, password: str) -> bool:
        """`matches` in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, matches, hashed, password)

    async def hash(self, password: str) -> str:
        """`hash_password` in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, hash_password, password)

    def close(self) -> None:
        """Let the threads end; what is under way is finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)
