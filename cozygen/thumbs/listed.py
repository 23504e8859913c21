"""Adds to the items of a listing what thumbnails told of their files."""

from __future__ import annotations

import base64
import functools
from typing import Any, Final
from urllib.parse import unquote

import orjson

from cozygen.thumbs.facts import Facts, Known
from cozygen.thumbs.place import name_of

# Member of an item, and where it comes from; only what the index does not know is filled in.
_MEMBERS: Final = ("width", "height", "duration", "fps")


def complete(items: bytes, fields: str, facts: Facts) -> bytes:
    """Items as JSON (an array, or one item) with `blur` and, where it was unknown, size and length.

    `fields` are the members that are wanted, separated by commas; none for all. Blocking.
    """
    read = orjson.loads(items)
    listed: list[dict[str, Any]] = read if isinstance(read, list) else [read]
    names = {number: _name(item["thumb"]) for number, item in enumerate(listed) if "thumb" in item}
    known = facts.get(names.values())
    if not known:
        return items
    wanted = frozenset(field.strip() for field in fields.split(",")) if fields else None
    for number, name in names.items():
        if name in known:
            _fill(listed[number], known[name], wanted)
    return orjson.dumps(read)


@functools.lru_cache(maxsize=50_000)
def _name(thumb: str) -> bytes:
    """The file behind the address of a thumbnail, as `Place.name` has it."""
    said = dict(part.partition("=")[::2] for part in thumb.partition("?")[2].split("&"))
    path = "/".join(said[key] for key in ("subfolder", "filename") if key in said)
    return name_of(said.get("type", "output"), unquote(path, errors="surrogateescape"), said.get("v", ""))


def _fill(item: dict[str, Any], known: Known, wanted: frozenset[str] | None) -> None:
    if wanted is None or "blur" in wanted:
        item["blur"] = base64.b64encode(known.blur).decode("ascii")
    for member in _MEMBERS:
        value = getattr(known, member)
        # The index reads headers only, where a clip lies as it was filmed, not as it is shown.
        shown = item.get("kind") == "video" and member in ("width", "height")
        if value and (shown or not item.get(member)) and (wanted is None or member in wanted):
            item[member] = value
