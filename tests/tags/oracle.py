"""The ranking rules of docs/tags.md, said as plainly as possible: every row is looked at, nothing is clever.

Covers the literal tiers (exact, prefix, words, inside) of queries without
`*`, `/` and artist signs. The tests and the benchmark hold the core to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cozygen_core import normal_tag

TIERS = ("exact", "prefix", "words", "inside")
MAX_TAG_BYTES = 256
POPULAR = 100_000


@dataclass(frozen=True)
class OracleTag:
    """One tag with its other names, in the order of the lists."""

    name: str
    count: int
    category: str = "general"
    aliases: tuple[str, ...] = ()
    explicit: bool = False


def is_word(char: str) -> bool:
    """Letters and digits; everything outside ASCII counts as a letter."""
    return ord(char) >= 128 or char.isalnum()


def tokens_of(query: str) -> list[str]:
    """What was typed, cut at `_` and `-`; separators alone are one token."""
    parts = [part for part in query.replace("-", "_").split("_") if part]
    return list(dict.fromkeys(parts)) or ([query] if query else [])


def begins_word(text: str, token: str) -> bool:
    """Whether the token begins a word; one that begins with a sign may stand anywhere."""
    at = text.find(token)
    while at >= 0:
        if not is_word(token[0]) or at == 0 or not is_word(text[at - 1]):
            return True
        at = text.find(token, at + 1)
    return False


def tier(text: str, query: str, tokens: Sequence[str]) -> int | None:
    """The best tier of one row, as a place in TIERS."""
    if text == query:
        return 0
    if text.startswith(query):
        return 1
    if all(begins_word(text, token) for token in tokens):
        return 2
    if all(token in text for token in tokens):
        return 3
    return None


def initials(name: str) -> str:
    """The first letters of the words of an ASCII name with several words."""
    starts = [name[i] for i in range(len(name)) if is_word(name[i]) and (i == 0 or not is_word(name[i - 1]))]
    return "".join(starts) if name.isascii() and len(starts) > 1 else ""


class Oracle:
    """Answers by looking at everything."""

    def __init__(self, tags: Sequence[OracleTag]) -> None:
        rows = [(tag, normal_tag(tag.name), [normal_tag(alias) for alias in tag.aliases]) for tag in tags]
        self.rows = sorted(rows, key=lambda row: (-row[0].count, row[1].encode()))

    def search(
        self, text: str, limit: int, *, categories: Sequence[str] = (), explicit: bool = False
    ) -> list[tuple[str, str]]:
        """Names and tiers, best first."""
        query = normal_tag(text)
        if not query or len(query.encode()) > MAX_TAG_BYTES:
            return []
        tokens = tokens_of(query)
        found = []
        for place, (tag, name, aliases) in enumerate(self.rows):
            if (categories and tag.category not in categories) or (tag.explicit and not explicit):
                continue
            best = min(
                (t for row in (name, *aliases) if (t := tier(row, query, tokens)) is not None), default=9
            )
            order: float = best
            if best > 1 and self._popular_initials(tag, name, query):
                order, best = 1.5, 2
            if best < 9:
                found.append((order, place, tag.name, TIERS[best]))
        return [(name, match) for _, _, name, match in sorted(found)[:limit]]

    @staticmethod
    def _popular_initials(tag: OracleTag, name: str, query: str) -> bool:
        short = 2 <= len(query) <= 8 and query.isascii() and query.isalnum()
        return short and tag.count >= POPULAR and initials(name)[:8] == query
