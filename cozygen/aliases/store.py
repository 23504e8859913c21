"""`aliases.json`: short names and the texts they stand for.

Two shapes are in use and both are kept as they are: `{"items": {name: text},
"categories": {name: category}, "categoryList": [...]}` and, from older
versions, the bare map `{name: text}`. Names are equal when they differ only in
case or in the way Unicode composes them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from cozygen.errors import ConflictError, InvalidError, NotFoundError
from cozygen.storage.document_file import Change, Precondition, Snapshot
from cozygen.storage.document_format import DocumentFormat, Screening, Value
from cozygen.storage.foreign_values import check_storable
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.preconditions import item_etag, require_absent, require_match

_PARTS: Final = ("items", "categories", "categoryList")


@dataclass(frozen=True)
class Alias:
    """One alias as clients see it."""

    name: str
    text: str
    category: str

    @property
    def etag(self) -> str:
        """Strong, from the content."""
        return item_etag([self.name, self.text, self.category])


def is_bare(value: Value) -> bool:
    """Whether this is the older bare map."""
    return not isinstance(value.get("items"), dict)


def texts_of(value: Value) -> dict[str, str]:
    """All aliases: name to text, as they are stored."""
    items = value if is_bare(value) else value["items"]
    return {name: text for name, text in items.items() if isinstance(text, str)}


def categories_of(value: Value) -> dict[str, str]:
    """The category of every alias that has one."""
    found = {} if is_bare(value) else value.get("categories")
    return {name: text for name, text in (found or {}).items() if isinstance(text, str)}


def same_name(name: str) -> str:
    """What two spellings of one name have in common."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def stored_name(value: Value, name: str) -> str | None:
    """The spelling under which an alias is stored."""
    texts = texts_of(value)
    if name in texts:
        return name
    wanted = same_name(name)
    return next((other for other in texts if same_name(other) == wanted), None)


def find(value: Value, name: str) -> Alias | None:
    """The alias of that name."""
    stored = stored_name(value, name)
    if stored is None:
        return None
    return Alias(stored, texts_of(value)[stored], categories_of(value).get(stored, ""))


def _screen(value: Value, screening: Screening) -> None:
    """Take out what no reader understands; a bare map is left alone, its other entries are unknown fields."""
    if not any(part in value for part in ("categories", "categoryList")) and is_bare(value):
        return
    for part, kind in (("items", dict), ("categories", dict), ("categoryList", list)):
        if part in value and not isinstance(value[part], kind):
            screening.take(value, part, reason=f"not {'a list' if kind is list else 'an object'}")
    items = value.setdefault("items", {})
    for name in [name for name, text in items.items() if not isinstance(text, str)]:
        screening.take(items, name, "items", reason="the text is not a string")


def check_document(value: Any) -> Value:
    """A whole document from a client; raises InvalidError unless every alias has a text."""
    if not isinstance(value, dict):
        raise InvalidError("The aliases are not an object.", code="invalid_aliases")
    if is_bare(value) and any(part in value and not isinstance(value[part], str) for part in _PARTS):
        raise InvalidError("`items` is not an object.", code="invalid_aliases")
    items = value if is_bare(value) else value["items"]
    if bad := [name for name, text in items.items() if not isinstance(text, str)]:
        raise InvalidError("An alias has no text.", code="invalid_aliases", details={"names": bad[:20]})
    if not is_bare(value):
        _check_part(value, "categories", dict, "an object")
        _check_part(value, "categoryList", list, "a list")
    check_storable(value)
    return value


def _check_part(value: Value, part: str, kind: type, words: str) -> None:
    if part in value and not isinstance(value[part], kind):
        raise InvalidError(f"`{part}` is not {words}.", code="invalid_aliases")


ALIASES: Final = DocumentFormat("aliases", 1, screen=_screen)


