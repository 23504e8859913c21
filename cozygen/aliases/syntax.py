"""The tree of a prompt: what stands where in a text, without changing or copying it.

Only what has a meaning becomes a node; the text between nodes is plain. Nodes carry positions in the text
they were read from, so the text itself stays the lossless source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from cozygen.aliases import grammar

NodeKind = Literal["alias", "bare", "wildcard", "embedding", "lora", "break", "paren", "square", "brace"]

_OPENERS: Final = {"(": ")", "[": "]", "{": "}"}
_CLOSERS: Final[dict[str, NodeKind]] = {")": "paren", "]": "square", "}": "brace"}


class Node:
    """A piece of a prompt that means something, at `start` (inclusive) to `end` (exclusive).

    `core_end` is where the content of a bracket ends: before the colon of its weight if it has one. `weight`
    is that number as typed. `holder` is the node whose weight counts for this one: itself, or what it solely
    holds.
    """

    __slots__ = ("children", "core_end", "end", "holder", "kind", "sole", "start", "weight")

    def __init__(self, kind: NodeKind, start: int, end: int, children: list[Node] | None = None) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.children: list[Node] = children if children is not None else []
        self.core_end = end
        self.weight: str | None = None
        self.holder: Node | None = None
        self.sole: Node | None = None

    @property
    def names_alias(self) -> bool:
        """Whether this is a weighted token, `($name$:1.2)`, in any number of further parentheses."""
        return self.holder is not None and self.holder.sole is not None and self.holder.sole.kind == "alias"


Mark = tuple[int, int, str]
"""Start, end and first character of a match; the first character says what it is.

