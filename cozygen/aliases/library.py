"""The aliases of a document, found by any spelling of their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cozygen.aliases import grammar, topics

_COLONS: Final = re.compile(r"::+")


@dataclass(frozen=True, slots=True)
class Alias:
    """One alias. `token` is what stands between dollars to reach it."""

    key: str
    category: str
    name: str
    text: str
    token: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several aliases of different texts answer to one name."""

    keys: tuple[str, ...]


class AliasLibrary:
    """Read from a document once; finding a name is one look-up."""

    def __init__(self, aliases: Sequence[Alias], categories: Sequence[str] = ()) -> None:
        self.aliases = tuple(aliases)
        self.tokens = tuple(alias.token for alias in self.aliases)
        self._exact = _by_full_name(self.aliases)
        self._by_base = _by_base_name(self.aliases)
        named = {alias.category.lower() for alias in self.aliases if alias.category}
        prefixes = {alias.key.split("::")[0].lower() for alias in self.aliases if "::" in alias.key}
        self._categories = topics.KNOWN | named | prefixes | {name.lower() for name in categories}

    @classmethod
    def from_document(cls, document: object) -> AliasLibrary:
        """From `{items, categories, categoryList}` or a bare map of key to text.

        Keys and texts are trimmed; what is empty or no text is left out.
        """
        if not isinstance(document, Mapping):
            return cls(())
        items = document.get("items")
        if not isinstance(items, Mapping):
            return cls(_read(document, {}))
        categories = document.get("categories")
        listed = document.get("categoryList")
        names = [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []
        return cls(_read(items, categories if isinstance(categories, Mapping) else {}), names)

    def find(self, name: str) -> Alias | Ambiguous | None:
        """The alias that a token names: by its full name, else by its last part where that is unique."""
        wanted = normal(name)
        exact = self._exact.get(wanted)
        if exact is not None or ":" in wanted:
            return exact
        candidates = self._by_base.get(wanted, ())
        if len({alias.text for alias in candidates}) > 1:
            return Ambiguous(tuple(alias.key for alias in candidates))
        return candidates[0] if candidates else None

    def find_exactly(self, name: str) -> Alias | None:
        """The alias of a full name with its category."""
        return self._exact.get(normal(name))

    def knows_category(self, name: str) -> bool:
        """Whether `name::` before a word means a category; other double colons are left alone."""
        return name.lower() in self._categories


def normal(name: str) -> str:
    """Lower case, and one colon for any number of them."""
    return _COLONS.sub(":", name.lower())


def is_reachable(name: str) -> bool:
    """Whether a token can spell this name at all."""
    return bool(grammar.ALIAS_NAME.fullmatch(name))


def _read(items: Mapping[Any, Any], categories: Mapping[Any, Any]) -> list[Alias]:
    found: dict[str, Alias] = {}
    for raw_key, raw_text in items.items():
        if not isinstance(raw_key, str) or not isinstance(raw_text, str):
            continue
        key, text = raw_key.strip(grammar.WHITESPACE), raw_text.strip(grammar.WHITESPACE)
        if key and text:
            found.pop(key, None)
            found[key] = _alias(key, text, categories.get(raw_key, categories.get(key)))
    return list(found.values())


def _alias(key: str, text: str, category: object) -> Alias:
    prefix, separator, rest = key.partition("::")
    name = rest if separator else key
    own = category.strip(grammar.WHITESPACE) if isinstance(category, str) else ""
    group = own or (prefix if separator else "")
    token = f"{group}:{name}" if group else name
    return Alias(key, group, name, text, token if is_reachable(token) else normal(key))


def _by_full_name(aliases: Sequence[Alias]) -> dict[str, Alias]:
    """By key, and by category and name where no key says the same."""
    found = {normal(alias.key): alias for alias in aliases}
    for alias in aliases:
        if alias.category:
            found.setdefault(normal(f"{alias.category}:{alias.name}"), alias)
    return found


def _by_base_name(aliases: Sequence[Alias]) -> dict[str, tuple[Alias, ...]]:
    found: dict[str, list[Alias]] = {}
    for alias in aliases:
        found.setdefault(normal(alias.key).rpartition(":")[2], []).append(alias)
    return {name: tuple(same) for name, same in found.items()}
