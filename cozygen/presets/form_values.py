"""The last values of every form, per user, so that another device continues where one stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from cozygen.storage.document_file import Change
from cozygen.storage.user_items import Item, UserItems, user_items_format

FORM_VALUES: Final = user_items_format("form_values")


class FormValues:
    """Reads and writes `form_values.json`; an item is `{"values", "bypassed", "seeds", "updated"}`."""

    def __init__(self, items: UserItems, clock: Callable[[], float] = time.time) -> None:
        self.items = items
        self._clock = clock

    async def get(self, user: str, workflow: str) -> Item:
        """What was last written; empty where nothing was."""
        return await self.items.get(user, workflow)

    async def put(
        self, user: str, workflow: str, stored: dict[str, Any], *, if_match: str | None
    ) -> tuple[Change, Item]:
        """Write the values of one form. Raises PreconditionRequiredError and StaleError."""
        item = {**stored, "updated": self._clock()} if any(stored.values()) else {}
        return await self.items.put(user, workflow, item, if_match=if_match), item
