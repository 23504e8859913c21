"""What concerns all documents: undo, backup and restore."""

from __future__ import annotations

import time

from aiohttp import BodyPartReader, web

from cozygen.errors import InvalidError, PayloadTooLargeError, UnsupportedMediaTypeError
from cozygen.http.changes import UNDO, user_of
from cozygen.http.models import Body, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body
from cozygen.storage.archive import MAX_BYTES, Archive

LIMIT = MAX_BYTES
ARCHIVE: web.AppKey[Archive] = web.AppKey("archive", Archive)


class UndoBody(Body):
    """The token of a change, or the topic (e.g. a document's name) whose last change is meant."""

    undo: str | None = None
    topic: str | None = None


class UndoReply(Reply):
    """What it was about; `undo` does it again."""

    status: str
    topic: str
    undo: str | None = None


class RestoreReply(Reply):
    """The documents that changed, and the files of the zip that nobody knows."""

    status: str
    restored: list[str]
    unknown: list[str]
    undo: str | None = None


async def undo(request: web.Request) -> web.StreamResponse:
    """Take back a change of the caller."""
    body = await read_body(request, UndoBody)
    offers, user = request.config_dict[UNDO], user_of(request)
    if body.undo is None and body.topic is None:
        raise InvalidError("Say what to undo: `undo` or `topic`.", code="missing undo")
    token = body.undo if body.undo is not None else offers.last(user, body.topic or "")
    topic, again = await offers.undo(user, token)
    reply = {"status": "ok", "topic": topic}
    return json_reply(reply if again is None else {**reply, "undo": again})


async def backup(request: web.Request) -> web.StreamResponse:
    """All documents as one zip."""
    name = time.strftime("cozygen-%Y%m%d-%H%M%S.zip", time.gmtime())
    return web.Response(
        body=await request.config_dict[ARCHIVE].export(),
        content_type="application/zip",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


async def restore(request: web.Request) -> web.StreamResponse:
    """Write the documents of a zip (multipart field `backup`) over the present ones."""
    restored = await request.config_dict[ARCHIVE].restore(await _uploaded(request))
    names = [document.form.name for document, _ in restored.changes]
    reply = {"status": "ok", "restored": names + restored.extras, "unknown": restored.unknown}
    token = request.config_dict[UNDO].offer_changes(user_of(request), "backup", restored.changes)
    return json_reply(reply if token is None else {**reply, "undo": token})


async def _uploaded(request: web.Request) -> bytes:
    """The bytes of the one file that was sent; raw bytes are counted as they come."""
    if request.content_type != "multipart/form-data":
        raise UnsupportedMediaTypeError("Send the zip as multipart/form-data.")
    try:
        part = await (await request.multipart()).next()
        if not isinstance(part, BodyPartReader) or part.name != "backup":
            raise InvalidError("Send the zip in the field `backup`.", code="missing backup")
        if "Content-Transfer-Encoding" in part.headers or "Content-Encoding" in part.headers:
            raise InvalidError("Send the zip as it is, without an encoding.", code="invalid_backup")
        return await _read_part(part)
    except (ValueError, AssertionError) as error:
        raise InvalidError("The upload is not multipart.", code="invalid_backup") from error


async def _read_part(part: BodyPartReader) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        data += chunk
        if len(data) > MAX_BYTES:
            text = f"The zip is larger than {MAX_BYTES >> 20} MiB."
            raise PayloadTooLargeError(text, details={"limit": MAX_BYTES})
    return bytes(data)
