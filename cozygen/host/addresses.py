"""The method and path of every row, without importing what answers them.

The wheel carries them as a text file (`make wheel` writes it from the table);
a checkout reads the table itself, which takes longer but is never out of date.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Address = tuple[str, str]
FILE = Path(__file__).resolve().parent.parent / "_bundled" / "addresses.txt"


def addresses() -> list[Address]:
    """(method, path) of every row of the table, in its order."""
    try:
        return read(FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        from cozygen.api import ENDPOINTS

        return [(row.method, row.path) for row in ENDPOINTS]


def read(text: str) -> list[Address]:
    """The addresses of a file that `write` made."""
    rows = [line.partition(" ") for line in text.splitlines() if line]
    return [(method, path) for method, _, path in rows]


def write(rows: Iterable[Address]) -> str:
    """One `METHOD /path` a line."""
    return "".join(f"{method} {path}\n" for method, path in rows)
