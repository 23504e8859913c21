"""Puts the thumbnail service together for a host's folders."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from cozygen.auth import Guard
from cozygen.gallery.roots import Roots
from cozygen.host.folders import Folders
from cozygen.settings import Settings
from cozygen.thumbs import Place, Thumbs, Variant
from cozygen.thumbs.endpoints import THUMBS, ThumbDesk
from cozygen.thumbs.errors import NoDecoderError
from cozygen.thumbs.maker import Made
from cozygen.thumbs.source import Source


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
        moving=_no_decoder,
    )


def _no_decoder(source: Source, variant: Variant) -> Made:
    raise NoDecoderError("There is no decoder for this kind of file.")


def install_thumbs(app: web.Application, thumbs: Thumbs, guard: Guard) -> None:
    """Put the service where the handlers look it up, and stop it with the server."""
    app[THUMBS] = ThumbDesk(thumbs, guard.sessions.enabled)

    async def close(_app: web.Application) -> None:
        await thumbs.close()

    app.on_cleanup.append(close)
