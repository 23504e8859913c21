"""The gallery over HTTP."""

from __future__ import annotations

import re
from typing import Any, Final, Literal

import orjson
from aiohttp import web
from pydantic import Field

from cozygen.errors import InvalidError
from cozygen.gallery.library import Gallery
from cozygen.gallery.listing import Listing, Window
from cozygen.gallery.timeline import month_borders, months, zone
from cozygen.http.events import Event, Frame
from cozygen.http.media import file_reply
from cozygen.http.models import Flag, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_query
from cozygen.http.sse import event_stream

GALLERY: web.AppKey[Gallery] = web.AppKey("gallery", Gallery)
LONGEST_PAGE: Final = 500
_WHOLE: Final = re.compile(r"^[+-]?[0-9]{1,15}$")
_KINDS: Final = ("image", "video", "audio")


class ListingQuery(Query):
    """A folder, what is below it, hidden names, one kind."""

    subfolder: str = ""
    recursive: Flag = False
    show_hidden: Flag = False
    kind: str = Field("all", description="all, image, video or audio; anything else is all")

    def listing(self) -> Listing:
        """The listing that is asked for."""
        kind = self.kind.lower()
        return Listing(self.subfolder, self.recursive, self.show_hidden, kind if kind in _KINDS else "all")


class GalleryQuery(ListingQuery):
    """A page of a listing: by `page` and `per_page`, or by `offset` and `limit`."""

    type: Literal["output", "input"] = "output"
    include_meta: Flag = False
    page: str = "1"
    per_page: str = "20"
    offset: int | None = Field(None, ge=0, le=2**40)
    limit: int | None = Field(None, ge=1)
    sort: str = Field("newest", pattern=r"^(newest|oldest|name|size|rating|random:[0-9]{1,18})$")
    generation: int | None = Field(None, ge=0, le=2**53)
    around: str | None = None
    fields: str = Field("", description="names of members, separated by commas")
    cache_bust: str = ""

    def window(self) -> Window:
        """The part that is asked for; never more than 500 items. Raises InvalidError `bad paging`."""
        page, per_page = max(_whole(self.page), 1), _whole(self.per_page)
        if self.limit is not None or self.offset is not None:
            limit, offset = min(self.limit or 100, LONGEST_PAGE), self.offset or 0
        else:
            limit = min(per_page, LONGEST_PAGE) if per_page > 0 else LONGEST_PAGE
            offset = (page - 1) * limit
        return Window(offset, limit, self.sort, self.generation, self.around, self.fields, self.include_meta)


def _whole(text: str) -> int:
    if not _WHOLE.match(text.strip()):
        raise InvalidError("page and per_page take whole numbers.", code="bad paging")
    return int(text)


class Meta(Reply):
    """What a file says about how it was made; all but the first where it is known."""

    has_prompt: bool
    prompt: str | None = None
    negative: str | None = None
    model: str | None = None
    models: list[str] | None = None
    loras: list[str] | None = None
    lora_strengths: dict[str, float] | None = None
    seed: str | int | None = None
    sampler: str | None = None
    scheduler: str | None = None
    steps: int | None = None
    cfg: float | None = None
    workflow: str | None = None
    source: str | None = None
    tool: str | None = None


class FolderItem(Reply):
    """A folder; `subfolder` is its own path."""

    filename: str
    subfolder: str
    type: Literal["directory"]
    mtime: float


class Item(Reply):
    """A file; sizes in bytes and pixels, times in seconds."""

    id: str
    filename: str
    subfolder: str
    type: Literal["output", "input"]
    mtime: float
    kind: Literal["image", "video", "audio"]
    size: int
    width: int | None
    height: int | None
    duration: float | None = None
    fps: float | None = None
    thumb: str
    url: str
    blur: str | None = None
    favorite: bool
    rating: int
    tags: list[str]
    meta: Meta | None = None


class GalleryReply(Reply):
    """A page with its totals; `generation` names the state it belongs to."""

    items: list[Item | FolderItem]
    page: int
    per_page: int
    total_pages: int
    total_items: int
    total_is_exact: bool
    offset: int
    generation: int


