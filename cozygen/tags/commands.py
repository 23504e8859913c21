"""`cozygen tags import FILE…`: lists from the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Final

from cozygen.tags.imports import ListReport, import_file
from cozygen.tags.lists import TagListError
from cozygen_core import TagProgress

_LOOK_S: Final = 0.2
_STEP: Final = 0.1
"""Of small lists nothing is said: they are read before anyone looks."""


def import_lists(data: Path, files: Sequence[Path], say: Callable[[str], None]) -> int:
    """Import each file and say what became of it; returns how many were refused."""
    refused = 0
    for number, file in enumerate(files, start=1):
        say(f"[{number}/{len(files)}] {file.name}: reading {_size(file)} …")
        try:
            place, report = _import_saying(data, file, say)
        except TagListError as error:
            say(f"  refused: {error.message}")
            refused += 1
        except OSError as error:
            say(f"  refused: the file cannot be read or kept ({error.strerror}).")
            refused += 1
        else:
            for line in describe(report):
                say(f"  {line}")
            say(f"  kept as {place.name}; a running server takes it up by itself.")
    return refused


def _import_saying(data: Path, file: Path, say: Callable[[str], None]) -> tuple[Path, ListReport]:
    """Import a file, and say meanwhile how much of it is read."""
    progress = TagProgress()
    with ThreadPoolExecutor(1) as reader:
        done = reader.submit(import_file, data, file, progress)
        _say_shares(done, progress, say)
        return done.result()


def _say_shares(
    done: Future[tuple[Path, ListReport]], progress: TagProgress, say: Callable[[str], None]
) -> None:
    said = 0.0
    while wait([done], timeout=_LOOK_S).not_done:
        if progress.share >= said + _STEP:
            said = progress.share
            say(f"  {said:.0%} read")


def describe(report: ListReport) -> list[str]:
    """The report in lines for a person."""
    lines = [f"{report.format}: {report.tags:,} tags, {report.links:,} other names"]
    if report.repeated:
        lines.append(f"{report.repeated:,} rows said again what an earlier row had said")
    if report.skipped:
        lines.append(f"{report.skipped:,} rows were left out, for example:")
        lines += [f"  line {entry['line']}: {entry['why']}: {entry['row']}" for entry in report.examples[:5]]
    return lines


def _size(file: Path) -> str:
    try:
        return f"{file.stat().st_size / 1_000_000:,.1f} MB"
    except OSError:
        return "nothing"
