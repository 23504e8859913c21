"""How often one caller may do something costly: a bucket that leaks evenly."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from cozygen.errors import TooManyRequestsError

_MOST_KEYS: Final = 10_000


class Rate:
    """`burst` at once, then one every `every_s` seconds, per key (GCRA)."""

    def __init__(self, burst: int, every_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._slack = burst * every_s
        self._every_s = every_s
        self._clock = clock
        self._empty_at: OrderedDict[str, float] = OrderedDict()

    def take(self, key: str) -> None:
        """Count one. Raises TooManyRequestsError with the wait."""
        now = self._clock()
        empty_at = max(self._empty_at.pop(key, now), now) + self._every_s
        wait = empty_at - now - self._slack
        if wait > 0:
            self._empty_at[key] = empty_at - self._every_s
            raise TooManyRequestsError("Too many uploads; wait a moment.", retry_after_s=math.ceil(wait))
        self._empty_at[key] = empty_at
        while len(self._empty_at) > _MOST_KEYS:
            self._empty_at.popitem(last=False)
