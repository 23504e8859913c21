"""Tags that cannot both be true of one picture. Few and certain: advice that is often wrong is not read."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

_GIRLS: Final = ("1girl", "2girls", "3girls", "4girls", "5girls", "6+girls")
_BOYS: Final = ("1boy", "2boys", "3boys", "4boys", "5boys", "6+boys")
_SEVERAL: Final = ("multiple girls", "multiple boys", *_GIRLS[1:], *_BOYS[1:])
_EXCLUSIVE: Final = (
    (*_GIRLS,),
    (*_BOYS,),
    ("1girl", "multiple girls"),
    ("1boy", "multiple boys"),
    ("day", "night"),
    ("open mouth", "closed mouth"),
    ("monochrome", "colorful"),
)
_AGAINST: Final = (
    ("solo", _SEVERAL),
    ("no humans", ("solo", *_GIRLS, *_BOYS, "multiple girls", "multiple boys")),
)


def _pairs() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    pairs = [(a, b) for group in _EXCLUSIVE for a in group for b in group if a != b]
    pairs += [(one, other) for one, others in _AGAINST for other in others]
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {name: tuple(sorted(others)) for name, others in found.items()}


OPPOSITES: Final = _pairs()


def contradicts(name: str, said: Container[str]) -> str | None:
    """What was said before that a tag (in normal form) contradicts."""
    return next((other for other in OPPOSITES.get(name, ()) if other in said), None)
