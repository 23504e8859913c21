"""One search: from parameters to what the client shows."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cozygen.errors import ConflictError, InvalidError
from cozygen.tags.library import Loaded
from cozygen_core import TagHit, TagMask, TagPage

Nsfw = Literal["hide", "blur", "show"]
Sort = Literal["relevance", "count", "name", "alpha"]
SORTS: Final = ("relevance", "count", "name", "alpha")
# Totals are counted this far unless the client asks for fewer.
COUNT_TO: Final = 1000
MAX_OFFSET: Final = 1_000_000
# Hits that are found at once.
_SHORT: Final = 200
# The core looks for corrections when fewer than this were found.
_HANDFUL: Final = 5


@dataclass(frozen=True)
class Search:
    """What is asked for."""

    q: str = ""
    categories: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    nsfw: Nsfw = "hide"
    sort: Sort = "relevance"
    limit: int = 80
    offset: int = 0
    min_count: int = 0
    count_to: int = COUNT_TO


@dataclass(frozen=True)
class Answer:
    """One page of hits."""

    items: list[dict[str, Any]] = field(default_factory=list)
    total: int = 0
    exact: bool = True
    cursor: str | None = None


def search(loaded: Loaded, query: Search, used: dict[str, int], only: TagMask | None = None) -> Answer:
    """Ask the index; `used` are the owner's own counts by tag. Blocking."""
    return _answer(loaded, query, used, _page(loaded, query, only))


def search_at_once(loaded: Loaded, query: Search, used: dict[str, int]) -> Answer | None:
    """The same for questions that take well below a millisecond; None for all others.

    That is: no filter that leaves little over, no wildcard, no long page, and enough
    hits by the letters as typed, so that no corrections are looked for.
    """
    filtered = query.categories or query.sources or query.min_count
    far = max(query.count_to, query.offset + query.limit) > _SHORT
    if filtered or far or "*" in query.q or query.sort != "relevance":
        return None
    page = _page(loaded, query, None, literal=True)
    return _answer(loaded, query, used, page) if page.total >= _HANDFUL else None


def _page(loaded: Loaded, query: Search, only: TagMask | None, *, literal: bool = False) -> TagPage:
    return loaded.index.search(
        clean(query.q),
        limit=query.limit,
        offset=query.offset,
        count_to=max(query.count_to, query.offset + query.limit),
        categories=query.categories,
        sources=query.sources,
        nsfw=query.nsfw,
        sort=query.sort,
        min_count=query.min_count,
        only=only,
        literal=literal,
    )


def _answer(loaded: Loaded, query: Search, used: dict[str, int], page: TagPage) -> Answer:
    end = query.offset + len(page.hits)
    more = page.more or end < page.total
    cursor = write_cursor(loaded.generation, end) if more and page.hits else None
    return Answer([item(hit, used) for hit in page.hits], page.total, not page.more, cursor)


def item(hit: TagHit, used: dict[str, int]) -> dict[str, Any]:
    """One hit as the API shows it."""
    sources = hit.sources
    shown: dict[str, Any] = {
        "tag": hit.tag,
        "count": hit.count,
        "category": hit.category,
        "source": sources[0] if sources else "",
        "sources": sources,
        "match": hit.match,
        "nsfw": hit.nsfw,
    }
    extra = {"alias": hit.alias, "via": hit.via, "note": hit.note, "insert": hit.insert}
    shown |= {name: value for name, value in extra.items() if value is not None}
    if hit.tag in used:
        shown["used"] = used[hit.tag]
    return shown


def search_one(loaded: Loaded, name: str) -> dict[str, Any]:
    """Count, category and explicitness of one tag, by its name."""
    hits = loaded.index.search(name, limit=1, nsfw="show", literal=True).hits
    if not hits:
        return {"count": 0, "category": "general", "nsfw": False}
    return {"count": hits[0].count, "category": hits[0].category, "nsfw": hits[0].nsfw}


def clean(text: str) -> str:
    """A lone surrogate is no text; it becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def write_cursor(generation: int, offset: int) -> str:
    """Where the next page begins, in this index."""
    return base64.urlsafe_b64encode(f"{generation}:{offset}".encode()).decode().rstrip("=")


def read_cursor(cursor: str, generation: int) -> int:
    """The offset that a cursor stands for; ConflictError `reset` if the lists have changed since."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        made_for, offset = (int(part) for part in text.split(":"))
    except (ValueError, binascii.Error) as error:
        raise InvalidError("The cursor is not one of ours.") from error
    if made_for != generation:
        raise ConflictError("The tag lists have changed; begin again.", code="reset")
    return min(max(offset, 0), MAX_OFFSET)
