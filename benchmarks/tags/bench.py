"""Tag search beside its peers: one query set, one run, answers checked against a naive scan.

`make bench-tags` (COZYGEN_TEST_DATA names the folder with the real lists) runs all parts,
`python -m benchmarks.tags.bench real` one of them. Prints tables and writes them, dated, to
benchmarks/tags/results.md. Times are wall-clock microseconds of one thread; every query is asked
in every round, peers in turn, and its fastest round counts.
"""

from __future__ import annotations

import csv
import gzip
import os
import platform
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.tags import recall, served
from benchmarks.tags.peers import TOP, Fst, Sqlite, rapidfuzz_typo
from benchmarks.tags.queries import SEED, draw
from cozygen_core import TagIndex

Ask = Callable[[str], list[str]]
DATA = Path(os.environ.get("COZYGEN_TEST_DATA", "../shared/data"))
REAL = (DATA / "danbooru_925k.csv.gz", DATA / "danbooru_other_names.csv.gz")
ROUNDS = 5
# Queries of each kind whose answers are compared with a naive scan.
CHECKED = 40
PEERS_CHECKED = 10
# Peers that take so long for one answer that they are asked fewer.
FEW = {"rapidfuzz": 6, "FST": 40}
COUNTS = {"prefix": 1000, "inside": 1000, "words": 1000, "typo": 400}

PARTS = ("real", "peers", "synthetic", "memory", "recall", "served")
KEPT = Path(__file__).parents[2] / ".build" / "bench-tags"


def main(wanted: Sequence[str] = PARTS) -> int:
    """Run the parts that are wanted, then write what all of them found last; exit 1 if an answer is wrong."""
    if not (DATA / "danbooru_925k.csv.gz").is_file():
        print(f"no tag lists at {DATA} (set COZYGEN_TEST_DATA)")
        return 2
    good = True
    for part in wanted:
        lines: list[str] = []
        with tempfile.TemporaryDirectory() as folder:
            good &= run_part(part, Path(folder), lines)
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{part}.md").write_text("\n".join([*lines, *circumstances()]) + "\n", encoding="utf-8")
    write_results()
    return 0 if good else 1


def run_part(part: str, folder: Path, lines: list[str]) -> bool:
    """One part; False if an answer is wrong."""
    if part == "real":
        return compare("925,283 tags with aliases and other names", REAL, folder, lines)
    if part == "peers":
        return compare("The same list beside the peers", REAL, folder, lines, peers=True)
    if part == "synthetic":
        synthetic = folder / "synthetic.csv"
        write_synthetic(synthetic, 2_000_000)
        return compare("2,000,000 synthetic tags", [synthetic], folder, lines)
    if part == "memory":
        measure_memory(folder, lines)
    elif part == "recall":
        recall.measure(REAL, folder, lambda line: say(lines, line))
    else:
        served.measure(REAL, folder, lambda line: say(lines, line))
    return True


def circumstances() -> list[str]:
    """When, and how busy the machine was."""
    day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return ["", f"*{day}; load of the machine meanwhile {load} on {os.cpu_count()} cores.*"]


