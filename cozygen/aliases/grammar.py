"""The letters of a prompt: every pattern that the model needs, the same in `js/src/prompt/grammar.js`.

Patterns name their characters one by one, because `\\s`, `\\w` and `\\b` mean different things in Python and
JavaScript. None of them backtracks over more than it matched, so each is linear in the text.
"""

from __future__ import annotations

import re
from typing import Final

WHITESPACE: Final = " \t\r\n\f\v\u00a0\u3000"
MAX_DEPTH: Final = 64
"""Brackets nested deeper than this are plain text."""
MAX_MARKS: Final = 1 << 15
"""So many tokens and brackets of a text mean something; what comes after them is plain text."""

_SPACE = r" \t\r\n\f\v\u00a0\u3000"
_ESCAPE = r"\\[()\[\]{}<>|$]"
_ALIAS = r"\$[A-Za-z0-9_:\-]+\$"
_ANGLE = (
    r"<(?:[Ll][Oo][Rr][Aa]|[Ll][Yy][Cc][Oo]|[Ll][Oo][Cc][Oo][Nn]|[Hh][Yy][Pp][Ee][Rr][Nn][Ee][Tt]):[^<>$\n]+>"
)
# Every alternative begins with a plain character: only then does Python skip quickly to the next candidate.
_BRACKET = r"\(|\)|\[|\]|\{|\}"
_BARE_TAIL = r"::[A-Za-z0-9_:\-]*"
_WILDCARD = r"__(?:[^_,:()\[\]{}<>|$\\" + _SPACE + r"]|_(?!_))+__"
_EMBEDDING = r"embedding:(?:[^,:()\[\]{}<>|$\\" + _SPACE + r"]|\\(?![()\[\]{}<>|$]))+"
_BREAK = r"BREAK"

# Parentheses with only words inside, the most usual of all, are found in one step. Each stops at the next
# bracket, so that a row of openers is not read over and over.
_WORDS_IN_PAREN = r"\([^()\[\]{}<>$\\]*\)"

STRUCTURE: Final = re.compile("|".join((_ESCAPE, _ALIAS, _ANGLE, _BRACKET)))
STRUCTURE_AND_GROUPS: Final = re.compile("|".join((_ESCAPE, _ALIAS, _ANGLE, _WORDS_IN_PAREN, _BRACKET)))
STRUCTURE_AND_WORDS: Final = re.compile(
    "|".join((_ESCAPE, _ALIAS, _ANGLE, _BRACKET, _BARE_TAIL, _WILDCARD, _EMBEDDING, _BREAK))
)
WORD_MARKERS: Final = ("::", "__", "embedding:", "BREAK")
"""Only a text that holds one of these needs the slowest of the patterns."""

GAP: Final = re.compile(rf"[{_SPACE},]*")
PIECES: Final = re.compile(rf"[^,\n]*[^,{_SPACE}]|[{_SPACE},]+")
"""By turns a text up to the next comma or line end, without the spaces before it, and the gap after it."""

ALIAS_NAME: Final = re.compile(r"[A-Za-z0-9_:\-]+")
# Twelve places are more than anyone types; without a bound a long number could be copied over and over.
_UNSIGNED = r"(?:[0-9]{1,6}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})"
WEIGHT: Final = re.compile(_UNSIGNED)
NUMBER: Final = re.compile(rf"[+\-]?{_UNSIGNED}")
CHOICE_HEAD: Final = re.compile(
    rf"[{_SPACE}]{{0,8}}(?:([0-9]{{1,4}})(?:(-)([0-9]{{1,4}})?)?|-([0-9]{{1,4}}))\$\$(?:([^|{{}}$]*)\$\$)?"
)
OPTION_WEIGHT: Final = re.compile(rf"[{_SPACE}]{{0,8}}({_UNSIGNED})::")

_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
CATEGORY_CHARACTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"


def is_word(text: str, index: int) -> bool:
    """Whether an ASCII letter, digit or underscore stands at `index`; false outside the text."""
    return 0 <= index < len(text) and text[index] in _WORD
