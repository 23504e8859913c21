"""The tag lists over HTTP: which there are, upload, enable, order; and related tags."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from aiohttp import BodyPartReader, web
from pydantic import Field

from cozygen.errors import InvalidError, NotFoundError, PayloadTooLargeError
from cozygen.http.models import Body, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body, read_query
from cozygen.storage.document_format import Value
from cozygen.tags.endpoints import OWN_USE, TAGS
from cozygen.tags.imports import ListReport, discard, keep, temporary
from cozygen.tags.library import TagLibrary
from cozygen.tags.lists import safe_name
from cozygen.tags.search import clean, search_one

CHUNK = 256 * 1024
# What a form may hold beside the list.
FORM_BYTES = 64 * 1024


class ListChange(Body):
    """What to change about one list."""

    name: str
    enabled: bool | None = None
    label: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    scheme: Literal["", "danbooru", "e621", "merged", "derpibooru", "wd14"] | None = None


class SourcesBody(Body):
    """Changes of lists, and the order of precedence (names; the rest follow)."""

    lists: list[ListChange] = Field(default_factory=list)
    order: list[str] | None = None


class SkippedRow(Reply):
    """A row that was left out, and why."""

    line: int
    why: str
    row: str


class ReportReply(Reply):
    """What became of a list."""

    format: str
    tags: int
    links: int
    repeated: int
    skipped: int
    examples: list[SkippedRow]
    error: str


class SourceItem(ReportReply):
    """One list."""

    name: str
    label: str
    enabled: bool
    shipped: bool
    scheme: str | None
    size: int


class SourcesReply(Reply):
    """All lists in order of precedence."""

    sources: list[SourceItem]
    state: str
    progress: float | None = Field(description="how much of the lists is read, from 0 to 1; null at rest")


class UploadReply(SourcesReply):
    """All lists after an upload, and what became of the new one."""

    name: str
    report: ReportReply


class RelatedQuery(Query):
    """Whose relatives are wanted."""

    tag: str
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class RelatedTag(Reply):
    """A tag that stands beside another in the owner's prompts."""

    tag: str
    count: int
    category: str
    nsfw: bool
    together: int = Field(description="prompts that have both")
    likeness: float = Field(description="from 0 to 1")
    used: int


class RelatedReply(Reply):
    """Tags that the owner uses together with this one."""

    tag: str
    used: int
    related: list[RelatedTag]


async def sources(request: web.Request) -> web.StreamResponse:
    """Which lists there are and what became of them."""
    return json_reply(await _sources(request.config_dict[TAGS]))


async def _sources(library: TagLibrary) -> dict[str, Any]:
    loaded = await library.current()
    shown = []
    for entry in await library.lists():
        report = ListReport.of(loaded.report_of(entry) if loaded and entry.enabled else None)
        size = await library.in_thread(partial(_size, entry.path))
        about = {"name": entry.name, "label": entry.label, "enabled": entry.enabled}
        shown.append(
            {**about, "shipped": entry.shipped, "scheme": entry.scheme, "size": size, **report.as_json()}
        )
    return {"sources": shown, "state": library.state, "progress": library.progress}


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


async def change_sources(request: web.Request) -> web.StreamResponse:
    """Upload a list (multipart), or enable, label and order lists (JSON)."""
    if request.content_type.startswith("multipart/"):
        return await _upload(request)
    wanted = await read_body(request, SourcesBody)
    library = request.config_dict[TAGS]
    known = {entry.name for entry in await library.lists()}
    named = {change.name for change in wanted.lists} | set(wanted.order or [])
    if unknown := sorted(named - known):
        raise NotFoundError("There is no such list.", details={"names": unknown[:10]})
    await library.choices().update(lambda value: _changed(value, wanted))
    await library.refreshed()
    return json_reply(await _sources(library))


def _changed(value: Value, wanted: SourcesBody) -> Value:
    for change in wanted.lists:
        given = change.model_dump(exclude={"name"}, exclude_none=True)
        value["lists"][change.name] = {**value["lists"].get(change.name, {}), **given}
    if wanted.order is not None:
        value["order"] = list(dict.fromkeys(wanted.order))
    return value


async def _upload(request: web.Request) -> web.StreamResponse:
    library = request.config_dict[TAGS]
    if (request.content_length or 0) > library.list_bytes + FORM_BYTES:
        raise _too_large(library)
    incoming = await library.in_thread(lambda: temporary(library.folder()))
    try:
        name = await _receive(request, incoming, library)
        report = await library.check(incoming)
        await library.in_thread(lambda: keep(library.folder(), incoming, name))
    finally:
        await asyncio.shield(library.in_thread(lambda: discard(incoming)))
    await library.refreshed()
    return json_reply({**await _sources(library), "name": name, "report": report.as_json()})


async def _receive(request: web.Request, incoming: Path, library: TagLibrary) -> str:
    """Store the first file of the form; returns the name it is to be kept under."""
    try:
        form = await request.multipart()
        part = await form.next()
        while part is not None and not (isinstance(part, BodyPartReader) and part.filename):
            part = await form.next()
    except (ValueError, AssertionError) as error:
        raise InvalidError("The upload is not a complete form.") from error
    if not isinstance(part, BodyPartReader) or not part.filename:
        raise InvalidError("The upload holds no file.")
    # Some clients escape what a header cannot hold.
    name = safe_name(unquote(part.filename))
    await _store(part, incoming, library)
    return name


def _too_large(library: TagLibrary) -> PayloadTooLargeError:
    limit = library.list_bytes
    return PayloadTooLargeError(f"The list is larger than {limit // 1_000_000} MB.", details={"limit": limit})


async def _store(part: BodyPartReader, incoming: Path, library: TagLibrary) -> None:
    size = 0
    file = await library.in_thread(lambda: incoming.open("xb"))
    try:
        while chunk := await part.read_chunk(CHUNK):
            size += len(chunk)
            if size > library.list_bytes:
                raise _too_large(library)
            await library.in_thread(partial(file.write, bytes(chunk)))
    finally:
        await library.in_thread(file.close)


async def related(request: web.Request) -> web.StreamResponse:
    """Tags that go with one in the owner's own prompts."""
    query = read_query(request, RelatedQuery)
    library = request.config_dict[TAGS]
    loaded = await library.current()
    if loaded is None:
        return json_reply({"tag": query.tag, "used": 0, "related": []})
    usage = await request.config_dict[OWN_USE].usage(loaded)
    tag = loaded.index.resolve([clean(query.tag)])[0] or query.tag
    found = await library.in_thread(lambda: usage.related(tag, query.limit))
    counts = usage.counts
    shown = [
        {
            **search_one(loaded, name),
            "tag": name,
            "together": shared,
            "likeness": likeness,
            "used": counts[name],
        }
        for name, shared, likeness in found
    ]
    return json_reply({"tag": tag, "used": counts.get(tag, 0), "related": shown})
