"""The input folder over HTTP."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import AsyncIterator
from typing import Final, Literal
from urllib.parse import unquote

from aiohttp import BodyPartReader, hdrs, web

from cozygen.auth import session_of
from cozygen.errors import InvalidError, NotFoundError, UnsupportedMediaTypeError
from cozygen.http.media import file_reply
from cozygen.http.models import Flag, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_query
from cozygen.inputs.listing import Wanted
from cozygen.inputs.service import Inputs, page_of
from cozygen.inputs.upload import too_large
from cozygen.storage.confine import relative_parts

INPUTS: web.AppKey[Inputs] = web.AppKey("inputs", Inputs)
LONGEST_PAGE: Final = 500
MOST_PARTS: Final = 4
_CHUNK: Final = 64 * 1024
_WHOLE: Final = re.compile(r"^[+-]?[0-9]{1,9}$")
# What a form adds around its file.
_FORM_BYTES: Final = 16 * 1024


class UploadQuery(Query):
    """Where the file goes, and whether its metadata (place, camera, texts) goes with it."""

    subfolder: str = ""
    metadata: Literal["strip", "keep"] = "strip"


class UploadReply(Reply):
    """The stored file; `path` is what a picture field takes."""

    filename: str
    size: int
    path: str
    subfolder: str
    kind: Literal["image", "video"]
    width: int | None
    height: int | None


class InputQuery(Query):
    """A page of a folder; empty `exts` means all files."""

    subfolder: str = ""
    page: str = "1"
    per_page: str = "50"
    exts: str = "jpg,jpeg,png,webp,bmp,tif,tiff,gif"
    sort: Literal["name", "newest"] = "name"
    show_hidden: Flag = False


class InputItem(Reply):
    """A folder, or a file with its links."""

    name: str
    rel_path: str
    is_dir: bool
    size: int
    mtime: int
    kind: Literal["image", "video"] | None = None
    url: str | None = None
    thumb: str | None = None


class InputReply(Reply):
    """A page of the input folder; `base` only says that it is the input folder."""

    items: list[InputItem]
    page: int
    per_page: int
    total_pages: int
    total_items: int
    cwd: str
    base: str


class FileQuery(Query):
    """A file by its path in the input folder; under its version it never changes."""

    path: str = ""
    v: str = ""
    download: Flag = False


async def upload_image(request: web.Request) -> web.StreamResponse:
    """Receive a picture or clip into the input folder."""
    inputs = request.config_dict[INPUTS]
    query = read_query(request, UploadQuery)
    session = session_of(request)
    inputs.rate.take(session.id if session else str(request.remote))
    if request.content_type != "multipart/form-data":
        raise UnsupportedMediaTypeError("Send the picture as multipart/form-data.")
    if request.headers.get(hdrs.CONTENT_ENCODING):
        raise UnsupportedMediaTypeError("Send the picture without Content-Encoding.")
    if (request.content_length or 0) > inputs.limit + _FORM_BYTES:
        raise too_large(inputs.limit)
    file = _File(request)
    strip = query.metadata == "strip"
    stored = await inputs.receive(await file.name(), file.chunks(), query.subfolder, strip=strip)
    return json_reply({**vars(stored), "path": stored.path})


class _File:
    """The first part of the form, which must be the file `image`; small further parts are ignored."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._part: BodyPartReader | None = None

    async def name(self) -> str:
        """What the client calls the file. Raises InvalidError."""
        try:
            self._parts = await self._request.multipart()
            part = await self._parts.next()
        except (ValueError, AssertionError) as error:
            raise _not_whole() from error
        if not isinstance(part, BodyPartReader) or part.name != "image":
            raise InvalidError(
                "The first part of the form must be the file, named image.", code="image field"
            )
        if part.headers.get(hdrs.CONTENT_TRANSFER_ENCODING) or part.headers.get(hdrs.CONTENT_ENCODING):
            # Some versions of aiohttp would decode such a part in memory before any limit is checked.
            raise InvalidError("Send the file as it is, not encoded.")
        self._part = part
        # Some clients escape what a header cannot hold.
        return unquote(part.filename or "")[:1024]

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file in pieces, then the rest of the form, which must be small."""
        assert self._part is not None
        try:
            while chunk := await self._part.read_chunk(_CHUNK):
                yield bytes(chunk)
            await self._read_rest()
        except (ValueError, AssertionError) as error:
            raise _not_whole() from error

    async def _read_rest(self) -> None:
        for _ in range(MOST_PARTS):
            part = await self._parts.next()
            if part is None:
                return
            if not isinstance(part, BodyPartReader) or part.filename:
                raise InvalidError("Send one file at a time.")
            if part.headers.get(hdrs.CONTENT_TRANSFER_ENCODING):
                raise InvalidError("Send the fields as they are, not encoded.")
            if len(await part.read_chunk(_FORM_BYTES)) == _FORM_BYTES:
                raise InvalidError("A field of the form is too long.")
        raise InvalidError("The form holds too many fields.")


def _not_whole() -> InvalidError:
    return InvalidError("The upload is not a complete form.", code="image field")


async def list_inputs(request: web.Request) -> web.StreamResponse:
    """A page of the input folder."""
    query = read_query(request, InputQuery)
    page, per_page = max(_whole(query.page), 1), _whole(query.per_page)
    per_page = min(per_page, LONGEST_PAGE) if per_page > 0 else LONGEST_PAGE
    endings = frozenset(word.strip().lower().lstrip(".") for word in query.exts.split(",")) - {""}
    subfolder = query.subfolder.strip("/\\")
    wanted = Wanted(subfolder, endings, query.show_hidden, query.sort)
    listed = await request.config_dict[INPUTS].list(wanted)
    cwd = "/".join(relative_parts(subfolder)) if listed else ""
    return json_reply({**page_of(listed, page, per_page), "cwd": cwd, "base": "input"})


def _whole(text: str) -> int:
    if not _WHOLE.match(text.strip()):
        raise InvalidError("page and per_page take whole numbers.", code="bad paging")
    return int(text)


def _is_private(path: str) -> bool:
    """Whether a path names a hidden thing that is no picture or clip: `.env`, `.git/config`."""
    parts = relative_parts(path)
    hidden = any(part.startswith(".") for part in parts)
    return hidden and not (mimetypes.guess_type(parts[-1])[0] or "").startswith(("image/", "video/"))


async def read_input(request: web.Request) -> web.StreamResponse:
    """A file of the input folder."""
    query = read_query(request, FileQuery)
    path = query.path.lstrip("/\\")
    if not path:
        raise InvalidError("Say which file: path is missing.", code="missing path")
    if _is_private(path):
        raise NotFoundError("There is no such file.")
    inputs = request.config_dict[INPUTS]
    return await file_reply(
        request, lambda: inputs.resolve(path), inputs.threads, version=query.v, download=query.download
    )
