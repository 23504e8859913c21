"""Workflow files as an upload: several at once, each judged for itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final
from urllib.parse import unquote

from aiohttp import BodyPartReader, hdrs, web

from cozygen.errors import CozyGenError, InvalidError, PayloadTooLargeError, UnsupportedMediaTypeError
from cozygen.http.endpoint import MiB
from cozygen.http.models import Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_query
from cozygen.storage.confine import relative_parts
from cozygen.workflows.endpoints import FORMS
from cozygen.workflows.files import MAX_BYTES
from cozygen.workflows.taking_in import take_in

MOST_FILES: Final = 50
UPLOAD_LIMIT: Final = 64 * MiB
_CHUNK: Final = 256 * 1024
_FIELD_BYTES: Final = 16 * 1024


class UploadQuery(Query):
    """The folder that the files go to; it is made when there is none."""

    folder: str = ""


class SavedReply(Reply):
    """An uploaded file, and the workflow it became; `already` says that the same one was there."""

    file: str
    workflow: str
    already: bool


class RefusedReply(Reply):
    """An uploaded file that was not kept, and why."""

    file: str
    error: str
    message: str


class UploadedReply(Reply):
    """What became of each file, in their order."""

    saved: list[SavedReply]
    refused: list[RefusedReply]


async def upload_workflows(request: web.Request) -> web.StreamResponse:
    """Keep workflow files; a name that is taken gets a number, nothing is overwritten.

    A file that is none is named in `refused` and the others are kept; where all
    are refused, the first one's error is the reply.
    """
    folder = read_query(request, UploadQuery).folder
    relative_parts(folder)
    _check_head(request)
    saved: list[dict[str, Any]] = []
    refused: list[CozyGenError] = []
    async for name, data in _files(request):
        try:
            if isinstance(data, CozyGenError):
                raise data
            files = request.config_dict[FORMS].files
            taken = await asyncio.to_thread(take_in, files, folder, name, data)
            saved.append({"file": name, "workflow": taken.workflow, "already": taken.already})
        except CozyGenError as error:
            error.details = {**(error.details or {}), "file": name}
            refused.append(error)
    if not saved:
        raise refused[0] if refused else InvalidError("The form holds no file.", code="no_file")
    return json_reply({"saved": saved, "refused": [_refused(error) for error in refused]})


def _refused(error: CozyGenError) -> dict[str, Any]:
    return {"file": (error.details or {})["file"], "error": error.error, "message": error.message}


def _check_head(request: web.Request) -> None:
    if request.content_type != "multipart/form-data":
        raise UnsupportedMediaTypeError("Send the workflows as multipart/form-data.")
    if request.headers.get(hdrs.CONTENT_ENCODING):
        raise UnsupportedMediaTypeError("Send the workflows without Content-Encoding.")
    if (request.content_length or 0) > UPLOAD_LIMIT:
        raise _too_much()


def _too_much() -> PayloadTooLargeError:
    message = f"The upload is larger than {UPLOAD_LIMIT // MiB} MiB; send fewer files at once."
    return PayloadTooLargeError(message, details={"limit": UPLOAD_LIMIT})


async def _files(request: web.Request) -> AsyncIterator[tuple[str, bytes | CozyGenError]]:
    """(name, content) of every file of the form, one in memory at a time; fields are skipped.

    Raises InvalidError for what is no form, PayloadTooLargeError for too much in all.
    """
    left = UPLOAD_LIMIT
    try:
        parts = await request.multipart()
        for count in range(MOST_FILES + 1):
            found = await parts.next()
            if found is None:
                return
            if count == MOST_FILES:
                raise InvalidError(f"Send at most {MOST_FILES} files at once.", code="too_many_files")
            part = _plain(found)
            data, size = await _content(part, min(left, MAX_BYTES))
            left -= size
            if left <= 0:
                raise _too_much()
            if part.filename:
                yield unquote(part.filename)[:1024], data
    except (ValueError, AssertionError) as error:
        raise InvalidError("The upload is not a complete form.", code="bad_form") from error


def _plain(part: Any) -> BodyPartReader:
    if not isinstance(part, BodyPartReader):
        raise InvalidError("Send the files side by side.", code="bad_form")
    if part.headers.get(hdrs.CONTENT_TRANSFER_ENCODING) or part.headers.get(hdrs.CONTENT_ENCODING):
        # Some versions of aiohttp would decode such a part in memory before any limit is checked.
        raise InvalidError("Send the files as they are, not encoded.", code="bad_form")
    return part


async def _content(part: BodyPartReader, limit: int) -> tuple[bytes | CozyGenError, int]:
    """(the content, or why it is refused; how many bytes it had). Of a nameless field little is read."""
    most = limit if part.filename else min(limit, _FIELD_BYTES)
    data, size = bytearray(), 0
    while chunk := await part.read_chunk(_CHUNK):
        size += len(chunk)
        if size > UPLOAD_LIMIT:
            raise _too_much()
        if size <= most:
            data += chunk
    if size > most:
        message = f"This file is larger than {most // 1024} KiB."
        return PayloadTooLargeError(message, details={"limit": most}), size
    return bytes(data), size
