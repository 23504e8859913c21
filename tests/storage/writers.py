"""One of several processes that write one document at once: `python -m tests.storage.writers`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from cozygen.errors import NotReadyError, StaleError
from cozygen.storage.document_file import Snapshot
from cozygen.storage.document_format import Value
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.preconditions import require_match
from tests.storage.notes import NOTES, Notices


async def write_once(document: JsonDocument, key: str) -> None:
    """Count up and add a key, however busy the document is."""

    def change(value: Value) -> None:
        value["count"] = value.get("count", 0) + 1
        value["notes"][key] = "x"

    while True:
        try:
            await document.update(change)
            return
        except NotReadyError:
            continue


async def write_seen(document: JsonDocument, key: str) -> None:
    """The same with If-Match, read and tried again until nobody came between."""
    while True:
        seen = await document.read()

        def change(value: Value, seen: Snapshot = seen) -> None:
            value["count"] = seen.value.get("count", 0) + 1
            value["notes"][key] = "x"

        def precondition(present: Snapshot, seen: Snapshot = seen) -> None:
            require_match(seen.etag, present.etag, current=None)

        try:
            await document.update(change, precondition=precondition)
            return
        except (StaleError, NotReadyError):
            await asyncio.sleep(0)


async def main() -> None:
    folder, name, writers, seen = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "seen"
    document = JsonDocument(NOTES, folder, Notices())
    write = write_seen if seen else write_once
    await asyncio.gather(*(write(document, f"{name}-{number}") for number in range(writers)))
    await document.close()


if __name__ == "__main__":
    asyncio.run(main())
