"""Edits of a prompt. Each names the element it means and answers a new prompt that shares what stayed.

A gap that an edit touches becomes `, `; line ends are kept. Raises ValueError for an element of another
prompt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cozygen.aliases import grammar
from cozygen.aliases.elements import Element, Prompt, parse
from cozygen.aliases.syntax import Node, tree, walk
from cozygen.aliases.weights import HIGHEST, format_weight, is_one, read_weight, within

SEPARATOR: Final = ", "
_OUTER: Final = grammar.WHITESPACE + ","


@dataclass(frozen=True, slots=True)
class AliasToken:
    """One `$alias$` anywhere in an element; `start` and `end` (in its source) take in its weight's
    parentheses.
    """

    element: Element
    name: str
    weight: float | None
    start: int
    end: int


def set_weight(prompt: Prompt, element: Element, weight: object) -> Prompt:
    """Gives an element a weight; 1, None and what is no number take it away. A LoRA's strength is its own
    number.
    """
    index = prompt.index_of(element)
    source = _weighted(element, read_weight(weight))
    return prompt if source == element.source else _put(prompt, index, source)


def remove(prompt: Prompt, element: Element) -> Prompt:
    """Takes an element out, and one of the gaps beside it."""
    index = prompt.index_of(element)
    elements = [*prompt.elements[:index], *prompt.elements[index + 1 :]]
    if not elements:
        return Prompt([], [""])
    before, after = prompt.gaps[index], prompt.gaps[index + 1]
    if index == 0:
        gap = before
    elif index == len(elements):
        gap = after
    else:
        return _joined(prompt, index, before, after)
    return Prompt(elements, [*prompt.gaps[:index], gap, *prompt.gaps[index + 2 :]])


def insert(prompt: Prompt, index: int, text: str) -> Prompt:
    """Puts a text before the element at `index` (at the end if there is none); blank changes nothing."""
    added = parse(text.strip(_OUTER))
    if not added.elements:
        return prompt
    index = min(max(index, 0), len(prompt.elements))
    return _with_inserted(prompt, index, added)


def replace(prompt: Prompt, element: Element, text: str) -> Prompt:
    """Puts a text where an element was; a blank text changes nothing."""
    index = prompt.index_of(element)
    source = text.strip(_OUTER)
    return _put(prompt, index, source) if source else prompt


def move(prompt: Prompt, element: Element, to: int) -> Prompt:
    """Takes an element out and puts it in so that it is number `to` (from 0). Line ends stay."""
    index = prompt.index_of(element)
    to = min(max(to, 0), len(prompt.elements) - 1)
    if index == to:
        return prompt
    clusters = _clusters(prompt)
    here = clusters.index((index, index + 1)) if (index, index + 1) in clusters else -1
    edges = [start for start, _ in clusters] if to < index else [end - 1 for _, end in clusters]
    if here >= 0 and to in edges:
        return _permuted(prompt, clusters, here, edges.index(to))
    rest = remove(prompt, element)
    return _with_inserted(rest, min(to, len(rest.elements)), Prompt([element], ["", ""]))


def alias_tokens(prompt: Prompt) -> list[AliasToken]:
    """Every alias token of a prompt in reading order, inside brackets too."""
    return [token for element in prompt.elements if "$" in element.source for token in _tokens(element)]


def set_alias_weight(prompt: Prompt, token: AliasToken, weight: object) -> Prompt:
    """Gives one alias token a weight, wherever it stands."""
    index = prompt.index_of(token.element)
    source = token.element.source
    changed = source[: token.start] + _wrapped(f"${token.name}$", read_weight(weight)) + source[token.end :]
    return prompt if changed == source else _put(prompt, index, changed)


def _weighted(element: Element, weight: float | None) -> str:
    if element.kind == "break":
        return element.source
    if element.kind == "lora":
        return _lora(element.source, weight)
    if element.holder is None:
        return _wrapped(element.source, weight)
    start, end = element.holder
    content = element.source[start + 1 : end - 1]
    core = content[: content.rfind(":")].strip(grammar.WHITESPACE)
    return element.source[:start] + _wrapped(core, weight) + element.source[end:]


def _wrapped(core: str, weight: float | None) -> str:
    if weight is None or is_one(weight):
        return core
    return f"({core}:{format_weight(within(weight, 0.0))})"


def _lora(source: str, weight: float | None) -> str:
    weight = 1.0 if weight is None else within(weight, -HIGHEST)
    parts = source[1:-1].split(":")
    if len(parts) > 2 and grammar.NUMBER.fullmatch(parts[2].strip(grammar.WHITESPACE)):
        parts[2] = format_weight(weight)
    elif not is_one(weight):
        parts.insert(2, format_weight(weight))
    return f"<{':'.join(parts)}>"


def _tokens(element: Element) -> list[AliasToken]:
    tokens = []
    wrappers: dict[int, Node] = {}
    for node in walk(tree(element.source)):
        if node.weight is not None and node.sole is not None:
            wrappers[node.sole.start] = node
        elif node.kind == "alias":
            outer = wrappers.get(node.start)
            name = element.source[node.start + 1 : node.end - 1]
            weight = float(outer.weight) if outer is not None and outer.weight is not None else None
            place = outer or node
            tokens.append(AliasToken(element, name, weight, place.start, place.end))
    return tokens


def _put(prompt: Prompt, index: int, source: str) -> Prompt:
    """A prompt with the element at `index` replaced by whatever `source` reads as."""
    new = parse(source)
    elements = [*prompt.elements[:index], *new.elements, *prompt.elements[index + 1 :]]
    inner = [prompt.gaps[index] + new.gaps[0], *new.gaps[1:]]
    inner[-1] += prompt.gaps[index + 1]
    changed = Prompt(elements, [*prompt.gaps[:index], *inner, *prompt.gaps[index + 2 :]])
    changed = _settled(changed, index + len(new.elements))
    return _settled(changed, index)


def _settled(prompt: Prompt, index: int) -> Prompt:
    """Keeps the elements before and after gap `index` apart where, without a separator, they would read as
    one.
    """
    if not 0 < index < len(prompt.elements) or _separates(prompt.gaps[index]):
        return prompt
    left, right, gap = prompt.elements[index - 1], prompt.elements[index], prompt.gaps[index]
    read = parse(left.source + gap + right.source)
    if [element.source for element in read.elements] == [left.source, right.source]:
        return prompt
    if not gap:
        return Prompt(prompt.elements, [*prompt.gaps[:index], SEPARATOR, *prompt.gaps[index + 1 :]])
    elements = [*prompt.elements[: index - 1], *read.elements, *prompt.elements[index + 1 :]]
    return Prompt(elements, [*prompt.gaps[:index], *read.gaps[1:-1], *prompt.gaps[index + 1 :]])


def _joined(prompt: Prompt, index: int, before: str, after: str) -> Prompt:
    """A prompt without the element at `index`, which stood between two others."""
    lines = [gap for gap in (before, after) if "\n" in gap]
    if lines:
        gap = max(lines, key=lambda line: line.count("\n"))
    elif _separates(before) or _separates(after):
        gap = SEPARATOR
    else:
        gap = before or after
    elements = [*prompt.elements[:index], *prompt.elements[index + 1 :]]
    return _settled(Prompt(elements, [*prompt.gaps[:index], gap, *prompt.gaps[index + 2 :]]), index)


def _with_inserted(prompt: Prompt, index: int, added: Prompt) -> Prompt:
    gap = prompt.gaps[index]
    if not prompt.elements:
        before, after = "", ""
    elif index == 0:
        before, after = gap, SEPARATOR
    elif index == len(prompt.elements):
        before, after = _normal(gap), ""
    else:
        before, after = SEPARATOR, _normal(gap)
    elements = [*prompt.elements[:index], *added.elements, *prompt.elements[index:]]
    gaps = [*prompt.gaps[:index], before, *added.gaps[1:-1], after, *prompt.gaps[index + 1 :]]
    return Prompt(elements, gaps)


def _clusters(prompt: Prompt) -> list[tuple[int, int]]:
    """Runs of elements with no separator between them, as index ranges."""
    edges = [index for index in range(1, len(prompt.elements)) if _separates(prompt.gaps[index])]
    starts = [0, *edges]
    return list(zip(starts, [*edges, len(prompt.elements)], strict=True))


def _permuted(prompt: Prompt, clusters: list[tuple[int, int]], here: int, there: int) -> Prompt:
    """Moves a whole cluster; the gaps between clusters keep their order."""
    order = [*clusters[:here], *clusters[here + 1 :]]
    order.insert(there, clusters[here])
    low, high = min(here, there) - 1, min(max(here, there), len(order) - 2)
    elements: list[Element] = []
    gaps = [prompt.gaps[0]]
    for place, (start, end) in enumerate(order):
        elements += prompt.elements[start:end]
        outer = prompt.gaps[clusters[place][1]]
        gaps += prompt.gaps[start + 1 : end]
        gaps.append(_normal(outer) if low <= place <= high else outer)
    return Prompt(elements, gaps)


def _separates(gap: str) -> bool:
    return "," in gap or "\n" in gap


def _normal(gap: str) -> str:
    return gap if "\n" in gap else SEPARATOR
