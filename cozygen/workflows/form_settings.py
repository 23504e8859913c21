"""How somebody wants to see a form: own order, hidden and pinned fields, own labels; and pinned workflows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cozygen.storage.document_file import Change
from cozygen.storage.preconditions import item_etag
from cozygen.storage.user_items import Item, UserItems, user_items_format

FORM_SETTINGS: Final = user_items_format("form_settings")
PINS: Final = user_items_format("workflow_pins")
_ALL: Final = "pinned"
MOST_PINS: Final = 200


@dataclass(frozen=True)
class Settings:
    """One user's settings of one form, by field name. Names that the form lacks do no harm."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)


def settings_of(item: Item) -> Settings:
    """Settings out of a stored item; what has the wrong shape counts as not set."""
    labels = item.get("labels")
    return Settings(
        tuple(_names(item.get("order"))),
        frozenset(_names(item.get("hidden"))),
        frozenset(_names(item.get("pinned"))),
        {key: text for key, text in labels.items() if isinstance(text, str) and text.strip()}
        if isinstance(labels, dict)
        else {},
    )


def _names(value: Any) -> Iterable[str]:
    return (name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def arranged(
    fields: Sequence[dict[str, Any]], groups: Sequence[dict[str, Any]], settings: Settings
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(fields, groups) as the user wants them: pinned first, then in their order, then the rest as it was.

    Hidden fields stay in the list, marked: they keep their values. A pinned field leaves its group.
    """
    place = {name: number for number, name in enumerate(settings.order)}
    marked = [
        {
            **entry,
            "label": settings.labels.get(entry["name"], entry["label"]),
            "hidden": entry["name"] in settings.hidden,
            "pinned": entry["name"] in settings.pinned,
        }
        for entry in fields
    ]
    marked.sort(key=lambda entry: (not entry["pinned"], place.get(entry["name"], len(place))))
    left = [
        {**group, "fields": [name for name in group["fields"] if name not in settings.pinned]}
        for group in groups
    ]
    return marked, [group for group in left if group["fields"]]


class FormSettings:
    """The stored settings and pins of all users."""

    def __init__(self, settings: UserItems, pins: UserItems) -> None:
        self.items = settings
        self.pins = pins

    async def of(self, user: str, workflow: str) -> Settings:
        """A user's settings of one form."""
        return settings_of(await self.items.get(user, workflow))

    async def pinned(self, user: str) -> list[str]:
        """The workflows that a user pinned, in their order."""
        return list(_names((await self.pins.get(user, _ALL)).get("workflows")))

    async def pin(self, user: str, workflows: Sequence[str], *, if_match: str | None) -> Change:
        """Replace a user's pins."""
        names = list(dict.fromkeys(workflows))[:MOST_PINS]
        return await self.pins.put(user, _ALL, {"workflows": names} if names else {}, if_match=if_match)

    async def rename_workflow(self, old: str, new: str) -> None:
        """Let settings and pins follow a workflow file that was renamed."""
        await self.items.rename(old, new)
        await self.pins.document.update(lambda value: _rename_pins(value, old, new))


def pins_etag(pinned: Sequence[str]) -> str:
    """The ETag of a user's pins."""
    return item_etag({"workflows": list(pinned)} if pinned else {})


def _rename_pins(value: dict[str, Any], old: str, new: str) -> None:
    for section in value["users"].values():
        item = section["items"].get(_ALL)
        if item and old in item.get("workflows", ()):
            renamed = [new if name == old else name for name in item["workflows"]]
            item["workflows"] = list(dict.fromkeys(renamed))
