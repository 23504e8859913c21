"""Taking over what another copy of a document holds: ours stays, theirs is added. Twice is once."""

from __future__ import annotations

from typing import Any


def adopt(ours: dict[str, Any], theirs: dict[str, Any]) -> int:
    """Add to `ours` in place what only `theirs` has; returns how many entries were new.

    Objects are joined key by key, lists by their things' `id` or, for plain
    lists, by value. Where both have an entry, ours stays.
    """
    added = 0
    for key, item in theirs.items():
        if key not in ours:
            ours[key] = item
            added += _size(item)
        elif isinstance(ours[key], dict) and isinstance(item, dict):
            added += adopt(ours[key], item)
        elif isinstance(ours[key], list) and isinstance(item, list):
            added += _adopt_list(ours[key], item)
    return added


def _adopt_list(ours: list[Any], theirs: list[Any]) -> int:
    known = {_key(item) for item in ours}
    new = [item for item in theirs if _key(item) not in known]
    ours.extend(new)
    return len(new)


def _key(item: Any) -> str:
    return f"id {item['id']}" if isinstance(item, dict) and "id" in item else repr(item)


def _size(item: Any) -> int:
    return max(len(item), 1) if isinstance(item, (dict, list)) else 1
