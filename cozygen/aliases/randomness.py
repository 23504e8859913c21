"""The random numbers of dynamic prompts: sfc32, which every language with 32-bit arithmetic can repeat.

State is three words a, b, c and a counter. A step: `r = a + b + counter`, `counter += 1`, `a = b ^ (b >> 9)`,
`b = c + (c << 3)`, `c = rotl(c, 21) + r`; the step's number is `r` (all modulo 2^32). A generator starts with
a = FNV-1a of the field's name (UTF-8) xor the place's ordinal, b and c = low and high word of the seed,
counter 1, and throws twelve steps away. A fraction is `r / 2^32`.
"""

from __future__ import annotations

from typing import Final

_MASK: Final = 0xFFFFFFFF
SEED_LIMIT: Final = 1 << 64
_DISCARDED: Final = 12


class Draws:
    """One place's own sequence, so that a change in one place never changes what another draws."""

    __slots__ = ("_a", "_b", "_c", "_counter")

    def __init__(self, seed: int, stream: str = "", place: int = 0) -> None:
        """`seed` is taken modulo 2^64; `stream` names the field."""
        self._a = (_fnv1a(stream) ^ place) & _MASK
        self._b = seed & _MASK
        self._c = (seed >> 32) & _MASK
        self._counter = 1
        for _ in range(_DISCARDED):
            self.word()

    def word(self) -> int:
        """The next number of 32 bits."""
        number = (self._a + self._b + self._counter) & _MASK
        self._counter = (self._counter + 1) & _MASK
        self._a = self._b ^ (self._b >> 9)
        self._b = (self._c + (self._c << 3)) & _MASK
        rotated = ((self._c << 21) | (self._c >> 11)) & _MASK
        self._c = (rotated + number) & _MASK
        return number

    def fraction(self) -> float:
        """The next number in [0, 1)."""
        return self.word() / 4294967296

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.fraction() * (high - low + 1))

    def weighted(self, weights: list[float]) -> int:
        """An index, drawn by weight; all alike where no weight is above zero."""
        total = 0.0
        for weight in weights:  # not sum(): from Python 3.12 on it rounds otherwise than other languages
            total += weight
        if not total > 0:
            return self.between(0, len(weights) - 1)
        aim = self.fraction() * total
        for index, weight in enumerate(weights):
            aim -= weight
            if aim < 0:
                return index
        return len(weights) - 1


def _fnv1a(text: str) -> int:
    value = 0x811C9DC5
    readable = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for byte in readable.encode():
        value = ((value ^ byte) * 0x01000193) & _MASK
    return value
