"""The peers: SQLite with an FTS5 trigram index, rapidfuzz over a list, an FST (lexindex)."""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

TOP = 50


class Sqlite:
    """Names in order of popularity; the row number is the rank."""

    def __init__(self, path: Path, names: Sequence[str]) -> None:
        self.db = sqlite3.connect(path)
        self.db.executescript(
            "PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA case_sensitive_like=on;"
            "CREATE TABLE tag(id INTEGER PRIMARY KEY, name TEXT);"
            "CREATE VIRTUAL TABLE grams USING fts5("
            "name, content='tag', content_rowid='id', tokenize='trigram');"
        )
        self.db.executemany("INSERT INTO tag VALUES(?, ?)", enumerate(names))
        self.db.executescript(
            "CREATE INDEX by_name ON tag(name); INSERT INTO grams(grams) VALUES('rebuild'); ANALYZE;"
        )

    def prefix(self, query: str) -> list[str]:
        """Indexed range, by rank."""
        end = query[:-1] + chr(ord(query[-1]) + 1)
        rows = self.db.execute(
            "SELECT name FROM tag WHERE name >= ? AND name < ? ORDER BY id LIMIT ?", (query, end, TOP)
        )
        return [row[0] for row in rows]

    def inside(self, query: str) -> list[str]:
        """Trigram match, by rank."""
        return self._match(f'"{quoted(query)}"')

    def words(self, query: str) -> list[str]:
        """Both words, anywhere."""
        return self._match(" AND ".join(f'"{quoted(word)}"' for word in query.split()))

    def _match(self, expression: str) -> list[str]:
        rows = self.db.execute(
            "SELECT t.name FROM grams g JOIN tag t ON t.id = g.rowid "
            "WHERE grams MATCH ? ORDER BY g.rowid LIMIT ?",
            (expression, TOP),
        )
        return [row[0] for row in rows]


def quoted(text: str) -> str:
    """As FTS5 strings want it."""
    return text.replace('"', '""')


def rapidfuzz_typo(names: Sequence[str]) -> Callable[[str], list[str]]:
    """Everything within two edits, nearest first."""

    def ask(query: str) -> list[str]:
        found = process.extract(query, names, scorer=OSA.distance, score_cutoff=2, limit=8)
        return [name for name, _, _ in found]

    return ask


class Fst:
    """lexindex's FST: prefixes and misspellings, answers in alphabetical order."""

    def __init__(self, names: Sequence[str]) -> None:
        from lexindex import StringIndex  # type: ignore[import-not-found, import-untyped, unused-ignore]

        self.index: Any = StringIndex(sorted(set(names)))
        self.rank = {name: place for place, name in enumerate(names)}

    def prefix(self, query: str) -> list[str]:
        """All names that begin so, cut by rank."""
        return heapq.nsmallest(TOP, (text for text, _ in self.index.prefix(query)), key=self.rank.__getitem__)

    def typo(self, query: str) -> list[str]:
        """All names within two edits, cut by rank."""
        return heapq.nsmallest(8, (hit[0] for hit in self.index.fuzzy(query, 2)), key=self.rank.__getitem__)
