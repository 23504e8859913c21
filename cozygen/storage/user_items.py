"""A document that keeps one thing per user and name: `{"users": {user: {"items": {name: item}}}}`."""

from __future__ import annotations

from typing import Any, Final

from cozygen.errors import InvalidError
from cozygen.storage.document_file import Change, Snapshot
from cozygen.storage.document_format import DocumentFormat, Screening, Value
from cozygen.storage.foreign_values import check_storable
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.preconditions import item_etag, require_match

MOST_ITEMS: Final = 2000
Item = dict[str, Any]


def user_items_format(name: str) -> DocumentFormat:
    """The format of such a document."""
    return DocumentFormat(name, 1, default=lambda: {"version": 1, "users": {}}, screen=_screen)


def _screen(value: Value, screening: Screening) -> None:
    if not isinstance(value.setdefault("users", {}), dict):
        screening.take(value, "users", reason="not an object")
        value["users"] = {}
    users = value["users"]
    for user in list(users):
        items = users[user].setdefault("items", {}) if isinstance(users[user], dict) else None
        if not isinstance(items, dict):
            screening.take(users, user, "users", reason="not an object")
            continue
        for key in [key for key, item in items.items() if not isinstance(item, dict)]:
            screening.take(items, key, "users", user, "items", reason="not an object")


class UserItems:
    """Reads and writes items. A user keeps at most 2,000, the longest unwritten go first."""

    def __init__(self, document: JsonDocument) -> None:
        self.document = document

    async def items(self, user: str) -> dict[str, Item]:
        """All items of a user by name; the document's own, never change them."""
        return _items(await self.document.read(), user)

    async def get(self, user: str, name: str) -> Item:
        """One item; empty where there is none."""
        return (await self.items(user)).get(name, {})

    async def put(self, user: str, name: str, item: Item, *, if_match: str | None) -> Change:
        """Write an item; an existing one only with the ETag of the version that was read.

        An empty item removes it. Raises PreconditionRequiredError, StaleError.
        """
        check_storable([name, item])
        if not name.strip():
            raise InvalidError("Say what it belongs to.", code="missing name")

        def seen(present: Snapshot) -> None:
            there = _items(present, user).get(name)
            if there is not None or if_match is not None:
                require_match(if_match, item_etag(there or {}), current=there or {})

        def change(value: Value) -> None:
            items = value["users"].setdefault(user, {"items": {}})["items"]
            items.pop(name, None)
            if item:
                items[name] = item
            while len(items) > MOST_ITEMS:
                del items[next(iter(items))]

        return await self.document.update(change, precondition=seen)

    async def rename(self, old: str, new: str) -> Change:
        """Let the items of all users follow what they belong to; what the new name has stays."""

        def change(value: Value) -> None:
            for section in value["users"].values():
                item = section["items"].pop(old, None)
                if item is not None:
                    section["items"].setdefault(new, item)

        return await self.document.update(change)


def _items(present: Snapshot, user: str) -> dict[str, Item]:
    section = present.value["users"].get(user)
    found: dict[str, Item] = section["items"] if section else {}
    return found
