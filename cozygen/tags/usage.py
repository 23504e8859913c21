"""What the owner uses: counts of tags, and which tags go together, from the library's own prompts."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from cozygen_core import TagIndex, normal_tag

# Prompts beyond these add nothing that one would notice, and memory that one would.
MAX_PROMPTS: Final = 50_000
MAX_TAGS_A_PROMPT: Final = 200
_SEPARATOR: Final = re.compile(r"[,\n]|\bBREAK\b")
_WEIGHT: Final = re.compile(r":[0-9.]+\s*$")
_SYNTAX: Final = re.compile(r"<[^>]*>|\$[^$]*\$")


@dataclass(frozen=True)
class Usage:
    """Counts by tag, and for each tag the prompts that have it."""

    names: tuple[str, ...] = ()
    prompts: tuple[tuple[int, ...], ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    having: dict[int, list[int]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many prompts have each tag."""
        return {self.names[tag]: len(having) for tag, having in self.having.items()}

    def related(self, tag: str, limit: int) -> list[tuple[str, int, float]]:
        """Tags that go with `tag`: name, shared prompts, likeness from 0 to 1.

        Likeness is the cosine of the two tags' sets of prompts, so that a tag
        of nearly every prompt does not lead every answer.
        """
        place = self.places.get(tag)
        if place is None:
            return []
        own = self.having[place]
        together = Counter(other for prompt in own for other in self.prompts[prompt] if other != place)
        likeness = {
            other: shared / math.sqrt(len(own) * len(self.having[other]))
            for other, shared in together.items()
        }
        ordered = sorted(likeness, key=lambda other: (-likeness[other], self.names[other]))
        return [(self.names[other], together[other], round(likeness[other], 4)) for other in ordered[:limit]]


def read_usage(prompts: Iterable[str], index: TagIndex | None) -> Usage:
    """Count the tags of `prompts`; an alias counts for its tag, a text that is no tag not at all. Blocking.

    The same prompt twice counts twice: it was used twice.
    """
    pieces = [_pieces(prompt) for _, prompt in zip(range(MAX_PROMPTS), prompts, strict=False)]
    known = _canonical({piece for prompt in pieces for piece in prompt}, index)
    places: dict[str, int] = {}
    having: dict[int, list[int]] = defaultdict(list)
    kept: list[tuple[int, ...]] = []
    for number, prompt in enumerate(pieces):
        names = dict.fromkeys(known[piece] for piece in prompt if piece in known)
        tags = tuple(places.setdefault(name, len(places)) for name in names)
        for tag in tags:
            having[tag].append(number)
        kept.append(tags)
    return Usage(tuple(places), tuple(kept), places, dict(having))


def _pieces(prompt: str) -> list[str]:
    """The texts between commas, in normal form, without weights and LoRA tags."""
    plain = _SYNTAX.sub(",", prompt.encode("utf-8", "replace").decode("utf-8"))
    found = [_bare(piece) for piece in _SEPARATOR.split(plain)]
    return [piece for piece in dict.fromkeys(found) if piece][:MAX_TAGS_A_PROMPT]


def _bare(piece: str) -> str:
    text = piece.strip()
    while text[:1] in ("(", "[", "{") and (len(text) < 3 or not text.startswith("(o)")):
        text = text[1:].rstrip()
    text = _WEIGHT.sub("", text.rstrip(")]}") if _unbalanced(text) else text)
    return normal_tag(text)


def _unbalanced(text: str) -> bool:
    plain = text.replace("\\(", "").replace("\\)", "")
    return any(plain.count(close) > plain.count(open_) for open_, close in ("()", "[]", "{}"))


def _canonical(pieces: set[str], index: TagIndex | None) -> dict[str, str]:
    """The tag that each text stands for; texts that no list knows are left out."""
    if index is None:
        return {}
    texts: Sequence[str] = sorted(pieces)
    return {text: name for text, name in zip(texts, index.resolve(texts), strict=True) if name is not None}