class AliasStore:
    """Reads and edits `aliases.json`."""

    def __init__(self, document: JsonDocument) -> None:
        self.document = document

    async def read(self) -> Snapshot:
        """The present version; `texts_of` and `categories_of` read its value."""
        return await self.document.read()

    async def one(self, name: str) -> Alias:
        """One alias; NotFoundError."""
        return _found(find((await self.read()).value, name))

    async def replace(self, value: Any, *, if_match: str | None) -> Change:
        """Write a whole document, as the predecessor does; `if_match` may be absent."""

        def seen(present: Snapshot) -> None:
            if if_match is not None:
                require_match(if_match, present.etag, current=present.value)

        return await self.document.replace(check_document(value), precondition=seen)

    async def put(
        self, name: str, text: str, category: str | None, *, if_match: str | None, if_none_match: str | None
    ) -> Change:
        """Create an alias, or replace the one that `if_match` names."""

        def seen(present: Snapshot) -> None:
            there = find(present.value, name)
            require_absent(if_none_match, there is not None, current=there and there.__dict__)
            if there is not None:
                require_match(if_match, there.etag, present.etag, current=there.__dict__)
            elif if_match is not None:
                raise _missing()

        def change(value: Value) -> None:
            set_alias(value, stored_name(value, checked) or checked, text, category)

        checked = _checked_name(name)
        check_storable([checked, text, category])
        return await self.document.update(change, precondition=seen)

    async def patch(
        self, name: str, *, new_name: str | None, text: str | None, category: str | None, if_match: str | None
    ) -> Change:
        """Change some of an alias; renaming keeps its place."""

        check_storable([new_name, text, category])

        def change(value: Value) -> None:
            there = _found(find(value, name))
            target = there.name if new_name is None else _checked_name(new_name)
            if target != there.name:
                _rename(value, there.name, target)
            set_alias(value, target, there.text if text is None else text, category)

        return await self.document.update(change, precondition=_seen_alias(name, if_match))

    async def delete(self, name: str, *, if_match: str | None) -> Change:
        """Remove an alias and its category."""

        def change(value: Value) -> None:
            there = _found(find(value, name))
            del (value if is_bare(value) else value["items"])[there.name]
            if not is_bare(value) and isinstance(value.get("categories"), dict):
                value["categories"].pop(there.name, None)

        return await self.document.update(change, precondition=_seen_alias(name, if_match))


def _seen_alias(name: str, if_match: str | None) -> Precondition:
    def seen(present: Snapshot) -> None:
        there = _found(find(present.value, name))
        require_match(if_match, there.etag, present.etag, current=there.__dict__)

    return seen


def _found(alias: Alias | None) -> Alias:
    if alias is None:
        raise _missing()
    return alias


def _missing() -> NotFoundError:
    return NotFoundError("There is no alias of that name.")


def _checked_name(name: str) -> str:
    trimmed = name.strip()
    if not trimmed or "$" in trimmed or any(unicodedata.category(char) == "Cc" for char in trimmed):
        raise InvalidError("An alias needs a name without `$` and line breaks.", code="invalid_alias_name")
    return trimmed


def set_alias(value: Value, name: str, text: str, category: str | None) -> None:
    """Store one alias; an older bare map becomes the full shape once a category is wanted."""
    if category and is_bare(value):
        bare = {key: value.pop(key) for key in list(texts_of(value))}
        value.update(items=bare, categories={}, categoryList=[])
    if not value:
        value.update(items={}, categories={}, categoryList=[])
    (value if is_bare(value) else value["items"])[name] = text
    if category is not None and not is_bare(value):
        _set_category(value, name, category.strip())


def _set_category(value: Value, name: str, category: str) -> None:
    categories = value.setdefault("categories", {})
    if not category:
        categories.pop(name, None)
        return
    categories[name] = category
    known = value.setdefault("categoryList", [])
    if category not in known:
        known.append(category)


def _rename(value: Value, old: str, new: str) -> None:
    other = stored_name(value, new)
    if other is not None and other != old:
        raise ConflictError("There is already an alias of that name.", code="exists")
    holders = [value] if is_bare(value) else [value["items"], value.get("categories") or {}]
    for holder in holders:
        entries = [(new if key == old else key, text) for key, text in holder.items()]
        holder.clear()
        holder.update(entries)
