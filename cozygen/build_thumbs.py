"""Puts the thumbnail service together for a host's folders."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Final

import orjson
from aiohttp import web

from cozygen.auth import Guard
from cozygen.errors import NotFoundError
from cozygen.gallery import Gallery
from cozygen.gallery.listing import Listing, Window
from cozygen.gallery.roots import Roots, is_media
from cozygen.host.folders import Folders
from cozygen.http.events import Broker
from cozygen.settings import Settings
from cozygen.thumbs import Place, Thumbs, Variant
from cozygen.thumbs.commands import newest_first
from cozygen.thumbs.endpoints import THUMBS, ThumbDesk
from cozygen.thumbs.listed import complete
from cozygen.thumbs.warming import Batch, Warming
from cozygen.thumbs.warming_endpoints import WARMING

_BATCH: Final = 200


def no_preview(kind: str, name: str) -> Path:
    """The preview of a model where none is known: NotFoundError."""
    raise NotFoundError("This model has no preview.")


def build_thumbs(
    settings: Settings, folders: Folders, model_preview: Callable[[str, str], Path] = no_preview
) -> Thumbs:
    """The service; nothing starts before the first thumbnail. `model_preview` takes a kind and a name."""

    def resolve(place: Place) -> Path:
        if place.root == "model":
            return model_preview(place.subfolder, place.filename)
        outputs = place.root == "output"
        roots = Roots(tuple(folders.outputs()) if outputs else (folders.input,), settings.linked_roots)
        return roots.resolve(place.subfolder, place.filename)

    return Thumbs(
        lambda: folders.data / "thumbs",
        resolve,
        disk_bytes=settings.thumb_cache_mb * 1_000_000,
        max_pixels=settings.max_pixels,
    )


def fill_listings(gallery: Gallery, thumbs: Thumbs) -> None:
    """Let listings tell what thumbnails told of their files."""
    gallery.complete = lambda items, fields: complete(items, fields, thumbs.facts)
    gallery.completed_by = lambda: thumbs.facts.revision


def build_warming(gallery: Gallery, thumbs: Thumbs, busy: Callable[[], bool], events: Broker) -> Warming:
    """Making thumbnails ahead of the whole library, in the order of the grid."""

    async def library() -> AsyncIterator[Batch]:
        offset, total = 0, 1
        while offset < total:
            window = Window(offset, _BATCH, fields="filename,subfolder,type,kind")
            page = await gallery.page(Listing(recursive=True), window)
            files = [item for item in orjson.loads(page.items) if item["type"] != "directory"]
            offset, total = offset + _BATCH, page.total
            yield Batch([Place("output", item["subfolder"], item["filename"]) for item in files], total)

    return Warming(
        library,
        lambda place: thumbs.warm(place, Variant()),
        busy=lambda: busy() or thumbs.is_looked_at,
        full=lambda: thumbs.disk.is_full,
        tell=lambda progress: events.publish("gallery", "warming", progress, keep=False, latest=True),
        poke=thumbs.poke,
    )


def install_warming(app: web.Application, warming: Warming, thumbs: Thumbs, wish: str) -> None:
    """Put it where the handlers look it up; `wish` is the setting: no, idle, always."""
    app[WARMING] = warming

    async def start(_app: web.Application) -> None:
        thumbs.let_background(warming.may_go)
        if wish != "no":
            warming.start(only_when_idle=wish == "idle")

    async def stop(_app: web.Application) -> None:
        await warming.stop()

    app.on_startup.append(start)
    app.on_shutdown.append(stop)


def every_place(settings: Settings, folders: Folders) -> list[Place]:
    """The files of the library, newest first; walks it."""
    roots = Roots(tuple(folders.outputs()), settings.linked_roots)
    found = [entry for label, root in roots.labelled() for entry in newest_first(root, is_media, label)]
    return [place for _, place in sorted(found, key=lambda entry: entry[0], reverse=True)]


def install_thumbs(app: web.Application, thumbs: Thumbs, guard: Guard) -> None:
    """Put the service where the handlers look it up, and stop it with the server."""
    app[THUMBS] = ThumbDesk(thumbs, guard.sessions.enabled)

    async def close(_app: web.Application) -> None:
        await thumbs.close()

    app.on_cleanup.append(close)
