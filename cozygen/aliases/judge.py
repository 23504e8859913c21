"""What the linter asks of others: are these tags, which models are there. Fulfilled where the services are
built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a name is a tag; `canonical` the tag it is another name of; `suggestions` what was meant."""

    valid: bool
    canonical: str | None = None
    suggestions: Sequence[str] = ()


class TagJudge(Protocol):
    """Judges names of tags."""

    async def judge(self, names: Sequence[str]) -> list[Verdict] | None:
        """A verdict for each name, or None where there is no list to judge by."""


@dataclass(frozen=True, slots=True)
class Models:
    """Names of embeddings and LoRAs without suffix (None: not known), and the trigger words of LoRAs."""

    embeddings: frozenset[str] | None = None
    loras: frozenset[str] | None = None
    triggers: dict[str, list[str]] = field(default_factory=dict)


class ModelNames(Protocol):
    """Knows the models."""

    async def models(self, loras: Sequence[str]) -> Models:
        """What is there, with the trigger words of these LoRAs."""


class NoTags:
    """Where there are no tag lists."""

    async def judge(self, names: Sequence[str]) -> list[Verdict] | None:
        """Nobody can say that a tag is wrong."""
        return None


class NoModels:
    """Where the models are not known."""

    async def models(self, loras: Sequence[str]) -> Models:
        """Nothing is known."""
        return Models()
