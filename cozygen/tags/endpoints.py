"""The tags over HTTP."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import BeforeValidator, Field

from cozygen.http.models import Body, Flag, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_json, read_query
from cozygen.tags.library import TagLibrary
from cozygen.tags.own_use import OwnUse
from cozygen.tags.search import (
    COUNT_TO,
    MAX_OFFSET,
    SORTS,
    Answer,
    Nsfw,
    Search,
    read_cursor,
    search,
    search_at_once,
)
from cozygen.tags.validate import read_tags, validate

TAGS: web.AppKey[TagLibrary] = web.AppKey("tags", TagLibrary)
OWN_USE: web.AppKey[OwnUse] = web.AppKey("own_use", OwnUse)


def _clamped(low: int, high: int, default: int) -> BeforeValidator:
    """Old clients may send anything: no number is the default, others are brought into range."""

    def read(value: Any) -> int:
        try:
            return min(max(int(str(value).strip()), low), high)
        except ValueError:
            return default

    return BeforeValidator(read, json_schema_input_type=int)


def _sort(value: Any) -> str:
    word = str(value).strip().lower()
    return word if word in SORTS else "relevance"


class CategoriesQuery(Query):
    """Which tags are counted."""

    nsfw: Nsfw = "hide"


class SearchQuery(Query):
    """Parameters of a search; lists are separated by commas."""

    q: str = ""
    category: str = ""
    categories: str = ""
    source: str = ""
    nsfw: Nsfw = "hide"
    sort: Annotated[
        Literal["relevance", "count", "name", "alpha"],
        BeforeValidator(_sort, json_schema_input_type=str),
    ] = "relevance"
    limit: Annotated[int, _clamped(1, 200, 80)] = 80
    offset: Annotated[int, _clamped(0, MAX_OFFSET, 0)] = 0
    min_count: Annotated[int, _clamped(0, 2**32 - 1, 0)] = 0
    total: Annotated[int, _clamped(0, 10_000, COUNT_TO)] = COUNT_TO
    cursor: str = ""
    used: Flag = False

    def read(self) -> Search:
        """As the search takes it."""
        named = [self.category, *self.categories.split(",")]
        return Search(
            q=self.q,
            categories=tuple(name.strip() for name in named if name.strip()),
            sources=tuple(label.strip() for label in self.source.split(",") if label.strip()),
            nsfw=self.nsfw,
            sort=self.sort,
            limit=self.limit,
            offset=self.offset,
            min_count=self.min_count,
            count_to=self.total,
        )


class Category(Reply):
    """A category and how many tags it has."""

    key: str
    count: int
    actual: int


class CategoriesReply(Reply):
    """All categories, the largest first."""

    categories: list[Category]
    total: int
    state: str = Field(description="ready, building, loading or empty")


class TagItem(Reply):
    """One tag that was found."""

    tag: str
    count: int
    category: str
    source: str
    sources: list[str]
    match: Literal["exact", "prefix", "words", "inside", "typo"]
    nsfw: bool
    alias: str | None = None
    via: str | None = Field(None, description="wildcard, initials, subsequence, some_words or spelling")
    note: str | None = Field(None, description="shown in place of a count")
    insert: str | None = Field(None, description="inserted in place of the name")
    used: int | None = Field(None, description="how often the owner used it")


class SearchReply(Reply):
    """One page of hits."""

    items: list[TagItem]
    total: int
    total_is_exact: bool
    limit: int
    offset: int
    q: str
    category: str
    sort: str
    cursor: str | None
    state: str


class ValidateBody(Body):
    """The texts to judge."""

    tags: list[str]


class ValidateReply(Reply):
    """What is no tag, what may have been meant, and the tags behind aliases."""

    invalid: list[str]
    suggestions: dict[str, list[str]]
    canonical: dict[str, str]


async def categories(request: web.Request) -> web.StreamResponse:
    """The categories of all lists together."""
    query = read_query(request, CategoriesQuery)
    library = request.config_dict[TAGS]
    loaded = await library.current()
    counted = loaded.index.categories() if loaded else []
    counts = {name: fine + (0 if query.nsfw == "hide" else explicit) for name, fine, explicit in counted}
    shown = sorted(((-count, name) for name, count in counts.items() if count))
    return json_reply(
        {
            "categories": [{"key": name, "count": -count, "actual": -count} for count, name in shown],
            "total": sum(counts.values()),
            "state": library.state,
        }
    )


async def search_tags(request: web.Request) -> web.StreamResponse:
    """Tags for what is being typed."""
    query = read_query(request, SearchQuery)
    library = request.config_dict[TAGS]
    loaded = await library.current()
    wanted = query.read()
    if loaded is None:
        return json_reply(_page(query, wanted, Answer(), library.state))
    if query.cursor:
        offset = read_cursor(query.cursor, loaded.generation)
        wanted = Search(**{**vars(wanted), "offset": offset})
    own = request.config_dict[OWN_USE]
    used = own.counts(loaded)
    only = await own.mask(loaded) if query.used else None
    # A keystroke's answer mostly takes less time than handing it to a thread would.
    answer = search_at_once(loaded, wanted, used) if only is None else None
    if answer is None:
        answer = await library.in_thread(lambda: search(loaded, wanted, used, only))
    return json_reply(_page(query, wanted, answer, library.state))


def _page(query: SearchQuery, wanted: Search, answer: Answer, state: str) -> dict[str, Any]:
    return {
        "items": answer.items,
        "total": answer.total,
        "total_is_exact": answer.exact,
        "limit": wanted.limit,
        "offset": wanted.offset,
        "q": query.q.strip().lower(),
        "category": query.category.strip(),
        "sort": query.sort,
        "cursor": answer.cursor,
        "state": state,
    }


async def validate_tags(request: web.Request) -> web.StreamResponse:
    """Which of these texts are no tags."""
    body = await read_json(request)
    texts = read_tags(body.get("tags") if isinstance(body, dict) else body)
    library = request.config_dict[TAGS]
    loaded = await library.current()
    if loaded is None or not len(loaded.index):
        # Without a list nobody can say that a tag is wrong.
        return json_reply({"invalid": [], "suggestions": {}, "canonical": {}})
    return json_reply(await library.in_thread(lambda: validate(loaded, texts)))
