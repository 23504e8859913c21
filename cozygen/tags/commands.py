"""`cozygen tags import FILE…`: lists from the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cozygen.tags.imports import ListReport, import_file
from cozygen.tags.lists import TagListError


def import_lists(data: Path, files: Sequence[Path], say: Callable[[str], None]) -> int:
    """Import each file and say what became of it; returns how many were refused."""
    refused = 0
    for number, file in enumerate(files, start=1):
        say(f"[{number}/{len(files)}] {file.name}: reading {_size(file)} …")
        try:
            place, report = import_file(data, file)
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
