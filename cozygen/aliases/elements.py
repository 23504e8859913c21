"""A prompt as elements and the gaps between them; printing it gives the text it was read from.

`gaps` is one longer than `elements`: gap, element, gap, element, gap. Elements are told apart by identity, so
an edit names the element it means and no position can go stale.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from cozygen.aliases import grammar
from cozygen.aliases.choices import is_choice
from cozygen.aliases.syntax import Node, tree
from cozygen.aliases.weights import round_hundredths

ElementKind = Literal[
    "tag", "alias", "group", "lora", "embedding", "break", "schedule", "alternation", "choice", "wildcard"
]

_SPLITTING = frozenset({"alias", "lora", "break"})


class Element:
    """One movable piece of a prompt.

    `source` is what the prompt says; `text` what it is about: without a weight's parentheses, an alias
    without its dollars, a LoRA or embedding by its name. `weight` is the number that is written down,
    `emphasis` what it comes to with plain brackets counted (1.1 each). `holder` is where in `source` the
    wrapper with the weight stands.
    """

    __slots__ = ("emphasis", "holder", "kind", "source", "text", "weight")

    def __init__(
        self,
        kind: ElementKind,
        source: str,
        text: str,
        weight: float | None = None,
        emphasis: float = 1.0,
        holder: tuple[int, int] | None = None,
    ) -> None:
        self.kind = kind
        self.source = source
        self.text = text
        self.weight = weight
        self.emphasis = emphasis
        self.holder = holder

    def __repr__(self) -> str:
        return f"<{self.kind} {self.source!r}>"


class Prompt:
    """Elements and gaps of one text. Never changed: an edit makes another one that shares what stayed."""

    __slots__ = ("elements", "gaps")

    def __init__(self, elements: Sequence[Element], gaps: Sequence[str]) -> None:
        self.elements = tuple(elements)
        self.gaps = tuple(gaps)

    def __str__(self) -> str:
        parts = [self.gaps[0]]
        for element, gap in zip(self.elements, self.gaps[1:], strict=True):
            parts += (element.source, gap)
        return "".join(parts)

    def spans(self) -> list[tuple[int, int]]:
        """Where each element stands in the printed text."""
        spans, position = [], len(self.gaps[0])
        for element, gap in zip(self.elements, self.gaps[1:], strict=True):
            end = position + len(element.source)
            spans.append((position, end))
            position = end + len(gap)
        return spans

    def index_of(self, element: Element) -> int:
        """The place of this very element. Raises ValueError for one of another prompt."""
        for index, candidate in enumerate(self.elements):
            if candidate is element:
                return index
        raise ValueError("the element is not part of this prompt")


def parse(text: str) -> Prompt:
    """Reads any text. Linear in its length; `str(parse(text)) == text` always.

    Commas and line ends outside brackets separate. Aliases, LoRA tags, BREAK and a weighted group at the
    start of an element stand alone even when glued to their neighbours.
    """
    reader = _Reader(text)
    position = 0
    for node in tree(text):
        if position < node.start:
            reader.plain(position, node.start)
        reader.node(node)
        position = node.end
    reader.plain(position, len(text))
    return reader.finish()


class _Reader:
    """Collects elements and gaps from left to right.

    `run` is where the element being read began (-1 for none), `run_node` the node it began with, `done` where
    the last whole element ended.
    """

    __slots__ = ("done", "elements", "gaps", "run", "run_node", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.elements: list[Element] = []
        self.gaps: list[str] = []
        self.run = -1
        self.run_node: Node | None = None
        self.done = 0

    def plain(self, start: int, end: int) -> None:
        """Reads text without nodes."""
        if start == end:
            return
        body = _gap_end(self.text, start, end)
        if self.run >= 0 and body > start and _separates(self.text[start:body]):
            self.close(start)
        if body == end:
            return
        bodies, gaps = _pieces(self.text[body:end])
        spaces = gaps.pop() if len(gaps) == len(bodies) and not _separates(gaps[-1]) else ""
        if gaps:
            self._whole(bodies, gaps, body, end - len(spaces))
        elif self.run < 0:
            self.run = body

    def _whole(self, bodies: list[str], gaps: list[str], start: int, end: int) -> None:
        """Takes texts that a gap ends, nearly all of a usual prompt; a last one without a gap goes on."""
        before = start
        if self.run >= 0:
            before += len(bodies.pop(0))
            self.close(before)
            before += len(gaps.pop(0))
        self.gaps.append(self.text[self.done : before])
        self.gaps += gaps
        self.elements += [Element("tag", whole, whole) for whole in bodies[: len(gaps)]]
        left = bodies[-1] if len(bodies) > len(gaps) else ""
        self.run = end - len(left) if left else -1
        self.done = end - len(left) - len(self.gaps.pop())

    def node(self, node: Node) -> None:
        """Reads a node."""
        if node.kind in _SPLITTING or node.names_alias or (self.run < 0 and node.holder is not None):
            self.close(node.start)
            self._add(_element(self.text, node), node.start, node.end)
        elif self.run < 0:
            self.run, self.run_node = node.start, node

    def close(self, end: int) -> None:
        """Ends the element being read, spaces before `end` left to the gap."""
        if self.run < 0:
            return
        source = self.text[self.run : end].rstrip(grammar.WHITESPACE)
        end = self.run + len(source)
        node = self.run_node
        whole = node is not None and node.end == end
        element = _element(self.text, node) if node and whole else Element("tag", source, source)
        self._add(element, self.run, end)
        self.run, self.run_node = -1, None

    def _add(self, element: Element, start: int, end: int) -> None:
        self.gaps.append(self.text[self.done : start])
        self.elements.append(element)
        self.done = end

    def finish(self) -> Prompt:
        """Ends the text."""
        self.close(len(self.text))
        self.gaps.append(self.text[self.done :])
        return Prompt(self.elements, self.gaps)


def _gap_end(text: str, start: int, end: int) -> int:
    match = grammar.GAP.match(text, start, end)
    return match.end() if match else start


def _pieces(text: str) -> tuple[list[str], list[str]]:
    """Texts without spaces around them and the gaps after each; the last text may have none."""
    # Nearly every prompt separates by a comma and a space throughout, which splits at the speed of C.
    if text.isprintable() and text.count(",") == text.count(", ") and "  " not in text and " ," not in text:
        bodies = text.removesuffix(", ").split(", ")
        gaps = [", "] * (len(bodies) - (not text.endswith(", ")))
        if not text.endswith(" ") or len(gaps) == len(bodies):
            return bodies, gaps
    pieces: list[str] = grammar.PIECES.findall(text)
    return pieces[0::2], pieces[1::2]


def _separates(gap: str) -> bool:
    return "," in gap or "\n" in gap


def _element(text: str, node: Node) -> Element:
    source = text[node.start : node.end]
    if node.kind == "alias":
        return Element("alias", source, source[1:-1])
    if node.kind == "lora":
        return _lora(source)
    if node.weight is not None and not node.children:
        return _weighted(text, node, source)
    if node.kind in ("paren", "square"):
        return _bracketed(text, node, source)
    kind, said = _leaf(text, node, source)
    return Element(kind, source, said)


def _weighted(text: str, node: Node, source: str) -> Element:
    """The usual `(words:1.2)`, without anything inside that means something."""
    content = text[node.start + 1 : node.core_end].strip(grammar.WHITESPACE)
    weight, emphasis = _number(node.weight or "1")
    kind: ElementKind = "group" if _separates(content) else "tag"
    return Element(kind, source, content, weight, emphasis, (0, len(source)))


@lru_cache(maxsize=1024)
def _number(weight: str) -> tuple[float, float]:
    """A weight and what it comes to. A prompt says the same few over and over."""
    return float(weight), round_hundredths(float(weight))


def _lora(source: str) -> Element:
    parts = source[1:-1].split(":")
    number = parts[2].strip(grammar.WHITESPACE) if len(parts) > 2 else ""
    weight = float(number) if grammar.NUMBER.fullmatch(number) else None
    return Element("lora", source, parts[1], weight, 1.0 if weight is None else weight)


def _bracketed(text: str, node: Node, source: str) -> Element:
    emphasis = round_hundredths(_emphasis(text, node))
    holder = node.holder
    if holder is None:
        kind = _square_kind(text, node) if node.kind == "square" else "tag"
        return Element(kind, source, source, None, emphasis)
    kind, said = _held(text, holder)
    place = (holder.start - node.start, holder.end - node.start)
    return Element(kind, source, said, float(holder.weight or "1"), emphasis, place)


def _emphasis(text: str, node: Node | None) -> float:
    emphasis = 1.0
    while node is not None:
        if node.kind == "paren":
            emphasis *= float(node.weight) if node.weight is not None else 1.1
        elif node.kind == "square" and _square_kind(text, node) == "tag":
            emphasis /= 1.1
        else:
            break
        node = node.sole
    return emphasis


def _held(text: str, holder: Node) -> tuple[ElementKind, str]:
    """Kind and text of what a weight holds."""
    content = text[holder.start + 1 : holder.core_end].strip(grammar.WHITESPACE)
    if holder.sole is not None:
        return _leaf(text, holder.sole, content)
    several = _separates(plain_text(text, holder)) or any(
        child.kind in _SPLITTING for child in holder.children
    )
    return ("group" if several else "tag"), content


def _leaf(text: str, node: Node, source: str) -> tuple[ElementKind, str]:
    """Kind and text of an element that is this one node."""
    if node.kind == "alias":
        return "alias", source[1:-1]
    if node.kind == "wildcard":
        return "wildcard", source[2:-2]
    if node.kind == "embedding":
        return "embedding", source[len("embedding:") :]
    if node.kind == "break":
        return "break", source
    if node.kind == "square":
        return _square_kind(text, node), source
    if node.kind == "brace" and is_choice(text, node):
        return "choice", source
    return "tag", source


def _square_kind(text: str, node: Node) -> ElementKind:
    """`[a:b:0.5]` is a schedule, `[a|b]` an alternation, anything else de-emphasis."""
    plain = plain_text(text, node)
    if "|" in plain:
        return "alternation"
    if ":" not in plain:
        return "tag"
    when = plain[plain.rfind(":") + 1 :].strip(grammar.WHITESPACE)
    return "schedule" if grammar.WEIGHT.fullmatch(when) else "tag"


def plain_text(text: str, node: Node) -> str:
    """The content of a bracket without what stands in brackets inside it."""
    parts, position = [], node.start + 1
    for child in node.children:
        parts.append(text[position : child.start])
        position = child.end
    parts.append(text[position : node.core_end])
    return "".join(parts)