def compare(
    title: str, lists: Sequence[Path], folder: Path, lines: list[str], *, peers: bool = False
) -> bool:
    """Build, ask, check, and append the table."""
    say(lines, f"\n## {title}\n")
    index = built(lists, folder / "cache", lines)
    names = [hit.tag for hit in index.search("", limit=len(index), nsfw="show").hits]
    askers = asked(index, names, folder, lines) if peers else {"cozygen": ours(index)}
    say(lines, "| kind | who | p50 µs | p90 µs | p99 µs | worst µs |")
    say(lines, "| --- | --- | ---: | ---: | ---: | ---: |")
    good = True
    for kind, count in COUNTS.items():
        queries = draw(names, kind, count)
        checked = queries[:: count // (PEERS_CHECKED if peers else CHECKED)]
        good &= right(kind, checked, names, askers["cozygen"][kind], lines)
        table(kind, queries, {who: asks[kind] for who, asks in askers.items() if kind in asks}, lines)
    return good


def measure_memory(folder: Path, lines: list[str]) -> None:
    """E20 at its own size: what building 1.5 million tags takes, and what searching keeps in memory."""
    say(lines, "\n## 1,500,000 synthetic tags (E20)\n")
    synthetic = folder / "synthetic.csv"
    write_synthetic(synthetic, 1_500_000)
    index = built([synthetic], folder / "cache", lines)
    names = [row.partition(",")[0] for row in synthetic.read_text("utf-8").splitlines()]
    for kind, count in COUNTS.items():
        for query in draw(names, kind, count):
            index.search(query, limit=20, nsfw="show")
    say(lines, f"- resident of the mapped list after {sum(COUNTS.values()):,} questions: {mapped():.0f} MB")


def mapped() -> float:
    """Resident memory of mapped files in MB (0 where /proc is missing)."""
    status = Path("/proc/self/status")
    found = re.search(r"RssFile:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
    return int(found.group(1)) / 1000 if found else 0.0


def built(lists: Sequence[Path], cache: Path, lines: list[str]) -> TagIndex:
    """The index, with what building and opening it cost."""
    cpu, wall, before = time.process_time(), time.perf_counter(), resident()
    TagIndex.build([(path, path.stem, None) for path in lists], cache_path=cache)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    peak = resident()
    start = time.perf_counter()
    index = TagIndex.open(cache)
    opened = (time.perf_counter() - start) * 1000
    say(
        lines,
        f"- build {wall:.2f} s, CPU {cpu:.2f} s; cache {index.size / 1e6:.1f} MB; opens in {opened:.0f} ms",
    )
    say(
        lines,
        f"- memory: {before:.0f} MB before, {peak:.0f} MB after building (resident)\n",
    )
    return index


def resident() -> float:
    """Resident memory of this process in MB (0 where /proc is missing)."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 / 1e6 if status.exists() else 0.0


def ours(index: TagIndex) -> dict[str, Ask]:
    """The core, asked for whole answers: all tiers until fifty are found."""

    def literal(query: str) -> list[str]:
        page = index.search(query, limit=TOP, nsfw="show", literal=True)
        return [hit.tag for hit in page.hits]

    def typo(query: str) -> list[str]:
        return [hit.tag for hit in index.search(query, limit=8, nsfw="show").hits]

    return {"prefix": literal, "inside": literal, "words": literal, "typo": typo}


def asked(index: TagIndex, names: list[str], folder: Path, lines: list[str]) -> dict[str, dict[str, Ask]]:
    """The core and its peers, each with the kinds it can answer."""
    start = time.perf_counter()
    sqlite = Sqlite(folder / "peer.sqlite", names)
    took, size = time.perf_counter() - start, (folder / "peer.sqlite").stat().st_size / 1e6
    say(lines, f"- SQLite: build {took:.1f} s, {size:.0f} MB")
    start = time.perf_counter()
    fst = Fst(names)
    say(lines, f"- FST (lexindex): build {time.perf_counter() - start:.1f} s\n")
    return {
        "cozygen": ours(index),
        "SQLite FTS5": {"prefix": sqlite.prefix, "inside": sqlite.inside, "words": sqlite.words},
        "FST": {"prefix": fst.prefix, "typo": fst.typo},
        "rapidfuzz": {"typo": rapidfuzz_typo(names)},
    }


def table(kind: str, queries: list[str], askers: dict[str, Ask], lines: list[str]) -> None:
    """One line for each who can answer; the slow ones get fewer queries and say so."""
    best = {who: [float("inf")] * min(FEW.get(who, len(queries)), len(queries)) for who in askers}
    for turn in range(ROUNDS):
        order = list(askers) if turn % 2 == 0 else list(askers)[::-1]
        for who in order:
            for place in range(len(best[who])):
                start = time.perf_counter()
                askers[who](queries[place])
                best[who][place] = min(best[who][place], (time.perf_counter() - start) * 1e6)
    for who, times in best.items():
        times.sort()
        p50, p90, p99 = (times[int((len(times) - 1) * share)] for share in (0.5, 0.9, 0.99))
        note = f" ({len(times)} queries)" if who in FEW else ""
        say(lines, f"| {kind} | {who}{note} | {p50:,.0f} | {p90:,.0f} | {p99:,.0f} | {times[-1]:,.0f} |")


def right(kind: str, queries: list[str], names: list[str], ask: Ask, lines: list[str]) -> bool:
    """Are the names in our answers those that a scan finds? (The tests judge misspellings.)"""
    if kind == "typo":
        return True
    known = set(names)
    for query in queries:
        normal = query.replace(" ", "_")
        tokens = [part for part in normal.replace("-", "_").split("_") if part] or [normal]
        answer = ask(query)
        scan = [name for name in names if all(token in name for token in tokens)]
        named = [name for name in answer if all(token in name for token in tokens)]
        missing = len(answer) < TOP and set(scan) - set(answer)
        if missing or not set(answer) <= known or not set(named) <= set(scan):
            say(lines, f"WRONG: {kind} {query!r}: {sorted(missing)[:3] if missing else answer[:3]}")
            return False
    return True


def write_synthetic(path: Path, count: int) -> None:
    """Names of real words in new combinations, with falling counts."""
    with gzip.open(DATA / "danbooru_925k.csv.gz", "rt", encoding="utf-8") as file:
        words = sorted({word for row in csv.reader(file) for word in row[0].split("_") if word.isalnum()})
    rng = random.Random(SEED)
    seen: set[str] = set()
    with path.open("w", encoding="utf-8") as out:
        while len(seen) < count:
            name = "_".join(rng.choice(words) for _ in range(rng.choice((1, 2, 2, 2, 3, 3))))
            if name not in seen:
                seen.add(name)
                out.write(f"{name},{rng.choice((0, 1, 1, 3, 4, 4))},{max(1, 6_000_000 // len(seen))},\n")


def say(lines: list[str], line: str) -> None:
    """Print now and keep for the file."""
    print(line, flush=True)
    lines.append(line)


def write_results() -> None:
    """The page for the repository, of what every part found last."""
    head = [
        "# Tag search beside its peers",
        "",
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}.",
        "`make bench-tags`: each query's fastest of five rounds, peers in turn. Ours answers with all",
        "tiers until 50 are found; the peers answer one kind of question each. Answers of prefix,",
        "inside and words are checked against a naive scan.",
    ]
    kept = [KEPT / f"{part}.md" for part in PARTS]
    parts = [path.read_text("utf-8").rstrip() for path in kept if path.exists()]
    notes = Path(__file__).with_name("notes.md").read_text("utf-8").rstrip()
    page = "\n".join(["\n".join(head), "", notes, *parts])
    (Path(__file__).parent / "results.md").write_text(page + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PARTS))
