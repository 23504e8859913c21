"""A weight spread over the parts of a text: `a, b` with 1.2 is `(a:1.2), (b:1.2)`."""

from __future__ import annotations

from cozygen.aliases import grammar
from cozygen.aliases.syntax import Node, tree

_ALONE = frozenset({"lora", "break"})


def distribute(text: str, weight: str) -> str:
    """Wraps every part between commas outside brackets with the weight as typed.

    A part's own weight is replaced; LoRA tags and BREAK are separators of their own and never wrapped.
    """
    out: list[str] = []
    previous_end = 0
    for start, end, node in _parts(text):
        if out:
            between = text[previous_end:start]
            out.append(", " if "," in between else " " if between else "")
        alone = node is not None and node.kind in _ALONE
        out.append(text[start:end] if alone else f"({_core(text, start, end, node)}:{weight})")
        previous_end = end
    return "".join(out)


def part_count(text: str) -> int:
    """How many parts there are at most."""
    return text.count(",") + 2 * text.count("<") + 2 * text.count("BREAK") + 1


Part = tuple[int, int, "Node | None"]


def _parts(text: str) -> list[Part]:
    """Start, end and, where the part is one node, that node; blank parts left out."""
    parts: list[Part] = []
    begin, position, first = 0, 0, None
    for node in [*tree(text), None]:
        limit = node.start if node is not None else len(text)
        comma = text.find(",", position, limit)
        while comma >= 0:
            _add(text, begin, comma, first, parts)
            begin, first = comma + 1, None
            comma = text.find(",", begin, limit)
        if node is None or node.kind in _ALONE:
            _add(text, begin, limit, first, parts)
            first = None
        elif first is None:
            first = node
        if node is not None:
            position = node.end
            if node.kind in _ALONE:
                parts.append((node.start, node.end, node))
                begin = position
    return parts


def _add(text: str, start: int, end: int, first: Node | None, parts: list[Part]) -> None:
    while start < end and text[start] in grammar.WHITESPACE:
        start += 1
    while end > start and text[end - 1] in grammar.WHITESPACE:
        end -= 1
    if start == end:
        return
    whole = first is not None and first.start == start and first.end == end
    parts.append((start, end, first if whole else None))


def _core(text: str, start: int, end: int, node: Node | None) -> str:
    holder = node.holder if node is not None else None
    if holder is None:
        return text[start:end]
    return text[holder.start + 1 : holder.core_end].strip(grammar.WHITESPACE)
