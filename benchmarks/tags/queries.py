"""One query set for everybody: half drawn by popularity, half at random; the same every time."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

SEED = 20261124


def draw(names: Sequence[str], kind: str, count: int) -> list[str]:
    """Queries of one kind out of real names."""
    rng = random.Random(f"{SEED}{kind}")
    made: list[str] = []
    while len(made) < count:
        query = _query(_name(names, rng), kind, rng)
        if query:
            made.append(query)
    return made


def _name(names: Sequence[str], rng: random.Random) -> str:
    if rng.random() < 0.5:
        return names[min(int(math.exp(rng.random() * math.log(len(names)))), len(names) - 1)]
    return rng.choice(names)


def _query(name: str, kind: str, rng: random.Random) -> str | None:
    if kind == "prefix":
        return name[: rng.randint(1, 14)]
    if kind == "inside":
        length = rng.randint(3, 10)
        start = rng.randrange(max(1, len(name) - length + 1))
        return name[start : start + length] if len(name) >= 3 else None
    if kind == "words":
        words = [word for word in name.split("_") if len(word) >= 3 and word.isalnum()]
        return " ".join(rng.sample(words, 2)) if len(words) >= 2 else None
    return misspelt(name, rng.randint(1, 2), rng) if len(name) >= 5 else None


def misspelt(name: str, edits: int, rng: random.Random) -> str:
    """`name` with so many insertions, deletions, substitutions or swaps."""
    letters = list(name)
    for _ in range(edits):
        at = rng.randrange(1, len(letters) - 1)
        letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
        edit = rng.randrange(4)
        if edit == 0:
            letters.insert(at, letter)
        elif edit == 1:
            del letters[at]
        elif edit == 2:
            letters[at] = letter
        else:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)
