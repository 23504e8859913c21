"""Pages that were asked for lately: many clients look at the same first page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

from cozygen.gallery.listing import Page

# Small pages and large: at most a few megabytes together.
MOST: Final = 24


class RecentPages:
    """Of one event loop. A page is handed out only for the very version it was made of."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, tuple[Hashable, Page]] = OrderedDict()

    def get(self, question: Hashable, version: Hashable) -> Page | None:
        """The answer to that question, if it is still the same."""
        made_of, page = self._pages.get(question, (None, None))
        if page is None or made_of != version:
            return None
        self._pages.move_to_end(question)
        return page

    def put(self, question: Hashable, version: Hashable, page: Page) -> None:
        """Remember an answer that was made after `version` was read."""
        self._pages[question] = (version, page)
        self._pages.move_to_end(question)
        if len(self._pages) > MOST:
            self._pages.popitem(last=False)
