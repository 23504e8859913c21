"""Dynamic choices: `{a|b}`, `{2$$a|b}`, `{1-3$$ and $$a|b|c}`, `{0.5::a|b}`; reading them and drawing from
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cozygen.aliases import grammar
from cozygen.aliases.randomness import Draws
from cozygen.aliases.syntax import Node

DEFAULT_SEPARATOR = ", "


@dataclass(frozen=True, slots=True)
class Option:
    """One option: where its text stands (weight and outer spaces excluded) and how likely it is."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Choice:
    """How many of the options are drawn, and what is put between them."""

    low: int
    high: int
    separator: str
    options: list[Option]


def is_choice(text: str, node: Node) -> bool:
    """Whether a pair of braces offers a choice; other braces are plain text."""
    if grammar.CHOICE_HEAD.match(text, node.start + 1, node.core_end):
        return True
    return bool(_bars(text, node, node.start + 1))


def read_choice(text: str, node: Node) -> Choice | None:
    """The choice a pair of braces offers, or None where it offers none."""
    head = grammar.CHOICE_HEAD.match(text, node.start + 1, node.core_end)
    start = head.end() if head else node.start + 1
    bars = _bars(text, node, start)
    if head is None and not bars:
        return None
    edges = [start - 1, *bars, node.core_end]
    options = [read_option(text, edges[i] + 1, edges[i + 1]) for i in range(len(edges) - 1)]
    if head is None:
        return Choice(1, 1, DEFAULT_SEPARATOR, options)
    low, high = _bounds(head.groups(), len(options))
    separator = head.group(5)
    return Choice(low, high, DEFAULT_SEPARATOR if separator is None else separator, options)


def read_option(text: str, start: int, end: int) -> Option:
    """The option between `start` and `end`, its weight `0.5::` taken off."""
    weight = 1.0
    match = grammar.OPTION_WEIGHT.match(text, start, end)
    if match:
        weight = float(match.group(1))
        start = match.end()
    while start < end and text[start] in grammar.WHITESPACE:
        start += 1
    while end > start and text[end - 1] in grammar.WHITESPACE:
        end -= 1
    return Option(start, end, weight)


def draw(low: int, high: int, weights: Sequence[float], draws: Draws) -> list[int]:
    """Indexes of the drawn options in the order drawn, none twice."""
    count = draws.between(low, high) if low != high else low
    left = list(range(len(weights)))
    drawn = []
    for _ in range(count):
        place = draws.weighted([weights[index] for index in left])
        drawn.append(left.pop(place))
    return drawn


def _bars(text: str, node: Node, start: int) -> list[int]:
    """Positions of the bars that divide the options: not escaped, not inside a bracket."""
    bars: list[int] = []
    position = start
    for child in node.children:
        _bars_between(text, position, child.start, bars)
        position = max(position, child.end)
    _bars_between(text, position, node.core_end, bars)
    return bars


def _bars_between(text: str, start: int, end: int, bars: list[int]) -> None:
    bar = text.find("|", start, end)
    while bar >= 0:
        if bar == start or text[bar - 1] != "\\":
            bars.append(bar)
        bar = text.find("|", bar + 1, end)


def _bounds(groups: tuple[str | None, ...], options: int) -> tuple[int, int]:
    lower, dash, upper, up_to = groups[:4]
    low = int(lower or 0)
    high = int(up_to or upper or 0) if up_to or upper else (options if dash else low)
    low, high = min(low, options), min(high, options)
    return (low, high) if low <= high else (high, low)
