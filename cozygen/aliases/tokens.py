"""About how many tokens CLIP makes of a prompt, and how they fall into chunks of 75.

CLIP's vocabulary is not at hand, so this counts by its documented first step (words of letters, single
digits, runs of signs) and by how long words usually split. It is an estimate and is called "about" wherever
it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cozygen.aliases.syntax import tree
from cozygen.aliases.tags_in import spoken

CHUNK: Final = 75
_WORDS: Final = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d|[^\W\d_]+|\d|(?:[^\s\w]|_)+")
_WHOLE: Final = 8
_PIECE: Final = 4


@dataclass(frozen=True, slots=True)
class TokenCount:
    """Tokens in all, and of each chunk."""

    tokens: int
    chunks: list[int]


def count_tokens(text: str) -> TokenCount:
    """Counts an expanded prompt; BREAK begins a new chunk."""
    chunks: list[int] = []
    for part in _between_breaks(text):
        chunks += _chunks(spoken(part))
    return TokenCount(sum(chunks), chunks or [0])


def count_roughly(text: str) -> TokenCount:
    """Counts a very long text without reading its brackets and weights."""
    chunks = _chunks(text)
    return TokenCount(sum(chunks), chunks or [0])


def _chunks(said: str) -> list[int]:
    tokens = sum(_tokens(word) for word in _WORDS.findall(said.lower()))
    whole, rest = divmod(tokens, CHUNK)
    return [CHUNK] * whole + ([rest] if rest else [])


def _between_breaks(text: str) -> list[str]:
    parts, position = [], 0
    for node in tree(text):
        if node.kind == "break":
            parts.append(text[position : node.start])
            position = node.end
    return [*parts, text[position:]]


def _tokens(word: str) -> int:
    if not word.isascii():
        return sum(1 if ord(char) < 0x300 else 2 for char in word)
    if not word[0].isalpha() or len(word) <= _WHOLE:
        return 1
    return 1 + -(-(len(word) - _WHOLE) // _PIECE)
