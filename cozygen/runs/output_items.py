"""The pictures of a run as items of the gallery, as soon as the gallery knows them."""

from __future__ import annotations

import asyncio
from typing import Any, Final, Protocol

OUTPUT: Final = "output"
# The index rests while the next prompt runs, and a big library takes its time.
_LOOK_AGAIN_S: Final = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, *(3.0,) * 20, *(15.0,) * 36)


class OutputItems(Protocol):
    """Finds the ids of files."""

    async def find(self, files: list[dict[str, Any]]) -> bool:
        """Put an `id` into every entry that the gallery knows; waits for one, False where none comes."""


class Finder(Protocol):
    """What is asked of the gallery."""

    async def id_of(self, subfolder: str, filename: str) -> str | None:
        """The id of a file of the output folder, if it is known (yet)."""


class GalleryItems:
    """Asks the gallery until it has found everything, for ten minutes at most."""

    def __init__(self, gallery: Finder) -> None:
        self._gallery = gallery

    async def find(self, files: list[dict[str, Any]]) -> bool:
        """Put an `id` into every entry that the gallery knows; waits for one, False where none comes."""
        wanted = [file for file in files if not file.get("id") and file.get("type", OUTPUT) == OUTPUT]
        for pause in _LOOK_AGAIN_S if wanted else ():
            if await self._find_now(wanted):
                return True
            await asyncio.sleep(pause)
        return False

    async def _find_now(self, wanted: list[dict[str, Any]]) -> bool:
        for file in wanted:
            item_id = await self._gallery.id_of(file["subfolder"], file["filename"])
            if item_id is not None:
                file["id"] = item_id
        return any("id" in file for file in wanted)