An opener that is longer than one character is a whole pair of parentheses with only words inside.
"""


def tree(text: str) -> list[Node]:
    """The nodes of `text` in order, brackets with what is inside them. Linear in the length of the text."""
    marks = _marks(text)
    return _build(text, marks, _partners(marks)) if marks else []


def is_cut(text: str) -> bool:
    """Whether so much in a text means something that the rest of it is read as plain text."""
    if len(text) <= grammar.MAX_MARKS:
        return False
    spans = map(re.Match.span, _pattern_for(text).finditer(text))
    count = sum(_weight(end - start, text[start]) for start, end in spans if text[start] != "\\")
    return count > grammar.MAX_MARKS


def _marks(text: str) -> list[Mark]:
    spans = map(re.Match.span, _pattern_for(text).finditer(text))
    if len(text) <= grammar.MAX_MARKS:
        return [(start, end, text[start]) for start, end in spans if text[start] != "\\"]
    marks: list[Mark] = []
    left = grammar.MAX_MARKS
    for start, end in spans:
        first = text[start]
        if first != "\\":
            left -= _weight(end - start, first)
            if left < 0:
                break
            marks.append((start, end, first))
    return marks


def _weight(length: int, first: str) -> int:
    """A whole pair of parentheses counts as its two brackets."""
    return 2 if first == "(" and length > 1 else 1


def walk(nodes: Iterable[Node]) -> Iterable[Node]:
    """Every node, outer before inner, in reading order."""
    stack = [iter(nodes)]
    while stack:
        for node in stack[-1]:
            yield node
            if node.children:
                stack.append(iter(node.children))
                break
        else:
            stack.pop()


def _pattern_for(text: str) -> re.Pattern[str]:
    if any(marker in text for marker in grammar.WORD_MARKERS):
        return grammar.STRUCTURE_AND_WORDS
    return grammar.STRUCTURE_AND_GROUPS


def _partners(marks: Sequence[Mark]) -> list[int]:
    """For each bracket the index of its partner, -1 where it has none.

    A closer takes the nearest opener of its kind; openers of another kind in between stay alone.
    """
    partners = [-1] * len(marks)
    waiting: list[tuple[int, str]] = []
    count = {")": 0, "]": 0, "}": 0}
    for index, (start, end, first) in enumerate(marks):
        if first in _OPENERS and end - start == 1:
            waiting.append((index, _OPENERS[first]))
            count[_OPENERS[first]] += 1
        elif count.get(first):
            opener = _pop_until(waiting, count, first)
            partners[index], partners[opener] = opener, index
    return partners


def _pop_until(waiting: list[tuple[int, str]], count: dict[str, int], closer: str) -> int:
    while True:
        index, wanted = waiting.pop()
        count[wanted] -= 1
        if wanted == closer:
            return index


def _build(text: str, marks: Sequence[Mark], partners: list[int]) -> list[Node]:
    levels: list[list[Node]] = [[]]
    before = 0
    for index, (start, end, first) in enumerate(marks):
        if first in _OPENERS:
            if end - start == 1:
                _open(levels, partners, index)
            elif len(levels) <= grammar.MAX_DEPTH:
                levels[-1].append(_bracket(text, "paren", start, end, []))
        elif first in _CLOSERS:
            if partners[index] >= 0:
                children = levels.pop()
                levels[-1].append(_bracket(text, _CLOSERS[first], marks[partners[index]][0], end, children))
        else:
            leaf = _leaf(text, start, end, first, before)
            if leaf is not None:
                levels[-1].append(leaf)
        before = end
    return levels[0]


def _open(levels: list[list[Node]], partners: list[int], index: int) -> None:
    partner = partners[index]
    if partner < 0:
        return
    if len(levels) > grammar.MAX_DEPTH:
        partners[partner] = -1
        return
    levels.append([])


def _leaf(text: str, start: int, end: int, first: str, before: int) -> Node | None:
    """The node of a mark that is no bracket; `before` is where the mark before it ends."""
    if first == "$":
        return Node("alias", start, end)
    if first == "<":
        return Node("lora", start, end)
    if first == ":":
        return _bare(text, start, end, text[end : end + 1], before)
    if first == "_":
        return Node("wildcard", start, end)
    if grammar.is_word(text, start - 1):
        return None
    if first == "e":
        return Node("embedding", start, end)
    return None if grammar.is_word(text, end) else Node("break", start, end)


def _bare(text: str, colons: int, end: int, following: str, before: int) -> Node | None:
    """The `category::name` around the colons, or None where what surrounds it says it is none."""
    start = before + len(text[before:colons].rstrip(grammar.CATEGORY_CHARACTERS))
    category = text[start:colons]
    # A category that is a number would be the weight of an option: {2::red|blue}.
    if not category or category.isdigit() or (start > 0 and text[start - 1] in "$:"):
        return None
    name_end = colons + len(text[colons:end].rstrip(":-"))
    name = text[colons + 2 : name_end].lstrip(":")
    after = text[name_end] if name_end < end else following
    if not name or name.isdigit() or after in (":", "$"):
        return None
    return Node("bare", start, name_end)


def _bracket(text: str, kind: NodeKind, start: int, end: int, children: list[Node]) -> Node:
    node = Node(kind, start, end, children)
    node.core_end = end - 1
    if kind == "paren":
        _read_weight(text, node)
        node.sole = _sole(text, node)
        inner = node.sole.holder if node.sole is not None else None
        node.holder = node if node.weight is not None else inner
    elif kind == "square":
        node.sole = _sole(text, node)
    else:
        _drop_choice_head(text, node)
    return node


def _read_weight(text: str, node: Node) -> None:
    """Reads `:1.2` before the closing parenthesis; the content must not be empty."""
    last = node.children[-1] if node.children else None
    tail_start = node.start + 1
    if last is not None:
        tail_start = last.start if last.kind == "bare" else last.end
    tail = text[tail_start : node.end - 1]
    colon = tail.rfind(":")
    number = tail[colon + 1 :].strip(grammar.WHITESPACE)
    if colon < 0 or not grammar.WEIGHT.fullmatch(number):
        return
    core_end = tail_start + colon
    if not text[node.start + 1 : core_end].strip(grammar.WHITESPACE):
        return
    node.weight = number
    node.core_end = core_end
    if last is not None and last.end > core_end:
        _shorten_bare(text, node)


def _shorten_bare(text: str, node: Node) -> None:
    """In `(a::b:1.2)` the bare token took `b:1`; it ends where the weight begins."""
    last = node.children.pop()
    colons = text.index("::", last.start)
    shorter = _bare(text, colons, node.core_end, "", last.start) if colons + 2 < node.core_end else None
    if shorter is not None:
        node.children.append(shorter)


def _sole(text: str, node: Node) -> Node | None:
    """The one child that is all a bracket holds, spaces aside."""
    if len(node.children) != 1:
        return None
    child = node.children[0]
    before = text[node.start + 1 : child.start]
    after = text[child.end : node.core_end]
    return None if before.strip(grammar.WHITESPACE) or after.strip(grammar.WHITESPACE) else child


def _drop_choice_head(text: str, node: Node) -> None:
    """In `{2$$and$$a|b}` the `$and$` is a separator, not an alias."""
    head = grammar.CHOICE_HEAD.match(text, node.start + 1, node.core_end)
    if head is not None:
        node.children = [child for child in node.children if child.start >= head.end()]


def unpaired(text: str) -> list[int]:
    """Positions of the brackets that have no partner."""
    marks = [(*match.span(), match[0][0]) for match in grammar.STRUCTURE.finditer(text)]
    partners = _partners(marks)
    brackets = (*_OPENERS, *_CLOSERS)
    return [
        mark[0] for mark, partner in zip(marks, partners, strict=True) if partner < 0 and mark[2] in brackets
    ]
