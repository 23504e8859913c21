"""Slows guessing down: ten failures at once, then one a minute; nobody is ever shut out for good.

Only wrong passwords (and wrong pairing codes) count, never an expired token: a
phone that retries must not lock its owner out. Three limits hold together:

- the network (/24, /64) that guesses; from this machine itself, where a tunnel
  makes everybody look alike, the account that is guessed at instead;
- the account, from wherever: a little wider, so that one guessing network
  leaves room for the owner elsewhere;
- all of them.

Each is a leaky bucket (GCRA): one number, the time at which it will be empty.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from cozygen.errors import TooManyRequestsError

MINUTE: Final = 60.0
DAY: Final = 86_400.0
_MOST_KEYS: Final = 20_000


@dataclass(frozen=True)
class Limit:
    """`burst` at once, then one every `every_s` seconds."""

    burst: int
    every_s: float


NETWORK: Final = Limit(10, MINUTE)
ACCOUNT: Final = Limit(20, MINUTE)
ALL: Final = Limit(100, DAY / 9_900)


class Attempt:
    """One guess that has been counted; `forgive` takes it back when it was right."""

    def __init__(self, throttle: Throttle, keys: list[tuple[str, Limit]]) -> None:
        self._throttle = throttle
        self._keys = keys

    def forgive(self) -> None:
        """The guess was right: it did not count, and the guesser and the account start afresh."""
        self._throttle.forgive(self._keys)


class Throttle:
    """Counts guesses in memory, for the life of the process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._empty_at: dict[str, float] = {}

    @contextmanager
    def attempt(self, network: str, account: str, *, is_local: bool) -> Iterator[Attempt]:
        """Count a guess before it is checked, so that guesses at the same moment count too.

        Raises TooManyRequestsError with the wait (a minute at most); a refused guess costs nothing.
        """
        who = f"here {account}" if is_local else f"network {network}"
        keys = [(who, NETWORK), (f"account {account}", ACCOUNT), ("all", ALL)]
        wait = max(self._wait(key, limit) for key, limit in keys)
        if wait > 0:
            seconds = math.ceil(wait)
            raise TooManyRequestsError(
                f"Too many wrong tries. Try again in {seconds} seconds.",
                retry_after_s=seconds,
                code="too_many_attempts",
            )
        for key, limit in keys:
            self._empty_at[key] = max(self._empty_at.get(key, 0.0), self._clock()) + limit.every_s
        self._prune()
        yield Attempt(self, keys)

    def forgive(self, keys: list[tuple[str, Limit]]) -> None:
        """Give one guess back to the common limit, and clear the others."""
        for key, limit in keys:
            if key == "all":
                self._empty_at[key] = self._empty_at.get(key, 0.0) - limit.every_s
            else:
                self._empty_at.pop(key, None)

    def _wait(self, key: str, limit: Limit) -> float:
        """Seconds until the next guess is allowed."""
        room = (limit.burst - 1) * limit.every_s
        return self._empty_at.get(key, 0.0) - self._clock() - room

    def _prune(self) -> None:
        if len(self._empty_at) > _MOST_KEYS:
            now = self._clock()
            self._empty_at = {key: at for key, at in self._empty_at.items() if at > now}
