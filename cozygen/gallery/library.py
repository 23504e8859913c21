"""The gallery: asks the core's index in threads, and passes on what changes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from cozygen.errors import ConflictError, InvalidError, NotFoundError, NotReadyError
from cozygen.gallery.listing import Listing, Page, Window, as_they_are
from cozygen.gallery.prompts import newest_prompts
from cozygen.gallery.raw_prompts import NoRawPrompts, RawPrompts
from cozygen.gallery.recent import RecentPages
from cozygen.gallery.roots import Roots, is_media
from cozygen.gallery.wellbeing import index_part, watcher_part
from cozygen.health import Health
from cozygen.http.events import Broker
from cozygen.settings import Settings
from cozygen.storage import json_text
from cozygen_core import (
    GalleryIndex,
    GenerationGoneError,
    read_metadata,
)

Result = TypeVar("Result")
THREADS: Final = 4
# A listing that takes longer than this to exist is still being walked.
READY_WITHIN_S: Final = 120.0


@dataclass
class Shelf:
    """One index with its roots."""

    roots: Roots
    index: GalleryIndex
    ready: asyncio.Event = field(default_factory=asyncio.Event)


class Gallery:
    """Everything the endpoints ask: pages, items, metadata, files. Of one loop once started."""

    def __init__(
        self,
        outputs: Callable[[], list[Path]],
        inputs: Callable[[], Path],
        data: Callable[[], Path],
        settings: Settings,
        events: Broker,
        health: Health,
    ) -> None:
        self._outputs, self._inputs, self._data = outputs, inputs, data
        self._settings, self._events = settings, events
        self._shelves: dict[str, Shelf] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = threading.Event()
        self._resting = False
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="cozygen-gallery")
        self.raw_prompts: RawPrompts = NoRawPrompts()
        # Adds what others know of items (JSON) and of which members are wanted; called in threads.
        self.complete: Callable[[bytes, str], bytes] = as_they_are
        # Another number whenever `complete` may add something else; called on the loop.
        self.completed_by: Callable[[], int] = lambda: 0
        self._recent = RecentPages()
        health.register("index", lambda: index_part(self.status()))
        health.register("watcher", lambda: watcher_part(self.status()))

    async def start(self) -> None:
        """Open the output folder's index; the walk goes on in the core's threads."""
        roots = Roots(tuple(self._outputs()), self._settings.linked_roots)
        await self._open("output", roots)

    async def stop(self) -> None:
        """Save and close."""
        self._stopping.set()
        for task in self._tasks:
            task.cancel()
        for shelf in self._shelves.values():
            await self._run(shelf.index.close)
        self.threads.shutdown(wait=False)

    async def _open(self, kind: str, roots: Roots) -> Shelf:
        cache = self._data() / "index" / kind

        def open_index() -> GalleryIndex:
            index = GalleryIndex(
                roots.labelled(), cache, kind=kind, linked=roots.linked, watch=self._settings.watch
            )
            index.pause(self._resting)
            index.start()
            return index

        shelf = Shelf(roots, await self._run(open_index))
        self._shelves[kind] = shelf
        self._spawn(self._announce_ready(shelf))
        self._follow(kind, shelf.index)
        return shelf

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _announce_ready(self, shelf: Shelf) -> None:
        while not await asyncio.to_thread(shelf.index.wait_ready, 1.0):
            if self._stopping.is_set():
                return
        shelf.ready.set()

    def _follow(self, kind: str, index: GalleryIndex) -> None:
        """Carry the index's events to the loop, in a thread that ends with the index."""
        loop = asyncio.get_running_loop()

        def carry() -> None:
            while not self._stopping.is_set():
                event = index.next_event(0.5)
                if event is not None and not self._stopping.is_set():
                    loop.call_soon_threadsafe(self._publish, kind, event)

        threading.Thread(target=carry, name="cozygen-gallery-events", daemon=True).start()

    def _publish(self, kind: str, text: str) -> None:
        data = json_text.loads(text.encode())
        name = data.pop("event")
        self._events.publish("gallery", name, {"type": kind, **data}, keep=name != "index")

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)

    async def shelf(self, kind: str = "output") -> Shelf:
        """The index of that type, once it has a listing. Raises NotReadyError."""
        shelf = self._shelves.get(kind)
        if shelf is None:
            if kind != "input" or self._stopping.is_set():
                raise NotReadyError("The gallery is not open.")
            shelf = await self._open(kind, Roots((self._inputs(),), self._settings.linked_roots))
        if shelf.ready.is_set():
            return shelf
        try:
            await asyncio.wait_for(shelf.ready.wait(), READY_WITHIN_S)
        except (asyncio.TimeoutError, TimeoutError) as error:
            raise NotReadyError("The library is still being read.", code="indexing") from error
        return shelf

    async def page(self, listing: Listing, window: Window, kind: str = "output") -> Page:
        """A page. Raises NotFoundError, ForbiddenError, InvalidError, ConflictError `reset`."""
        folder = listing.folder
        shelf = await self.shelf(kind)
        question, version = (kind, listing, window), (shelf.index.revision, self.completed_by())
        known = self._recent.get(question, version)
        if known is not None:
            return known

        def ask() -> Page | None:
            found = shelf.index.page(
                folder,
                recursive=listing.recursive,
                hidden=listing.hidden,
                kind=listing.kind,
                sort="newest" if window.sort == "rating" else window.sort,
                offset=window.offset,
                limit=window.limit,
                generation=window.generation,
                around=window.around,
                fields=window.fields,
                meta=window.meta,
            )
            if found is None:
                return None
            items = self.complete(found.items, window.fields)
            return Page(items, found.total, found.offset, found.generation)

        try:
            page = await self._run(ask)
        except GenerationGoneError as error:
            raise ConflictError("The list has changed too much; start again.", code="reset") from error
        except ValueError as error:
            raise InvalidError(f"The query is not understood ({error}).") from error
        if page is None:
            await self._no_folder(shelf, folder)
        if window.generation is None:
            self._recent.put(question, version, page)
        return page

    async def _no_folder(self, shelf: Shelf, folder: str) -> NoReturn:
        await self._run(lambda: shelf.roots.resolve(folder))  # says 403 where a link leads out
        raise NotFoundError("There is no such folder.")

    async def timeline(
        self, listing: Listing, borders: Callable[[int, int], list[int]]
    ) -> list[tuple[int, int]]:
        """Counts of files from each border on, latest first: pairs of border and count.

        `borders` is given the latest and earliest time and answers with nanoseconds.
        """
        folder = listing.folder
        shelf = await self.shelf()
        options = {"recursive": listing.recursive, "hidden": listing.hidden, "kind": listing.kind}

        def ask() -> list[tuple[int, int]] | None:
            extent = shelf.index.extent(folder, **options)  # type: ignore[arg-type]  # a checked listing
            if extent is None:
                known = shelf.index.page(folder, limit=0)
                return [] if known is not None else None
            starts = borders(*extent)
            counts = shelf.index.spans(folder, starts, **options)  # type: ignore[arg-type]  # as above
            return list(zip(starts, counts or [], strict=False))

        found = await self._run(ask)
        return found if found is not None else await self._no_folder(shelf, folder)

    async def item(self, item_id: str) -> bytes:
        """One item with metadata, as JSON. Raises NotFoundError."""
        for shelf in await self._open_shelves():
            found = await self._run(lambda index=shelf.index: index.item(item_id))  # type: ignore[misc]
            if found is not None:
                return await self._run(partial(self.complete, bytes(found), ""))
        raise NotFoundError("There is no such item.")

    async def _open_shelves(self) -> list[Shelf]:
        await self.shelf()
        return [await self.shelf(kind) for kind in list(self._shelves)]

    async def id_of(self, subfolder: str, filename: str) -> str | None:
        """The id of a file of the output folder; None while the index does not know it."""
        shelf = self._shelves.get("output")
        if shelf is None or not shelf.ready.is_set():
            return None
        return await self._run(lambda: shelf.index.find(subfolder, filename))

    async def place_of(self, item_id: str) -> Callable[[], Path]:
        """A call that answers with an item's real path, and refuses what lies outside."""
        for shelf in await self._open_shelves():
            found = await self._run(lambda index=shelf.index: index.locate(item_id))  # type: ignore[misc]
            if found is not None:
                inside, roots = found[0], shelf.roots
                return lambda: roots.resolve_known(inside)
        raise NotFoundError("There is no such item.")

    async def prompt(self, filename: str, subfolder: str) -> dict[str, Any]:
        """The graph that made a file, and what was typed. Raises NotFoundError, ForbiddenError."""
        roots = (await self.shelf()).roots

        def read() -> tuple[dict[str, Any], dict[str, int]]:
            path = roots.resolve(subfolder, filename)
            if not is_media(path.name):
                return {}, {}
            try:
                state = path.stat()
                found: dict[str, Any] = json_text.loads(read_metadata(path))
            except OSError:
                return {}, {}
            return found, {"mtime_ns": state.st_mtime_ns, "size": state.st_size}

        found, identity = await self._run(read)
        if not found.get("prompt"):
            raise NotFoundError("This file holds no prompt.", code="prompt metadata not found")
        raw = found.get("cozygen_prompt_raw") or self.raw_prompts.lookup(filename, subfolder, **identity)
        reply = {"prompt": found["prompt"]}
        return {**reply, "cozygen_prompt_raw": raw} if isinstance(raw, Mapping) and raw else reply

    def rest(self, resting: bool) -> None:
        """Let background reading rest while something more important runs; what is asked for is read."""
        self._resting = resting and self._settings.rest_while_running
        for shelf in self._shelves.values():
            shelf.index.pause(self._resting)

    def prompts(self) -> Iterator[str]:
        """What the owner wrote for the pictures that are there, the newest first. Blocking."""
        shelf = self._shelves.get("output")
        return newest_prompts(shelf.index) if shelf else iter(())

    def status(self) -> dict[str, Any]:
        """What the output index says of itself."""
        shelf = self._shelves.get("output")
        return json_text.loads(shelf.index.status().encode()) if shelf else {"state": "closed"}
