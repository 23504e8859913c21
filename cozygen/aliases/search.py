"""Finding aliases by what one remembers of them: name, category or text, typos forgiven."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from cozygen.aliases.library import Alias

_LOWEST: Final = 72


class AliasSearch:
    """Prepared once for a library; asking is a pass over its names."""

    def __init__(self, aliases: Sequence[Alias]) -> None:
        self._aliases = aliases
        self._names = [_plain(f"{alias.category} {alias.name}") for alias in aliases]
        self._texts = [_plain(alias.text) for alias in aliases]

    def find(
        self,
        query: str,
        *,
        categories: Collection[str] = (),
        used: Mapping[str, int] | None = None,
        limit: int = 100,
    ) -> list[Alias]:
        """Names that begin with the words, then names and texts that hold them, then near misses.

        Within each by how often they were used, then by name. A blank query answers all. `categories`
        are names in lower case; all if there are none.
        """
        words = _plain(query).split()
        ranked: dict[int, int] = {}
        for index, alias in enumerate(self._aliases):
            if not categories or alias.category.lower() in categories:
                rank = self._rank(index, words)
                if rank is not None:
                    ranked[index] = rank
        if words and len(ranked) < limit:
            self._near(" ".join(words), categories, ranked)
        counts = used or {}

        def order(index: int) -> tuple[int, int, str]:
            alias = self._aliases[index]
            return ranked[index], -counts.get(alias.key, 0), alias.key.lower()

        return [self._aliases[index] for index in sorted(ranked, key=order)[:limit]]

    def _rank(self, index: int, words: Sequence[str]) -> int | None:
        name, text = self._names[index], self._texts[index]
        own = _plain(self._aliases[index].name)
        if own.startswith(" ".join(words)):
            return 0
        starts = f" {name}"
        if all(f" {word}" in starts for word in words):
            return 1
        if all(word in name for word in words):
            return 2
        return 3 if all(word in text or word in name for word in words) else None

    def _near(self, query: str, categories: Collection[str], ranked: dict[int, int]) -> None:
        hits = process.extract(query, self._names, scorer=fuzz.partial_ratio, score_cutoff=_LOWEST, limit=50)
        for _, score, index in hits:
            alias = self._aliases[index]
            if index not in ranked and (not categories or alias.category.lower() in categories):
                ranked[index] = 200 - int(score)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").replace(":", " ").split())
