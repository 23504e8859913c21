"""Deleting and bringing back, over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from aiohttp import web
from pydantic import Field

from cozygen.errors import InvalidError
from cozygen.gallery.trash import Entry, Trash
from cozygen.http.changes import UNDO, user_of
from cozygen.http.models import Body, Flag, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body

TRASH: web.AppKey[Trash] = web.AppKey("trash", Trash)
_CONFIRM: Final = ("delete-all", "delete_all", "deleteall")


class DeleteBody(Body):
    """One file by name and folder."""

    filename: str = ""
    subfolder: str = ""


class DeleteAllBody(Body):
    """All media of a folder; `confirm` is `delete-all`."""

    confirm: str = ""
    subfolder: str = ""
    recursive: Flag = True


class IdsBody(Body):
    """Items, or entries of the trash."""

    ids: list[str] = Field(min_length=1, max_length=10_000)


class DeletedReply(Reply):
    """What went into the trash; `undo` brings it back."""

    ok: bool
    undo: str | None = None


class TrashReply(Reply):
    """What lies in the trash, latest first."""

    items: list[dict[str, Any]]
    total_items: int


async def delete(request: web.Request) -> web.StreamResponse:
    """Move one file into the trash."""
    body = await read_body(request, DeleteBody)
    if not body.filename.strip():
        raise InvalidError("Say which file: filename is missing.", code="missing filename")
    entry = await request.config_dict[TRASH].delete(body.filename, body.subfolder)
    reply = {"ok": True, "filename": body.filename, "subfolder": body.subfolder}
    return json_reply({**reply, "undo": _offer(request, [entry])})


async def delete_all(request: web.Request) -> web.StreamResponse:
    """Move all media of a folder into the trash."""
    body = await read_body(request, DeleteAllBody)
    if body.confirm.strip().lower() not in _CONFIRM:
        raise InvalidError("Confirm with `delete-all`.", code="confirm flag required")
    entries, errors = await request.config_dict[TRASH].delete_all(body.subfolder, body.recursive)
    return _deleted(request, entries, errors)


async def delete_items(request: web.Request) -> web.StreamResponse:
    """Move items into the trash."""
    body = await read_body(request, IdsBody)
    entries, errors = await request.config_dict[TRASH].delete_items(body.ids)
    return _deleted(request, entries, errors)


def _deleted(request: web.Request, entries: list[Entry], errors: list[str]) -> web.Response:
    reply: dict[str, Any] = {"ok": True, "deleted": len(entries)}
    if errors:
        reply["errors"] = errors
    if entries:
        reply["undo"] = _offer(request, entries)
    return json_reply(reply)


def _offer(request: web.Request, entries: list[Entry]) -> str:
    trash = request.config_dict[TRASH]

    async def bring_back() -> None:
        await trash.restore([entry.id for entry in entries])

    return request.config_dict[UNDO].offer(user_of(request), "gallery", bring_back)


async def trash(request: web.Request) -> web.StreamResponse:
    """What lies in the trash."""
    entries = await request.config_dict[TRASH].entries()
    shown = [{name: value for name, value in asdict(entry).items() if name != "stored"} for entry in entries]
    return json_reply({"items": shown, "total_items": len(shown)})


async def restore(request: web.Request) -> web.StreamResponse:
    """Bring entries back."""
    body = await read_body(request, IdsBody)
    return json_reply({"ok": True, "restored": await request.config_dict[TRASH].restore(body.ids)})


async def empty(request: web.Request) -> web.StreamResponse:
    """Remove everything in the trash for good."""
    return json_reply({"ok": True, "deleted": await request.config_dict[TRASH].empty()})
