"""Puts the thumbnail service together for a host's folders."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from cozygen.auth import Guard
from cozygen.gallery import Gallery
from cozygen.gallery.roots import Roots
from cozygen.host.folders import Folders
from cozygen.settings import Settings
from cozygen.thumbs import Place, Thumbs
from cozygen.thumbs.endpoints import THUMBS, ThumbDesk
from cozygen.thumbs.listed import complete


def build_thumbs(settings: Settings, folders: Folders) -> Thumbs:
    """The service; nothing starts before the first thumbnail."""

    def resolve(place: Place) -> Path:
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


def install_thumbs(app: web.Application, thumbs: Thumbs, guard: Guard) -> None:
    """Put the service where the handlers look it up, and stop it with the server."""
    app[THUMBS] = ThumbDesk(thumbs, guard.sessions.enabled)

    async def close(_app: web.Application) -> None:
        await thumbs.close()

    app.on_cleanup.append(close)
