"""Replies that are files of the user: byte ranges, validators, and types that cannot hurt."""

from __future__ import annotations

import asyncio
import os
import re
import stat
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from io import FileIO
from pathlib import Path
from typing import Final
from urllib.parse import quote

from aiohttp import hdrs, web

from cozygen.errors import ForbiddenError, NotFoundError
from cozygen_core import media_version

# Shown in the browser; everything else is a download.
SAFE_TYPES: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".avif": "image/avif",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mov": "video/quicktime",
    ".mkv": "video/x-matroska",
    ".mp3": "audio/mpeg",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".m4a": "audio/mp4",
}
IMMUTABLE: Final = "private, max-age=31536000, immutable"
REVALIDATE: Final = "private, no-cache"
_SAFETY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; "
    "style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Accept-Ranges": "bytes",
}
_RANGE: Final = re.compile(r"^bytes=([0-9]{0,18})-([0-9]{0,18})$")
_CHUNK: Final = 256 * 1024
# Opening a pipe must not wait for its other end.
_OPEN_FLAGS: Final = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True)
class MediaFile:
    """An open regular file, checked to lie where it may be read from."""

    file: FileIO
    name: str
    size: int
    mtime: float
    etag: str
    version: str


@dataclass(frozen=True)
class Span:
    """A part of a file: first byte and number of bytes."""

    start: int
    length: int


def open_media(resolve: Callable[[], Path]) -> MediaFile:
    """Open the file that `resolve` names; call it in a thread.

    `resolve` answers with the real path and refuses what lies outside. It is
    asked again once the file is open: whoever swaps a folder for a link between
    the check and the opening gets nothing. Raises NotFoundError, ForbiddenError.
    """
    path = resolve()
    try:
        descriptor = os.open(path, _OPEN_FLAGS)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise NotFoundError("There is no such file.") from error
    except OSError as error:
        raise ForbiddenError("The file cannot be read.") from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or not _is_still(resolve, found):
            raise NotFoundError("There is no such file.")
    except BaseException:
        os.close(descriptor)
        raise
    file = FileIO(descriptor, "rb")
    etag = f'"{found.st_mtime_ns:x}-{found.st_size:x}-{found.st_ino:x}"'
    version = media_version(found.st_size, found.st_mtime_ns)
    return MediaFile(file, path.name, found.st_size, found.st_mtime, etag, version)


def _is_still(resolve: Callable[[], Path], found: os.stat_result) -> bool:
    try:
        again = resolve().stat()
    except OSError:
        return False
    return (again.st_dev, again.st_ino) == (found.st_dev, found.st_ino)


async def file_reply(
    request: web.Request,
    resolve: Callable[[], Path],
    threads: Executor,
    *,
    version: str = "",
    download: bool = False,
) -> web.StreamResponse:
    """Serve a file: 200, 206, 304, or 416; HEAD without a body.

    Under the right `version` (of `cozygen_core.media_version`) it never changes.
    """
    loop = asyncio.get_running_loop()
    media = await loop.run_in_executor(threads, open_media, resolve)
    try:
        headers = media_headers(media, versioned=version == media.version, download=download)
        if is_fresh(request, media):
            return _empty(304, headers)
        span = wanted_span(request, media)
        if span is None:
            return _empty(416, {**headers, "Content-Range": f"bytes */{media.size}"})
        return await _send(request, media, span, headers, threads)
    finally:
        # At once, also when this task is cancelled; it waits for nothing.
        media.file.close()


def media_headers(media: MediaFile, *, versioned: bool, download: bool) -> dict[str, str]:
    """Type, validators, caching and safety of a file."""
    kind = SAFE_TYPES.get(Path(media.name).suffix.lower())
    headers = {
        **_SAFETY,
        "Content-Type": kind or "application/octet-stream",
        "ETag": media.etag,
        "Last-Modified": formatdate(media.mtime, usegmt=True),
        "Cache-Control": IMMUTABLE if versioned else REVALIDATE,
    }
    if kind is None or download:
        headers["Content-Disposition"] = "attachment; " + disposition_name(media.name)
    return headers


def disposition_name(name: str) -> str:
    """A file name for Content-Disposition (RFC 6266): plain for old clients, exact for others."""
    plain = re.sub(r'[^\x20-\x7e]|["\\%]', "_", name)
    exact = quote(name.encode("utf-8", "surrogateescape"), safe="")
    return f"filename=\"{plain}\"; filename*=UTF-8''{exact}"


def is_fresh(request: web.Request, media: MediaFile) -> bool:
    """Whether the client's copy is still right; a tag counts before a date."""
    tags = request.headers.get(hdrs.IF_NONE_MATCH)
    if tags is not None:
        names = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return "*" in names or media.etag in names
    since = _date(request.headers.get(hdrs.IF_MODIFIED_SINCE))
    return since is not None and int(media.mtime) <= since


def wanted_span(request: web.Request, media: MediaFile) -> Span | None:
    """The part that is asked for: all of it for no or an odd range, None for one past the end."""
    whole = Span(0, media.size)
    text = request.headers.get(hdrs.RANGE, "")
    match = _RANGE.match(text)
    if match is None or not _if_range_holds(request, media):
        return whole
    first, last = match.groups()
    if not first:
        return _suffix(int(last), media.size) if last else whole
    start = int(first)
    end = min(int(last) if last else media.size - 1, media.size - 1)
    if last and int(last) < start:
        return whole
    return Span(start, end - start + 1) if start < media.size else None


def _suffix(count: int, size: int) -> Span | None:
    if count == 0 or size == 0:
        return None
    return Span(max(size - count, 0), min(count, size))


def _if_range_holds(request: web.Request, media: MediaFile) -> bool:
    text = request.headers.get(hdrs.IF_RANGE)
    if text is None:
        return True
    if text.startswith('"'):
        return text == media.etag
    date = _date(text)
    return date is not None and date == int(media.mtime)


def _date(text: str | None) -> int | None:
    if not text:
        return None
    try:
        return int(parsedate_to_datetime(text).timestamp())
    except (ValueError, TypeError, OverflowError):
        return None


def _empty(status: int, headers: dict[str, str]) -> web.Response:
    return web.Response(status=status, headers=headers)


async def _send(
    request: web.Request, media: MediaFile, span: Span, headers: dict[str, str], threads: Executor
) -> web.StreamResponse:
    partial = span.length != media.size
    if partial:
        headers["Content-Range"] = f"bytes {span.start}-{span.start + span.length - 1}/{media.size}"
    reply = web.StreamResponse(status=206 if partial else 200, headers=headers)
    reply.content_length = span.length
    await reply.prepare(request)
    if request.method != hdrs.METH_HEAD:
        await _send_body(reply, media, span, threads)
    return reply


async def _send_body(reply: web.StreamResponse, media: MediaFile, span: Span, threads: Executor) -> None:
    loop = asyncio.get_running_loop()
    at, end = span.start, span.start + span.length
    while at < end:
        data = await loop.run_in_executor(threads, _read_at, media.file, at, min(_CHUNK, end - at))
        if not data:
            # The file became shorter: the promised length cannot be kept.
            raise ConnectionResetError("the file changed while it was sent")
        await reply.write(data)
        at += len(data)
    await reply.write_eof()


def _read_at(file: FileIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)
