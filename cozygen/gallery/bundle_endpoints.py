"""Downloading several files at once, over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import closing
from typing import Final

from aiohttp import web
from pydantic import Field

from cozygen.gallery.bundle import Offers, Packed, archive, download_name, files_of
from cozygen.gallery.endpoints import GALLERY
from cozygen.http.changes import user_of
from cozygen.http.media import disposition_name
from cozygen.http.models import Body, Flag, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body

OFFERS: web.AppKey[Offers] = web.AppKey("bundle_offers", Offers)
_HEADERS: Final = {
    "Content-Type": "application/zip",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Accel-Buffering": "no",
}


class ZipBody(Body):
    """Items; with `link` the answer is an address that a browser saves from without holding the file."""

    ids: list[str] = Field(min_length=1, max_length=10_000)
    link: Flag = False


class ZipReply(Reply):
    """Where the archive can be had for ten minutes, and of how many files (only with `link`)."""

    url: str
    count: int


async def zip_items(request: web.Request) -> web.StreamResponse:
    """The files of items as one ZIP archive."""
    body = await read_body(request, ZipBody)
    files = await files_of(request.config_dict[GALLERY], body.ids)
    if body.link:
        key = request.config_dict[OFFERS].make(user_of(request), body.ids)
        return json_reply({"url": f"api/gallery/zip/{key}", "count": len(files)})
    return await _stream(request, files)


async def download(request: web.Request) -> web.StreamResponse:
    """An archive that was asked for with `link`."""
    ids = request.config_dict[OFFERS].ids(user_of(request), request.match_info["key"])
    return await _stream(request, await files_of(request.config_dict[GALLERY], ids))


async def _stream(request: web.Request, files: list[Packed]) -> web.StreamResponse:
    name = disposition_name(download_name(len(files)))
    reply = web.StreamResponse(headers={**_HEADERS, "Content-Disposition": f"attachment; {name}"})
    await reply.prepare(request)
    if request.method == "HEAD":
        return reply
    loop, threads = asyncio.get_running_loop(), request.config_dict[GALLERY].threads
    with closing(_pieces(files)) as pieces:
        while (data := await loop.run_in_executor(threads, next, pieces, None)) is not None:
            await reply.write(data)
    await reply.write_eof()
    return reply


def _pieces(files: list[Packed]) -> Generator[bytes, None, None]:
    """Without the empty ones: an empty chunk would end the reply."""
    return (piece for piece in archive(files) if piece)
