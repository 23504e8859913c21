"""Which files a question is about, and which of them an answer shows."""

from __future__ import annotations

from dataclasses import dataclass

from cozygen.storage.confine import relative_parts


@dataclass(frozen=True)
class Listing:
    """Which files: a folder, with or without what is below it, hidden ones, one kind."""

    subfolder: str = ""
    recursive: bool = False
    hidden: bool = False
    kind: str = "all"

    @property
    def folder(self) -> str:
        """The folder's path in the library. Raises InvalidError, ForbiddenError."""
        return "/".join(relative_parts(self.subfolder))


@dataclass(frozen=True)
class Page:
    """A page of a listing: its items as a JSON array, and where it stands in the whole."""

    items: bytes
    total: int
    offset: int
    generation: int


def as_they_are(items: bytes, _fields: str) -> bytes:
    """Items (JSON) to which nothing is added."""
    return items


@dataclass(frozen=True)
class Window:
    """Which part of a listing, in which order, and what of each item."""

    offset: int = 0
    limit: int = 100
    sort: str = "newest"
    generation: int | None = None
    around: str | None = None
    fields: str = ""
    meta: bool = False
