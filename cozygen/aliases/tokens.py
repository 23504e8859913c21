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
# Hundredths of a token of a word by its length, measured with CLIP's vocabulary on 5,000 tags.
_BY_LENGTH: Final = (0, 100, 100, 100, 105, 116, 128, 137, 166, 190, 190, 230, 235)
_LONGER: Final = 260
_BEYOND_LATIN: Final = 200


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
    tokens = (sum(_hundredths(word) for word in _WORDS.findall(said.lower())) + 50) // 100
    whole, rest = divmod(tokens, CHUNK)
    return [CHUNK] * whole + ([rest] if rest else [])


def _between_breaks(text: str) -> list[str]:
    parts, position = [], 0
    for node in tree(text):
        if node.kind == "break":
            parts.append(text[position : node.start])
            position = node.end
    return [*parts, text[position:]]


def _hundredths(word: str) -> int:
    if not word.isascii():
        return sum(100 if ord(char) < 0x300 else _BEYOND_LATIN for char in word)
    if not word[0].isalpha():
        return 100
    return _BY_LENGTH[len(word)] if len(word) < len(_BY_LENGTH) else _LONGER
