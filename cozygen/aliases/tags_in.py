"""The tags that a prompt names: brackets and weights taken off, LoRA tags, aliases and prose told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cozygen.aliases.elements import Element, Prompt, parse
from cozygen.aliases.syntax import tree

_ESCAPED: Final = re.compile(r"\\([()\[\]{}<>|$])")
_PROSE_WORDS: Final = 5
_CACHED_LENGTH: Final = 100
_SENTENCE: Final = re.compile(r"[.!?;](\s|$)")


@dataclass(frozen=True, slots=True)
class NamedTag:
    """A text that may be a tag, at `start` to `end` of the prompt; `top` is the number of its element."""

    text: str
    start: int
    end: int
    top: int

    @property
    def name(self) -> str:
        """What it says, escapes undone."""
        return _ESCAPED.sub(r"\1", self.text) if "\\" in self.text else self.text

    @property
    def normal(self) -> str:
        """The same for every spelling with spaces, underscores and capitals."""
        return _normal(self.name)

    @property
    def is_prose(self) -> bool:
        """Whether it reads as natural language rather than as a tag."""
        return len(self.text.split()) >= _PROSE_WORDS or bool(_SENTENCE.search(self.text))


def _normal(name: str) -> str:
    return _cached_normal(name) if len(name) <= _CACHED_LENGTH else _cached_normal.__wrapped__(name)


@lru_cache(maxsize=8192)
def _cached_normal(name: str) -> str:
    return " ".join(name.lower().replace("_", " ").split())


def named_tags(prompt: Prompt) -> list[NamedTag]:
    """All of them in reading order, also those inside groups."""
    found: list[NamedTag] = []
    for number, (element, (start, _)) in enumerate(zip(prompt.elements, prompt.spans(), strict=True)):
        _collect(element, start, number, found)
    return found


def _collect(element: Element, start: int, number: int, found: list[NamedTag]) -> None:
    if element.kind not in ("tag", "group"):
        return
    inside = _inside(element)
    if inside is None:
        if element.source.isalnum() or not any(node.kind != "paren" for node in tree(element.source)):
            found.append(NamedTag(element.text, start, start + len(element.source), number))
        return
    begin, content = inside
    prompt = parse(content)
    for inner, (place, _) in zip(prompt.elements, prompt.spans(), strict=True):
        _collect(inner, start + begin + place, number, found)


def _inside(element: Element) -> tuple[int, str] | None:
    """Where in its source the content of an element in brackets begins, and the content."""
    source = element.source
    if element.holder is not None:
        start, end = element.holder
        content = source[start + 1 : end - 1]
        return start + 1, content[: content.rfind(":")]
    if source[0] not in "([":
        return None
    nodes = tree(source)
    if len(nodes) == 1 and nodes[0].kind in ("paren", "square") and nodes[0].end == len(source):
        return 1, source[1:-1]
    return None


def spoken(text: str) -> str:
    """What a text encoder reads: brackets, weights and LoRA tags taken off, escapes undone."""
    parts: list[str] = []
    _speak(text, parts)
    return _ESCAPED.sub(r"\1", "".join(parts))


def _speak(text: str, parts: list[str]) -> None:
    """Works on a stack of ranges, since brackets may be deep."""
    skipped: list[tuple[int, int]] = []
    stack = list(tree(text))
    while stack:
        node = stack.pop()
        if node.kind in ("lora", "break"):
            skipped.append((node.start, node.end))
        elif node.kind == "paren":
            skipped += [(node.start, node.start + 1), (node.core_end, node.end)]
        stack += node.children
    position = 0
    for start, end in sorted(skipped):
        parts.append(text[position:start])
        position = max(position, end)
    parts.append(text[position:])


def as_typed(tag: str, like: str) -> str:
    """A tag as the owner writes tags: with spaces unless `like` has underscores, its parentheses escaped."""
    spaced = (
        tag if "_" in like or not any(part.isalnum() for part in tag.split("_")) else tag.replace("_", " ")
    )
    return re.sub(r"([()])", r"\\\1", spaced)