async def gallery(request: web.Request) -> web.StreamResponse:
    """A page of the library."""
    query = read_query(request, GalleryQuery)
    window = query.window()
    page = await request.config_dict[GALLERY].page(query.listing(), window, query.type)
    return json_reply(
        orjson.dumps(
            {
                "items": orjson.Fragment(page.items),
                "page": page.offset // window.limit + 1,
                "per_page": window.limit,
                "total_pages": -(-page.total // window.limit),
                "total_items": page.total,
                "total_is_exact": True,
                "offset": page.offset,
                "generation": page.generation,
            }
        )
    )


async def item(request: web.Request) -> web.StreamResponse:
    """One item with its metadata."""
    return json_reply(await request.config_dict[GALLERY].item(request.match_info["id"]))


class PromptQuery(Query):
    """A file by name and folder."""

    filename: str = ""
    subfolder: str = ""


class PromptReply(Reply):
    """The graph that made a file, and what was typed."""

    prompt: dict[str, Any] | list[Any]
    cozygen_prompt_raw: dict[str, str] | None = None


async def prompt(request: web.Request) -> web.StreamResponse:
    """The graph inside a file of any format."""
    query = read_query(request, PromptQuery)
    if not query.filename.strip():
        raise InvalidError("Say which file: filename is missing.", code="missing filename")
    return json_reply(await request.config_dict[GALLERY].prompt(query.filename, query.subfolder))


class TimelineQuery(ListingQuery):
    """A listing by month; recursive unless said otherwise."""

    recursive: Flag = True
    sort: Literal["newest", "oldest"] = "newest"
    tz: str = Field("UTC", description="IANA name of the time zone")


class Month(Reply):
    """A month (`2026-03`), how many items it holds, and the place of its first."""

    month: str
    count: int
    offset: int


class TimelineReply(Reply):
    """Months in the order of the grid; `offset` is the place of a month's first item."""

    months: list[Month]
    total: int


async def timeline(request: web.Request) -> web.StreamResponse:
    """How many items each month holds."""
    query = read_query(request, TimelineQuery)
    place = zone(query.tz)
    counts = await request.config_dict[GALLERY].timeline(
        query.listing(), lambda latest, earliest: month_borders(latest, earliest, place)
    )
    found = months(counts, place, oldest_first=query.sort == "oldest")
    return json_reply({"months": found, "total": sum(month["count"] for month in found)})


async def stream(request: web.Request) -> web.StreamResponse:
    """Changes of one listing, for clients that listen to `onmessage`."""
    query = read_query(request, ListingQuery)
    listing = query.listing()
    await request.config_dict[GALLERY].page(listing, Window(limit=0))  # refuses what is not there
    return await event_stream(
        request, ["gallery"], view=lambda event: of_listing(event, query, listing.folder)
    )


def of_listing(event: Event, query: ListingQuery, folder: str) -> Frame | None:
    """A change as the old stream tells it: unnamed, the old three members first."""
    if event.name == "index":
        return Frame("index", event.data)
    if event.data.get("type", "output") != "output":
        return None
    reset = event.name == "reset" or bool(event.data.get("reset"))
    files = [] if event.name == "reset" else event.data["files"]
    mine = [entry for entry in files if _lies_in(entry[2], folder, query.recursive)]
    folders = event.data.get("folders", ())
    if not reset and not mine and not any(path == folder for path in folders):
        return None
    ids: dict[str, list[str]] = {"created": [], "changed": [], "removed": []}
    for what, item_id, _folder, _mtime in mine:
        ids[what].append(item_id)
    newest = max((entry[3] for entry in mine), default=0.0)
    start = {"subfolder": query.subfolder, "recursive": query.recursive, "mtime": newest}
    return Frame(None, {**start, **ids, **({"reset": True} if reset else {})})


def _lies_in(path: str, folder: str, recursive: bool) -> bool:
    if path == folder:
        return True
    return recursive and (not folder or path.startswith(folder + "/"))


class MediaQuery(Query):
    """The version in the URL, and whether the file is to be saved."""

    v: str = ""
    download: Flag = False


async def media(request: web.Request) -> web.StreamResponse:
    """A file of the library."""
    query = read_query(request, MediaQuery)
    gallery = request.config_dict[GALLERY]
    resolve = await gallery.place_of(request.match_info["id"])
    return await file_reply(request, resolve, gallery.threads, version=query.v, download=query.download)
