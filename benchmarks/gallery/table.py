"""Lines of the result, printed as they come."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def head(title: str) -> None:
    """The beginning of a table."""
    print(
        f"\n## {title}\n\n| what | CozyGen | peer | ratio | goal |\n| --- | --- | --- | --- | --- |",
        flush=True,
    )


def row(what: str, ours: str, *, peer: str = "", ratio: float | None = None, goal: str = "") -> None:
    """One line."""
    shown = "" if ratio is None else f"{ratio:.2f}×"
    print(f"| {what} | {ours} | {peer} | {shown} | {goal} |", flush=True)


def timed(work: Callable[[], object], rounds: int = 1) -> float:
    """Median milliseconds."""
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """Median and 99th of a hundred."""
    ordered = sorted(values)
    return f"p50 {ordered[len(ordered) // 2]:.2f}, p99 {ordered[len(ordered) * 99 // 100]:.2f} {unit}"
