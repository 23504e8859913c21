"""Categories of aliases: the built-in ones, changed by what the owner says of them in `categoryInfo`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.topics import Category, built_in
from cozygen.errors import InvalidError, NotFoundError

INFO: Final = "categoryInfo"
_LAST: Final = 1000


@dataclass(frozen=True, slots=True)
class CategoryChange:
    """What is to change of a category; None leaves it. An empty colour or parent takes it away."""

    name: str | None = None
    label: str | None = None
    color: str | None = None
    parent: str | None = None
    order: int | None = None


def categories_of(document: Mapping[str, Any]) -> list[Category]:
    """All categories in the order in which they are shown: parents first, then by order and name."""
    found = {category.name.lower(): category for category in built_in()}
    for name in _names_in(document):
        found.setdefault(name.lower(), Category(name, name.replace("_", " ").capitalize(), None, None, _LAST))
    for name, said in _info(document).items():
        there = found.get(name.lower()) or Category(name, name, None, None, _LAST)
        found[name.lower()] = _changed(there, said)
    shown = [
        category
        for key, category in found.items()
        if not _info(document).get(category.name, {}).get("hidden")
    ]
    return sorted(shown, key=lambda category: (category.parent or "", category.order, category.label.lower()))


def within(categories: Iterable[Category], name: str) -> frozenset[str]:
    """A category and all that lie inside it, in lower case; nothing for a blank name."""
    inside = {name.lower()} if name else set()
    parents = {category.name.lower(): (category.parent or "").lower() for category in categories}
    while grown := {child for child, parent in parents.items() if parent in inside} - inside:
        inside |= grown
    return frozenset(inside)


def counts_of(library: AliasLibrary) -> Counter[str]:
    """How many aliases each category holds, by its name in lower case."""
    return Counter(alias.category.lower() for alias in library.aliases)


def change_category(document: dict[str, Any], name: str, change: CategoryChange) -> None:
    """Creates or changes a category in a document; a new name is carried to its aliases and children."""
    info = document.setdefault(INFO, {})
    said = {key: value for key, value in asdict(change).items() if value is not None and key != "name"}
    info[name] = {**info.get(name, {}), **said, "hidden": False}
    _list(document, name)
    if change.name and change.name != name:
        _rename(document, name, change.name)
    _check_parents(categories_of(document))


def remove_category(document: dict[str, Any], name: str) -> None:
    """Takes a category away; its aliases stay, without one. Raises NotFoundError."""
    if name.lower() not in {category.name.lower() for category in categories_of(document)}:
        raise NotFoundError("There is no category of this name.")
    document[INFO] = {key: value for key, value in _info(document).items() if key.lower() != name.lower()}
    document[INFO][name] = {"hidden": True}
    mapped = document.get("categories") or {}
    document["categories"] = {key: value for key, value in mapped.items() if not _same(value, name)}
    document["categoryList"] = [
        entry for entry in document.get("categoryList") or [] if not _same(entry, name)
    ]


def _info(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    info = document.get(INFO)
    if not isinstance(info, Mapping):
        return {}
    return {name: dict(said) for name, said in info.items() if isinstance(said, Mapping)}


def _names_in(document: Mapping[str, Any]) -> Iterable[str]:
    listed = document.get("categoryList")
    yield from (
        name for name in (listed if isinstance(listed, list) else []) if isinstance(name, str) and name
    )
    yield from (alias.category for alias in AliasLibrary.from_document(document).aliases if alias.category)


def _changed(there: Category, said: Mapping[str, Any]) -> Category:
    label, order = said.get("label"), said.get("order")
    color, parent = said.get("color", there.color), said.get("parent", there.parent)
    return replace(
        there,
        label=label if isinstance(label, str) and label else there.label,
        color=color if isinstance(color, str) and color else None,
        parent=parent if isinstance(parent, str) and parent else None,
        order=order if isinstance(order, int) else there.order,
    )


def _list(document: dict[str, Any], name: str) -> None:
    listed = document.setdefault("categoryList", [])
    if not any(_same(entry, name) for entry in listed):
        listed.append(name)


def _rename(document: dict[str, Any], old: str, new: str) -> None:
    if any(category.name.lower() == new.lower() for category in categories_of(document)) and not _same(
        old, new
    ):
        raise InvalidError("There is already a category of this name.", code="exists")
    mapped = document.get("categories") or {}
    document["categories"] = {key: new if _same(value, old) else value for key, value in mapped.items()}
    document["categoryList"] = [new if _same(entry, old) else entry for entry in document["categoryList"]]
    info = document[INFO]
    info[new] = info.pop(old)
    info.setdefault(old, {"hidden": True})
    for said in info.values():
        if _same(said.get("parent"), old):
            said["parent"] = new


def _check_parents(categories: list[Category]) -> None:
    """A parent must lead to the top; raises InvalidError for a circle."""
    parents = {category.name.lower(): (category.parent or "").lower() for category in categories}
    for name in parents:
        seen: set[str] = set()
        while name:
            if name in seen:
                raise InvalidError("A category cannot be inside itself.", code="invalid_category")
            seen.add(name)
            name = parents.get(name, "")


def _same(one: object, other: str) -> bool:
    return isinstance(one, str) and one.lower() == other.lower()
