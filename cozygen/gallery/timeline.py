"""Months of a listing, in somebody's time zone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cozygen.errors import InvalidError

NANOS: Final = 1_000_000_000
# Clocks that were wrong must not cost a month for every month since the Big Bang.
EARLIEST: Final = datetime(1970, 1, 1, tzinfo=timezone.utc)
LATEST: Final = datetime(2200, 1, 1, tzinfo=timezone.utc)


def zone(name: str) -> tzinfo:
    """The time zone of that name. Raises InvalidError."""
    if name.upper() == "UTC":
        return timezone.utc
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidError("tz takes the name of a time zone, such as Europe/Berlin.") from error


def month_borders(latest: int, earliest: int, place: tzinfo) -> list[int]:
    """Starts of the months from `latest` down to `earliest`, all in nanoseconds.

    What lies outside 1970 to 2200 is counted with the first or last month.
    """
    at, end = _clamped(latest).astimezone(place), _clamped(earliest).astimezone(place)
    year, month = at.year, at.month
    borders = []
    while (year, month) >= (end.year, end.month):
        start = datetime(year, month, 1, tzinfo=place)
        borders.append(int(start.timestamp()) * NANOS)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if borders:
        borders[-1] = min(borders[-1], earliest)
    return borders


def _clamped(nanos: int) -> datetime:
    seconds = min(max(nanos // NANOS, int(EARLIEST.timestamp())), int(LATEST.timestamp()))
    return datetime.fromtimestamp(seconds, timezone.utc)


def months(
    counts: Iterable[tuple[int, int]], place: tzinfo, *, oldest_first: bool = False
) -> list[dict[str, Any]]:
    """`{"month", "count", "offset"}` in the order of the grid, without empty months."""
    filled = [(border, count) for border, count in counts if count]
    if oldest_first:
        filled.reverse()
    found, offset = [], 0
    for border, count in filled:
        moment = _clamped(border).astimezone(place)
        found.append({"month": f"{moment.year:04}-{moment.month:02}", "count": count, "offset": offset})
        offset += count
    return found
