"""Advice on a prompt: what is misspelt, doubled, contradictory, unbalanced or missing. It never blocks
anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from cozygen.aliases.elements import Element, Prompt, parse
from cozygen.aliases.expand import Expansion, Problem
from cozygen.aliases.judge import Models, Verdict
from cozygen.aliases.library import Alias, AliasLibrary
from cozygen.aliases.opposites import contradicts
from cozygen.aliases.syntax import tree, unpaired, walk
from cozygen.aliases.tags_in import NamedTag, as_typed, named_tags
from cozygen.aliases.unclosed import unclosed_tokens

Level = Literal["error", "warning", "info"]
MAX_ISSUES: Final = 200
MAX_JUDGED: Final = 2000
LONGEST_TAG: Final = 200
"""No list has a longer one; looking for typos in more would take long."""
_CLOSE_ENOUGH: Final = 75
_ALIKE: Final = 0.66
"""One edit in three letters; what is less alike was not meant by who wrote in plain words."""
_WORDS: Final = {
    "unknown_alias": "There is no alias of this name.",
    "ambiguous_alias": "Several aliases have this name: write its category too.",
    "cyclic_alias": "This alias leads back to itself.",
    "too_deep": "These aliases use each other too deeply.",
    "too_large": "This grows too large and is left out.",
    "unknown_wildcard": "There is no wildcard file of this name.",
}


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends it: the text that `start` to `end` becomes."""

    label: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Issue:
    """One piece of advice about `start` to `end` of the prompt."""

    code: str
    level: Level
    message: str
    start: int
    end: int
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A prompt read once for all questions: its tags, and those of them that a tag list can judge."""

    text: str
    prompt: Prompt
    tags: Sequence[NamedTag]
    judged: Sequence[NamedTag]

    @property
    def loras(self) -> list[str]:
        """The LoRAs it names."""
        return [element.text for element in self.prompt.elements if element.kind == "lora"]


def read(text: str) -> Reading:
    """Reads a prompt for `lint`; `judged` are the texts that look like tags, each name once."""
    prompt = parse(text)
    tags = named_tags(prompt)
    once: dict[str, NamedTag] = {}
    for tag in tags:
        normal = tag.normal
        if normal not in once and len(tag.text) <= LONGEST_TAG and not tag.is_prose:
            once[normal] = tag
    return Reading(text, prompt, tags, list(once.values())[:MAX_JUDGED])


def lint(
    reading: Reading,
    expansion: Expansion,
    library: AliasLibrary,
    verdicts: Sequence[Verdict] | None,
    models: Models,
    *,
    extra_loras: Sequence[str] = (),
) -> list[Issue]:
    """All advice in reading order, at most 200.

    `expansion` is the prompt's without a seed, `verdicts` are those of the `judged` tags.
    """
    text = reading.text
    issues = [
        *_brackets(text),
        *_expansion(text, expansion, library),
        *_spelling(reading.judged, verdicts),
        *_repeats(reading.prompt, reading.tags),
        *_opposites(reading.tags),
        *_models(text, reading.prompt, expansion, models, extra_loras),
    ]
    return sorted(issues, key=lambda issue: (issue.start, issue.end))[:MAX_ISSUES]


def _brackets(text: str) -> Iterator[Issue]:
    for place in unpaired(text)[:MAX_ISSUES]:
        bracket = text[place]
        fix = Fix(f"Write \\{bracket}", place, place + 1, f"\\{bracket}")
        message = f"This {bracket} has no partner and changes what the rest weighs."
        yield Issue("unbalanced_bracket", "warning", message, place, place + 1, fix)


def _expansion(text: str, expansion: Expansion, library: AliasLibrary) -> Iterator[Issue]:
    near: dict[str, str | None] = {}
    for problem in expansion.problems:
        fix = _nearest_alias(text, problem, library, near)
        yield Issue(problem.code, "warning", _WORDS[problem.code], problem.start, problem.end, fix)
    for start, end, name in unclosed_tokens(text):
        if isinstance(library.find(name), Alias):
            fix = Fix(f"Write ${name}$", start, end, f"${name}$")
            yield Issue("unclosed_alias", "warning", "The closing $ is missing.", start, end, fix)


def _nearest_alias(
    text: str, problem: Problem, library: AliasLibrary, near: dict[str, str | None]
) -> Fix | None:
    """The alias that was meant; `near` remembers what was found, since looking is slow."""
    place = text.find(problem.name, problem.start, problem.end)
    if problem.code != "unknown_alias" or problem.via or place < 0:
        return None
    if problem.name not in near:
        near[problem.name] = _nearest_token(problem.name, library)
    token = near[problem.name]
    return Fix(f"Write {token}", place, place + len(problem.name), token) if token else None


def _nearest_token(name: str, library: AliasLibrary) -> str | None:
    best = process.extractOne(name, library.tokens, scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return best[0] if best else None


def _spelling(tags: Sequence[NamedTag], verdicts: Sequence[Verdict] | None) -> Iterator[Issue]:
    for tag, verdict in zip(tags, verdicts or (), strict=False):
        if verdict.canonical:
            message = f"An older name of {verdict.canonical}."
            mended = _instead(tag, verdict.canonical)
            yield Issue("deprecated_tag", "info", message, tag.start, tag.end, mended)
        elif not verdict.valid:
            meant = _meant(tag, verdict.suggestions)
            fix = _instead(tag, meant) if meant is not None else None
            message = "Not a known tag." if fix is None else f"Not a known tag. Did you mean {fix.text}?"
            yield Issue("unknown_tag", "info" if fix is None else "warning", message, tag.start, tag.end, fix)


def _meant(tag: NamedTag, suggestions: Sequence[str]) -> str | None:
    """The first suggestion that looks like what was written; in other scripts the first of all."""
    written = tag.name.lower().replace(" ", "_")
    if not written.isascii():
        return next(iter(suggestions), None)
    return next((name for name in suggestions if _alike(written, name.lower())), None)


def _alike(written: str, name: str) -> bool:
    if OSA.normalized_similarity(written, name) >= _ALIKE:
        return True
    return sorted(written.split("_")) == sorted(name.split("_"))


def _instead(tag: NamedTag, name: str) -> Fix:
    text = as_typed(name, tag.text)
    return Fix(f"Write {text}", tag.start, tag.end, text)


def _repeats(prompt: Prompt, tags: Sequence[NamedTag]) -> Iterator[Issue]:
    seen: set[str] = set()
    spans = prompt.spans()
    many = {tag.top for tag, other in pairwise(tags) if tag.top == other.top}
    for tag in tags:
        normal = tag.normal
        if normal in seen:
            start = spans[tag.top - 1][1] if tag.top else 0
            fix = Fix("Remove", start, spans[tag.top][1], "") if tag.top not in many else None
            yield Issue("duplicate", "warning", "This is there already.", tag.start, tag.end, fix)
        seen.add(normal)


def _opposites(tags: Sequence[NamedTag]) -> Iterator[Issue]:
    before: dict[str, NamedTag] = {}
    for tag in tags:
        normal = tag.normal
        other = None if normal in before else contradicts(normal, before)
        if other is not None:
            message = f"This contradicts {before[other].text}."
            yield Issue("contradiction", "warning", message, tag.start, tag.end)
        before.setdefault(normal, tag)


def _models(
    text: str, prompt: Prompt, expansion: Expansion, models: Models, extra_loras: Sequence[str]
) -> Iterator[Issue]:
    if models.embeddings is not None:
        yield from _embeddings(text, models.embeddings)
    spans = prompt.spans()
    said = expansion.text.lower()
    loras = [
        (element, span)
        for element, span in zip(prompt.elements, spans, strict=True)
        if element.kind == "lora"
    ]
    for element, (start, end) in loras:
        if models.loras is not None and element.text not in models.loras:
            fix = _other_lora(element, start, models.loras)
            yield Issue("missing_lora", "error", "There is no LoRA of this name.", start, end, fix)
        yield from _triggers(text, element.text, said, models, start, end)
    for name in extra_loras:
        yield from _triggers(text, name, said, models, len(text), len(text))


def _embeddings(text: str, known: frozenset[str]) -> Iterator[Issue]:
    for node in walk(tree(text)):
        if node.kind != "embedding":
            continue
        start = node.start + len("embedding:")
        name = text[start : node.end].removesuffix(".pt").removesuffix(".safetensors")
        if name not in known:
            fix = _nearest(name, known, start, node.end)
            message = "There is no embedding of this name."
            yield Issue("missing_embedding", "error", message, node.start, node.end, fix)


def _other_lora(element: Element, start: int, known: frozenset[str]) -> Fix | None:
    place = start + element.source.index(":") + 1
    return _nearest(element.text, known, place, place + len(element.text))


def _nearest(name: str, known: frozenset[str], start: int, end: int) -> Fix | None:
    best = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return Fix(f"Write {best[0]}", start, end, best[0]) if best else None


def _triggers(text: str, lora: str, said: str, models: Models, start: int, end: int) -> Iterator[Issue]:
    words = models.triggers.get(lora, [])
    if not words or any(word.lower() in said for word in words):
        return
    separator = ", " if text.strip() else ""
    kept = len(text.rstrip(", \n"))
    fix = Fix(f"Add {words[0]}", kept, len(text), f"{separator}{words[0]}")
    message = f"{lora} answers to {words[0]}, which the prompt does not say."
    yield Issue("missing_trigger", "info", message, start, end, fix)
