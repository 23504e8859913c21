"""How long a save of 5,000 aliases takes: `python -m benchmarks.storage.save [folder]`.

Ours (serialise, temp, fsync, backup, replace, folder fsync, lock between
processes) beside the predecessor's way (truncate and write, nothing durable)
and beside the textbook's (temp, fsync, replace, with the standard library).
The three take turns in one run; each result is read back and compared.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from cozygen.aliases.store import ALIASES, AliasStore
from cozygen.storage.json_document import JsonDocument

AMOUNT = 5000
TURNS = 60
Save = Callable[[dict[str, Any]], Awaitable[None]]


def library(turn: int) -> dict[str, Any]:
    """Aliases of about 110 characters; every turn changes one."""
    text = "masterpiece, best quality, 1girl, silver hair, looking at viewer, rim lighting, a background, "
    items = {f"category{number % 40}::name {number}": f"{text}{number}" for number in range(AMOUNT)}
    items["category0::name 0"] = f"turn {turn}"
    return {"items": items, "categories": {}, "categoryList": [f"category{number}" for number in range(40)]}


def ours(folder: Path) -> Save:
    """The whole protocol."""
    store = AliasStore(JsonDocument(ALIASES, folder, lambda *_args, **_words: None))

    async def save(value: dict[str, Any]) -> None:
        await store.replace(value, if_match=None)

    return save


def predecessor(folder: Path) -> Save:
    """Truncate and write, on the event loop."""

    async def save(value: dict[str, Any]) -> None:
        with (folder / "aliases.json").open("w", encoding="utf-8") as file:
            json.dump(value, file, indent=2)

    return save


def textbook(folder: Path) -> Save:
    """Temp, fsync, replace, in a thread: no backup, no lock, no version."""

    def write(value: dict[str, Any]) -> None:
        temp = folder / "aliases.json.tmp"
        with temp.open("w", encoding="utf-8") as file:
            json.dump(value, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(folder / "aliases.json")
        fd = os.open(folder, os.O_RDONLY)
        os.fsync(fd)
        os.close(fd)

    async def save(value: dict[str, Any]) -> None:
        await asyncio.to_thread(write, value)

    return save


async def longest_pause(stop: asyncio.Event) -> float:
    """The longest time that the event loop did not come round, in ms."""
    worst, last = 0.0, time.perf_counter()
    while not stop.is_set():
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        worst, last = max(worst, now - last - 0.001), now
    return worst * 1000


async def timed(save: Save, value: dict[str, Any]) -> tuple[float, float]:
    """How long a save took and the loop stood still, in ms."""
    stop = asyncio.Event()
    watching = asyncio.create_task(longest_pause(stop))
    await asyncio.sleep(0.005)
    began = time.perf_counter()
    await save(value)
    took = (time.perf_counter() - began) * 1000
    stop.set()
    return took, await watching


async def main() -> None:
    """Take turns, check, print the table."""
    place = sys.argv[1] if len(sys.argv) > 1 else "."
    with tempfile.TemporaryDirectory(dir=place) as base:
        ways = {"ours": ours, "textbook": textbook, "predecessor": predecessor}
        folders = {name: Path(base) / name for name in ways}
        for folder in folders.values():
            folder.mkdir()
        savers = {name: make(folders[name]) for name, make in ways.items()}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for turn in range(TURNS):
            value = library(turn)
            for name, save in savers.items():
                times[name].append(await timed(save, value))
                stored = json.loads((folders[name] / "aliases.json").read_text("utf-8"))
                stored.pop("_cozygen", None)
                assert stored == value, name
        size = (folders["ours"] / "aliases.json").stat().st_size
    print(f"{AMOUNT} aliases, {size / 1024:.0f} KiB, {TURNS} saves each, in turn\n")
    print("| way | median ms | p95 ms | longest pause of the loop, median ms | survives a kill |")
    print("| --- | ---: | ---: | ---: | --- |")
    for name, taken in times.items():
        saves, pauses = sorted(took for took, _ in taken), sorted(pause for _, pause in taken)
        safe = "no" if name == "predecessor" else "yes"
        print(
            f"| {name} | {statistics.median(saves):.1f} | {saves[int(len(saves) * 0.95)]:.1f} "
            f"| {statistics.median(pauses):.1f} | {safe} |"
        )


if __name__ == "__main__":
    asyncio.run(main())
