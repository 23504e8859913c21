"""Thumbnails over HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final, Literal

from aiohttp import hdrs, web
from pydantic import Field

from cozygen.errors import CozyGenError, InvalidError
from cozygen.http.models import Flag, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import exact_text, read_query
from cozygen.thumbs import placeholder
from cozygen.thumbs.disk_cache import content_type
from cozygen.thumbs.errors import FAILURES
from cozygen.thumbs.place import Place
from cozygen.thumbs.service import Thumbs
from cozygen.thumbs.variant import CLIP, DEFAULT_WIDTH, Variant, width_for

_WHOLE: Final = re.compile(r"^[+-]?[0-9]{1,9}$")
_RANGE: Final = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")
# What yarl puts in the place of such bytes: a sign of its own, or their percent-encoding.
_MAYBE_LOST: Final = frozenset("\ufffd%")
_SAFETY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


# A grid asks for the same addresses again and again: what they mean is read once.
_WISHES_KEPT: Final = 8192


@dataclass(frozen=True)
class Wish:
    """What an address asks for; `tag` belongs to the version in it, if there is one."""

    place: Place
    variant: Variant
    version: str
    frame: bool
    tag: str


@dataclass(frozen=True)
class ThumbDesk:
    """The service, and whether shared caches may keep its replies."""

    thumbs: Thumbs
    login_is_on: Callable[[], bool]
    wishes: dict[str, Wish] = field(default_factory=dict)

    def wish(self, request: web.Request) -> Wish:
        """What a request for a thumbnail asks for. Raises InvalidError."""
        text = request.rel_url.raw_query_string
        known = self.wishes.get(text)
        if known is None:
            query = read_query(request, ThumbQuery)
            place, variant = _exact(request, query.place()), query.variant()
            known = Wish(place, variant, query.v, query.frame, etag_of(place, variant, query.v))
            if len(self.wishes) >= _WISHES_KEPT:
                self.wishes.clear()
            self.wishes[text] = known
        return known

    def cache_control(self, *, versioned: bool) -> str:
        """Immutable under a version, asked again otherwise."""
        who = "private" if self.login_is_on() else "public"
        return f"{who}, max-age=31536000, immutable" if versioned else f"{who}, no-cache"


THUMBS: web.AppKey[ThumbDesk] = web.AppKey("thumbs", ThumbDesk)


class FileQuery(Query):
    """A file of a root; `filename` may hold folders."""

    type: str = Field("output", description="output, input or model")
    filename: str = ""
    subfolder: str = ""
    v: str = Field("", description="version of the file, as listings state it: the reply is then immutable")

    def place(self) -> Place:
        """The file that is named. Raises InvalidError."""
        root = self.type.strip().lower()
        if root not in ("output", "input", "model"):
            raise InvalidError("type takes output, input or model.", code="invalid type")
        if not self.filename:
            raise InvalidError("Say which file, as filename.", code="Missing filename")
        return Place(root, self.subfolder, self.filename)


class ThumbQuery(FileQuery):
    """A file, and which thumbnail of it."""

    w: str = Field(str(DEFAULT_WIDTH), description="pixels; rounded up to 192, 256, 384, 512, 768 or 1024")
    format: Literal["", "auto", "jpeg", "webp"] = Field("", description="webp: smaller, slower to make")
    frame: Flag = Field(True, description="no: a broken file is an error for an `<img>` too, not a frame")

    def variant(self) -> Variant:
        """The thumbnail that is asked for. Raises InvalidError."""
        if not _WHOLE.match(self.w.strip()):
            raise InvalidError("w takes a whole number of pixels.", code="invalid width")
        return Variant(width_for(int(self.w)), self.format == "webp")


def etag_of(place: Place, variant: Variant, version: str) -> str:
    """A strong tag that needs no look at the disk: the bytes follow from these."""
    text = "\0".join((place.root, place.subfolder, place.filename, variant.word, version))
    digest = blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()
    return f'"{digest}"'


async def thumb(request: web.Request) -> web.StreamResponse:
    """The thumbnail of a picture, clip or sound."""
    desk = request.config_dict[THUMBS]
    return await _reply(request, desk, desk.wish(request))


async def preview(request: web.Request) -> web.StreamResponse:
    """The first seconds of a clip, silent and small: what a feed plays. Byte ranges are served."""
    query = read_query(request, FileQuery)
    place = _exact(request, query.place())
    wish = Wish(place, CLIP, query.v, True, etag_of(place, CLIP, query.v))
    return await _reply(request, request.config_dict[THUMBS], wish)


async def _reply(request: web.Request, desk: ThumbDesk, wish: Wish) -> web.StreamResponse:
    """From memory, from disk or made now."""
    place, variant, asked = wish.place, wish.variant, wish.version
    if asked and _has_tag(request, wish.tag):
        return _not_modified(desk, wish.tag, versioned=True)
    data = desk.thumbs.in_memory(place, variant, asked)
    version = asked
    if data is None:
        try:
            found = await desk.thumbs.get(place, variant, wanted=lambda: _is_connected(request))
        except FAILURES as error:
            if not wish.frame:
                raise
            return _no_picture(request, error)
        data, version = found.data, found.version
    versioned = version == asked
    tag = wish.tag if versioned else etag_of(place, variant, version)
    if not versioned and _has_tag(request, tag):
        return _not_modified(desk, tag, versioned=False)
    headers = {"ETag": tag, "Cache-Control": desk.cache_control(versioned=versioned), **_SAFETY}
    if variant.is_clip:
        return _ranged(request, data, headers)
    return web.Response(body=data, content_type=content_type(data), headers=headers)


def _ranged(request: web.Request, data: bytes, headers: dict[str, str]) -> web.Response:
    """Players of phones play nothing that is not served in ranges."""
    headers["Accept-Ranges"] = "bytes"
    span = _span(request.headers.get(hdrs.RANGE, ""), len(data))
    if span is None:
        return web.Response(body=data, content_type=content_type(data), headers=headers)
    part = data[span]
    if not part:
        headers["Content-Range"] = f"bytes */{len(data)}"
        return web.Response(status=416, headers=headers)
    headers["Content-Range"] = f"bytes {span.start}-{span.start + len(part) - 1}/{len(data)}"
    return web.Response(status=206, body=part, content_type=content_type(data), headers=headers)


def _span(text: str, size: int) -> slice | None:
    """The bytes of a Range header; None for no, an odd or a manifold one."""
    match = _RANGE.match(text)
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return slice(max(size - int(last), 0), size if int(last) else 0)
    if last and int(last) < int(first):
        return None
    return slice(int(first), int(last) + 1 if last else size)


def _exact(request: web.Request, place: Place) -> Place:
    """A parsed query has lost the bytes of names that are not UTF-8."""
    if not _MAYBE_LOST.intersection(place.filename + place.subfolder):
        return place
    return replace(
        place, filename=exact_text(request, "filename"), subfolder=exact_text(request, "subfolder")
    )


def _is_connected(request: web.Request) -> bool:
    transport = request.transport
    return transport is not None and not transport.is_closing()


def _has_tag(request: web.Request, tag: str) -> bool:
    known = request.headers.get(hdrs.IF_NONE_MATCH)
    return known is not None and tag in (part.strip().removeprefix("W/") for part in known.split(","))


def _not_modified(desk: ThumbDesk, tag: str, *, versioned: bool) -> web.Response:
    headers = {"ETag": tag, "Cache-Control": desk.cache_control(versioned=versioned)}
    return web.Response(status=304, headers=headers)


def _no_picture(request: web.Request, error: CozyGenError) -> web.Response:
    """A frame for an `<img>`, the error shape for a program; neither is ever cached."""
    if "image/" not in request.headers.get(hdrs.ACCEPT, ""):
        raise error
    headers = {"Cache-Control": "no-store", "X-CozyGen-Reason": error.error, **_SAFETY}
    return web.Response(
        status=error.status, body=placeholder.SVG, content_type=placeholder.TYPE, headers=headers
    )


class ClearedReply(Reply):
    """What clearing the cache removed."""

    status: Literal["ok"] = "ok"
    message: str
    files: int
    freed_bytes: int


async def clear_cache(request: web.Request) -> web.StreamResponse:
    """Remove all cached thumbnails and try broken files again."""
    freed = await request.config_dict[THUMBS].thumbs.clear()
    message = "Cache cleared successfully"
    return json_reply(ClearedReply(message=message, files=freed.files, freed_bytes=freed.bytes))
