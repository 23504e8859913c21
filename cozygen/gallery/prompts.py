"""The prompts of the pictures, for those who count what the owner writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cozygen.storage import json_text
from cozygen_core import GalleryIndex, GenerationGoneError

PAGE: Final = 500


def newest_prompts(index: GalleryIndex) -> Iterator[str]:
    """Prompts of all files that have one, the newest first. Blocking, a page at a time.

    Files that come or go meanwhile may be missed or met twice; a count is allowed to be off by that.
    """
    offset = 0
    while True:
        try:
            page = index.page("", recursive=True, offset=offset, limit=PAGE, fields="meta", meta=True)
        except GenerationGoneError:
            return
        items = json_text.loads(page.items) if page is not None else []
        for item in items:
            prompt = (item.get("meta") or {}).get("prompt")
            if prompt:
                yield prompt
        if len(items) < PAGE:
            return
        offset += PAGE
