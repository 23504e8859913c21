"""What a change did to a document, entry by entry, so that it can be taken back alone.

Objects are compared key by key and lists of things with an `id` thing by
thing; everything else as a whole. Taking a change back leaves alone what
others changed since, and refuses where they changed the same entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cozygen.errors import ConflictError


class _Absent:
    def __repr__(self) -> str:
        return "absent"


ABSENT: Final = _Absent()


@dataclass(frozen=True)
class ById:
    """A step of a path: the thing with that id in a list, once at `index`."""

    id: str
    index: int


Step = str | ById


@dataclass(frozen=True)
class Edit:
    """One entry that changed; ABSENT stands for "not there"."""

    path: tuple[Step, ...]
    before: Any
    after: Any


def diff(before: Any, after: Any, path: tuple[Step, ...] = ()) -> list[Edit]:
    """The edits that lead from `before` to `after`."""
    if before is after or before == after:
        return []
    old, new = _entries(before), _entries(after)
    if not path and not (isinstance(before, dict) and isinstance(after, dict)):
        raise TypeError("documents are objects")
    if old is None or new is None or isinstance(before, dict) != isinstance(after, dict):
        return [Edit(path, before, after)]
    edits: list[Edit] = []
    for key in {**old, **new}:
        step, one = old.get(key, (None, ABSENT))
        other_step, other = new.get(key, (None, ABSENT))
        edits += diff(one, other, (*path, step or other_step or key))
    return edits


def _entries(value: Any) -> dict[str, tuple[Step, Any]] | None:
    """The entries of an object or of a list of things with distinct ids; None for anything else."""
    if isinstance(value, dict):
        return {key: (key, item) for key, item in value.items()}
    if not isinstance(value, list) or not all(isinstance(item, dict) and "id" in item for item in value):
        return None
    found: dict[str, tuple[Step, Any]] = {
        str(item["id"]): (ById(str(item["id"]), index), item) for index, item in enumerate(value)
    }
    return found if len(found) == len(value) else None


def take_back(value: dict[str, Any], edits: list[Edit]) -> None:
    """Undo `edits` in place; ConflictError, with nothing changed, when one was edited again since."""
    for edit in edits:
        if not _has_place(value, edit.path) or _look_up(value, edit.path) != edit.after:
            raise _changed_since()
    for edit in sorted(edits, key=_index_of):
        _put(value, edit.path, edit.before)


def _changed_since() -> ConflictError:
    return ConflictError("This was changed again since; it cannot be undone.", code="changed_since")


def _index_of(edit: Edit) -> int:
    last = edit.path[-1]
    return last.index if isinstance(last, ById) else 0


def _look_up(value: Any, path: tuple[Step, ...]) -> Any:
    for step in path:
        if isinstance(step, ById):
            items = value if isinstance(value, list) else []
            value = next((item for item in items if _has_id(item, step.id)), ABSENT)
        else:
            value = value.get(step, ABSENT) if isinstance(value, dict) else ABSENT
    return value


def _has_place(value: Any, path: tuple[Step, ...]) -> bool:
    """Whether what holds the last step is there: without it nothing can be put back."""
    holder = _look_up(value, path[:-1])
    return isinstance(holder, list if isinstance(path[-1], ById) else dict)


def _put(value: Any, path: tuple[Step, ...], item: Any) -> None:
    holder, last = _look_up(value, path[:-1]), path[-1]
    if isinstance(last, ById):
        _put_by_id(holder, last, item)
    else:
        _put_by_key(holder, last, item)


def _put_by_key(entries: dict[str, Any], key: str, item: Any) -> None:
    if item is ABSENT:
        del entries[key]
    else:
        entries[key] = item


def _put_by_id(items: list[Any], step: ById, item: Any) -> None:
    at = next((index for index, other in enumerate(items) if _has_id(other, step.id)), None)
    if at is None:
        items.insert(min(step.index, len(items)), item)
    elif item is ABSENT:
        del items[at]
    else:
        items[at] = item


def _has_id(item: Any, wanted: str) -> bool:
    return isinstance(item, dict) and str(item.get("id")) == wanted
