"""Taking in a list: checked by content first, then moved into `tags/` in one step."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cozygen.tags.lists import FOLDER, LIST_BYTES, TagListError, refuse_packed, safe_name
from cozygen_core import TagIndex, TagListReport, TagProgress


@dataclass(frozen=True)
class ListReport:
    """What became of one list, in the words of the API."""

    format: str = ""
    tags: int = 0
    links: int = 0
    repeated: int = 0
    skipped: int = 0
    examples: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""

    @classmethod
    def of(cls, report: TagListReport | None) -> ListReport:
        """From the core's report; empty for a list that is switched off."""
        if report is None:
            return cls()
        examples = [{"line": line, "why": why, "row": row} for line, why, row in report.examples]
        counts = (report.tags, report.links, report.repeated, report.skipped)
        return cls(report.format, *counts, examples, report.error)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def check_list(
    path: Path, *, list_bytes: int = LIST_BYTES, progress: TagProgress | None = None
) -> ListReport:
    """Read a list and say what is in it; `progress` tells other threads how far that is. Blocking.

    Raises TagListError for what is no list, is packed, is too large, or holds nothing to use.
    """
    refuse_packed(path)
    index = TagIndex.build([(path, "list", None)], list_bytes=list_bytes, progress=progress)
    report = ListReport.of(index.reports()[0])
    if report.error:
        raise TagListError(f"The file was not taken: {report.error}.")
    if not report.tags and not report.links and not _only_names(report):
        raise TagListError("The file was not taken: no row of it is a tag.", details=report.as_json())
    return report


def _only_names(report: ListReport) -> bool:
    """A list of aliases or other names belongs to tags of other lists."""
    return any(example["why"] == "its tag is in no list" for example in report.examples)


def temporary(data: Path) -> Path:
    """A name beside the lists that is never taken for a list. Blocking: makes the folder."""
    (data / FOLDER).mkdir(parents=True, exist_ok=True)
    return data / FOLDER / f".incoming.{secrets.token_hex(8)}.tmp"


def keep(data: Path, incoming: Path, name: str) -> Path:
    """Put a checked file in its place; a list of that name is replaced. Blocking."""
    place = data / FOLDER / safe_name(name)
    return incoming.replace(place)


def discard(incoming: Path) -> None:
    """Remove what was not taken. Blocking."""
    with contextlib.suppress(FileNotFoundError):
        incoming.unlink()


def import_file(data: Path, source: Path, progress: TagProgress | None = None) -> tuple[Path, ListReport]:
    """Check a file and copy it into `tags/`. Blocking; raises TagListError or OSError."""
    name = safe_name(source.name)
    report = check_list(source, progress=progress)
    incoming = temporary(data)
    try:
        shutil.copyfile(source, incoming)
        return keep(data, incoming, name), report
    finally:
        discard(incoming)
