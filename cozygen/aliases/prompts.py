"""Everything that is asked about prompts and aliases, over the stored document. No HTTP.

The library is built once for each version of the document and shared by all readers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from cozygen.aliases.categories import (
    CategoryChange,
    categories_of,
    change_category,
    remove_category,
    within,
)
from cozygen.aliases.exchange import Entry, Format, Merge, plan_merge, read_entries, write_entries
from cozygen.aliases.expand import Expansion, expand
from cozygen.aliases.judge import ModelNames, Models, NoModels, NoTags, TagJudge
from cozygen.aliases.library import Alias, AliasLibrary, is_reachable
from cozygen.aliases.lint import Issue, lint, read
from cozygen.aliases.search import AliasSearch
from cozygen.aliases.store import AliasStore, set_alias
from cozygen.aliases.tokens import TokenCount, count_roughly, count_tokens
from cozygen.aliases.topics import Category
from cozygen.aliases.wildcards import WildcardFiles
from cozygen.storage.document_file import Change, Precondition, Snapshot
from cozygen.storage.document_format import DocumentFormat
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.preconditions import require_match

USAGE: Final = DocumentFormat("alias_usage", 1)
_SHORT: Final = 4_000
_CHECKED: Final = 100_000
"""Longer prompts are expanded but not checked."""
Result = TypeVar("Result")
_IN_ALIASES: Final = frozenset(
    [
        "unbalanced_bracket",
        "unknown_alias",
        "ambiguous_alias",
        "cyclic_alias",
        "too_deep",
        "too_large",
        "unclosed_alias",
        "unknown_tag",
        "deprecated_tag",
        "duplicate",
    ]
)


@dataclass(frozen=True)
class View:
    """One version of the aliases, ready to be used."""

    etag: str
    value: Mapping[str, Any]
    library: AliasLibrary
    search: AliasSearch


@dataclass(frozen=True)
class Advice:
    """What the linter says, and the length of the expanded prompt."""

    issues: list[Issue]
    tokens: TokenCount
    expansion: Expansion


class Prompts:
    """Expands, checks and searches. Use it from one event loop; long work runs beside it."""

    def __init__(
        self,
        store: AliasStore,
        usage: JsonDocument,
        wildcards: WildcardFiles,
        *,
        tags: TagJudge | None = None,
        models: ModelNames | None = None,
    ) -> None:
        self.store = store
        self._usage = usage
        self._wildcards = wildcards
        self._tags: TagJudge = tags or NoTags()
        self._models: ModelNames = models or NoModels()
        self._view: View | None = None

    async def view(self) -> View:
        """The present version."""
        present = await self.store.read()
        if self._view is None or self._view.etag != present.etag:
            self._view = await asyncio.to_thread(_view_of, present)
        return self._view

    async def expand_fields(self, fields: Mapping[str, str], seed: int | None) -> dict[str, Expansion]:
        """Each prompt field expanded; its name is its stream, so that two fields draw differently.

        Which fields of a form are prompts says `is_prompt_field`; others must not be given.
        """
        library = (await self.view()).library

        def work() -> dict[str, Expansion]:
            return {
                name: expand(text, library, seed=seed, stream=name, wildcards=self._wildcards)
                for name, text in fields.items()
            }

        return await asyncio.to_thread(work)

    async def lint(self, text: str, loras: Sequence[str] = ()) -> Advice:
        """Advice on one prompt; `loras` are those that the form adds."""
        library = (await self.view()).library
        if len(text) > _CHECKED:
            return await asyncio.to_thread(_too_long, text, library)
        reading = await _beside(text, lambda: read(text))
        verdicts = await self._tags.judge([tag.name for tag in reading.judged]) if reading.judged else []
        named = reading.loras
        asked = named or loras or "embedding:" in text
        models = await self._models.models([*named, *loras]) if asked else Models()

        def work() -> Advice:
            expansion = expand(text, library)
            issues = lint(reading, expansion, library, verdicts, models, extra_loras=loras)
            return Advice(issues, count_tokens(expansion.text), expansion)

        return await _beside(text, work)

    async def check(self, entries: Sequence[Entry] | None) -> dict[str, list[Issue]]:
        """Advice on aliases before or after they are saved, by name; all of them if none are given."""
        library = (await self.view()).library
        chosen = (
            entries if entries is not None else [Entry(a.key, a.category, a.text) for a in library.aliases]
        )
        found = {}
        for entry in chosen:
            advice = await self.lint(entry.text)
            issues = [issue for issue in advice.issues if issue.code in _IN_ALIASES]
            found[entry.name] = [*_name_issues(entry.name), *_own_cycle(entry, library, issues), *issues]
        return found

    async def find(self, query: str, category: str, limit: int) -> list[tuple[Alias, int]]:
        """Aliases that a search finds in a category and those inside it, each with how often it was used."""
        view = await self.view()
        used = await self.used()
        inside = within(categories_of(view.value), category)
        hits = await asyncio.to_thread(view.search.find, query, categories=inside, used=used, limit=limit)
        return [(alias, used.get(alias.key, 0)) for alias in hits]

    async def wildcard_names(self) -> list[str]:
        """The names between `__` that stand for lists of options, sorted."""
        return await asyncio.to_thread(self._wildcards.names)

    async def used(self) -> dict[str, int]:
        """How often each alias was used, by key."""
        counts = (await self._usage.read()).value.get("counts")
        items = counts.items() if isinstance(counts, dict) else ()
        return {key: count for key, count in items if isinstance(count, int)}

    async def record_use(self, keys: Sequence[str]) -> None:
        """Counts aliases of a run that was queued."""

        def change(value: dict[str, Any]) -> None:
            counts = value.setdefault("counts", {})
            for key in keys:
                counts[key] = counts.get(key, 0) + 1

        if keys:
            await self._usage.update(change)

    async def categories(self) -> list[Category]:
        """All categories."""
        return categories_of((await self.view()).value)

    async def change_category(self, name: str, change: CategoryChange, *, if_match: str | None) -> Change:
        """Create or change a category of the version that was read."""
        return await self.store.document.update(
            lambda value: change_category(_full(value), name, change), precondition=_seen(if_match)
        )

    async def remove_category(self, name: str, *, if_match: str | None) -> Change:
        """Take a category away from the version that was read."""
        return await self.store.document.update(
            lambda value: remove_category(_full(value), name), precondition=_seen(if_match)
        )

    async def export(self, form: Format) -> str:
        """The library as a text."""
        view = await self.view()
        return await asyncio.to_thread(write_entries, view.library, view.value, form)

    async def plan_import(self, text: str, form: Format | None) -> Merge:
        """What bringing in a text would do."""
        entries = await asyncio.to_thread(read_entries, text, form)
        return plan_merge((await self.view()).library, entries)

    async def bring_in(self, merge: Merge, *, replace: bool) -> Change:
        """Adds the new aliases, and with `replace` takes the other text for those that differ."""

        def change(value: dict[str, Any]) -> None:
            for entry in [*merge.added, *(merge.conflicts if replace else [])]:
                set_alias(value, entry.name, entry.text, entry.category or None)

        return await self.store.document.update(change)


def _view_of(present: Snapshot) -> View:
    library = AliasLibrary.from_document(present.value)
    return View(present.etag, present.value, library, AliasSearch(library.aliases))


def _full(value: dict[str, Any]) -> dict[str, Any]:
    """The document in its full shape: an older bare map has no room for categories."""
    if not isinstance(value.get("items"), dict):
        texts = {key: value.pop(key) for key, text in list(value.items()) if isinstance(text, str)}
        value.update(items=texts, categories={}, categoryList=[])
    return value


def _seen(if_match: str | None) -> Precondition:
    def check(present: Snapshot) -> None:
        require_match(if_match, present.etag, current=present.value)

    return check


async def _beside(text: str, work: Callable[[], Result]) -> Result:
    """Long texts are worked on in a thread; for short ones that would cost more than the work."""
    return work() if len(text) <= _SHORT else await asyncio.to_thread(work)


def _too_long(text: str, library: AliasLibrary) -> Advice:
    message = "This prompt is too long to be checked."
    issue = Issue("too_large", "info", message, 0, len(text))
    return Advice([issue], count_roughly(text), expand(text, library))


def _name_issues(name: str) -> list[Issue]:
    if is_reachable(name):
        return []
    message = "No prompt can name this alias: use letters, digits, - and _ only."
    return [Issue("unreachable_name", "warning", message, 0, 0)]


def _own_cycle(entry: Entry, library: AliasLibrary, issues: Sequence[Issue]) -> list[Issue]:
    """A text that leads back to its own name, also where that name is not stored yet."""
    if any(issue.code == "cyclic_alias" for issue in issues):
        return []
    stored = {alias.key: alias.text for alias in library.aliases}
    with_it = AliasLibrary.from_document({**stored, entry.name: entry.text})
    result = expand(f"${entry.name}$", with_it) if "$" in entry.text and is_reachable(entry.name) else None
    if result is None or not any(problem.code == "cyclic_alias" for problem in result.problems):
        return []
    return [Issue("cyclic_alias", "warning", "This alias leads back to itself.", 0, len(entry.text))]
