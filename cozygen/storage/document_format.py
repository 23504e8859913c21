"""What sets one document apart from another: its file, version, default and checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

Value = dict[str, Any]

MAX_BYTES: Final = 64 * 1024 * 1024


@dataclass
class Screening:
    """Entries that a document cannot hold, taken out of it and kept beside it."""

    set_aside: list[Any] = field(default_factory=list)
    taken: int = 0

    def take(self, holder: dict[str, Any], key: str, *path: str, reason: str) -> None:
        """Move `holder[key]` out; `path` says where in the document `holder` lies."""
        self.set_aside.append({"path": [*path, key], "reason": reason, "value": holder.pop(key)})
        self.taken += 1


def _unchanged(value: Value) -> Value:
    return value


def _nothing(value: Value, screening: Screening) -> None:
    """Every entry is fine."""


@dataclass(frozen=True)
class DocumentFormat:
    """One document: `name` in the API and in messages, `file_name` on disk.

    `migrate` turns any older shape into the present one and leaves the present
    one alone. `screen` takes entries of the wrong shape out. `check` raises an
    InvalidError for a value that must not be written. A `secret` document is
    left out of backups that leave the machine.
    """

    name: str
    version: int
    default: Callable[[], Value] = dict
    migrate: Callable[[Value], Value] = _unchanged
    screen: Callable[[Value, Screening], None] = _nothing
    check: Callable[[Value], None] | None = None
    secret: bool = False
    max_bytes: int = MAX_BYTES

    @property
    def file_name(self) -> str:
        """Name of the file in the data folder."""
        return f"{self.name}.json"

    def is_newer(self, value: Value, envelope_version: int) -> bool:
        """Whether the text was written by a version of CozyGen that knows more than this one."""
        own = value.get("version")
        stated = own if isinstance(own, int) and not isinstance(own, bool) else 0
        return max(stated, envelope_version) > self.version
