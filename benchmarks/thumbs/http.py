"""`make bench-thumbs-http`: F7 and F8 over HTTP, with the lag of the event loop, peers in the same run."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.thumbs import corpus
from benchmarks.thumbs.http_load import Load, ask_all, ask_for, request
from cozygen_core import media_version

CLIENTS = 16
# What the predecessor reached on two cores, thumbnails a second.
BEFORE = {"png1024": 20.0, "png2048": 5.9, "jpeg2048": 16.0, "webp1024": 33.0}


@contextmanager
def server(kind: str, output: Path, data: Path) -> Iterator[int]:
    """A server in a process of its own; its port."""
    command = [sys.executable, "-m", "benchmarks.thumbs.http_server", kind, str(output), str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin and child.stdout
        yield int(child.stdout.readline())
        child.stdin.close()
        child.wait(20)


def gauge(port: int) -> dict[str, float]:
    """Lag since the last call, CPU time so far."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/gauge") as reply:
        told: dict[str, float] = json.load(reply)
        return told


def library(folder: Path, files: list[Path], count: int) -> list[str]:
    """So many names for these pictures: other files to a cache."""
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number in range(count):
        source = files[number % len(files)]
        names.append(f"{number:04}{source.suffix}")
        if not (folder / names[-1]).exists():
            os.link(source, folder / names[-1])
    return names


def cold(kind: str, output: Path, data: Path, names: list[str]) -> tuple[Load, dict[str, float]]:
    """Every thumbnail once, none of them made before."""
    shutil.rmtree(data, ignore_errors=True)
    wanted = [request("/cozygen/thumb?" + urlencode({"filename": name, "w": 384})) for name in names]
    with server(kind, output, data) as port:
        before = gauge(port)["cpu"]
        load = asyncio.run(ask_all(port, wanted, CLIENTS))
        told = gauge(port)
    told["cpu"] = (told["cpu"] - before) / len(names) * 1000
    assert load.statuses == {200: len(names)}, load.statuses
    return load, told


def f7(folder: Path, kinds: dict[str, list[Path]], count: int, sources: Sequence[str]) -> list[str]:
    """Cold thumbnails by sixteen clients."""
    missed = []
    print("\nF7 cold thumbnails, w=384, 16 clients")
    print("| source | server | per second | CPU ms each | lag p50 ms | p99 | max | goal |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for kind in sources:
        before = BEFORE[kind]
        some = count if kind == "png1024" else count // 3
        for name, number in (("pillow", max(16, some // 6)), ("ours", some)):
            names = library(folder / "libraries" / kind, kinds[kind], number)
            load, told = cold(name, folder / "libraries" / kind, folder / "data", names)
            goal = 150.0 if kind == "png1024" else 6 * before
            shown = f"≥ {goal:.0f}/s, p99 ≤ 50, max ≤ 250" if name == "ours" else ""
            print(
                f"| {kind} | {name} | {load.rate:.1f} | {told['cpu']:.1f} | {told['p50']} "
                f"| {told['p99']} | {told['max']} | {shown} |",
                flush=True,
            )
            if name == "ours" and (load.rate < goal or told["p99"] > 50 or told["max"] > 250):
                missed.append(f"F7 {kind}")
    return missed


def f8(folder: Path, kinds: dict[str, list[Path]], rounds: int, seconds: float) -> list[str]:
    """A thumbnail that is there, and one that the browser has, beside bare aiohttp."""
    output, data, bare = folder / "libraries" / "png1024", folder / "data8", folder / "bare"
    name = library(output, kinds["png1024"], 1)[0]
    state = (output / name).stat()
    version = media_version(state.st_size, state.st_mtime_ns)
    address = "/cozygen/thumb?" + urlencode({"filename": name, "w": 384, "v": version})
    bare.mkdir(exist_ok=True)
    with server("ours", output, data) as ours:
        with urllib.request.urlopen(f"http://127.0.0.1:{ours}{address}") as reply:
            body, tag = reply.read(), reply.headers["ETag"]
        (bare / "body").write_bytes(body)
        with server("bare", output, bare) as peer:
            ports = {"ours": ours, "bare": peer}
            ways = {"cached": request(address), "304": request(address, **{"If-None-Match": tag})}
            print(f"\nF8 16 clients, {len(body)} bytes, {rounds} rounds of {seconds:g} s in turn")
            print("| answer | server | per second | CPU µs each | ratio to bare aiohttp (CPU) | goal |")
            print("| --- | --- | --- | --- | --- | --- |")
            missed = []
            for way, wanted in ways.items():
                found = turns(ports, wanted, rounds, seconds)
                if not report(way, found):
                    missed.append(f"F8 {way}")
            return missed


Rates = dict[str, list[tuple[float, float]]]


def turns(ports: dict[str, int], wanted: bytes, rounds: int, seconds: float) -> Rates:
    """Answers a second and CPU microseconds each, per server and round."""
    found: Rates = {name: [] for name in ports}
    for number in range(rounds):
        for name in list(ports) if number % 2 else list(reversed(ports)):
            before = gauge(ports[name])["cpu"]
            load = asyncio.run(ask_for(ports[name], wanted, CLIENTS, seconds))
            spent = gauge(ports[name])["cpu"] - before
            assert len(load.statuses) == 1, load.statuses
            found[name].append((load.rate, spent / sum(load.statuses.values()) * 1e6))
    return found


def report(way: str, found: Rates) -> bool:
    """Print both servers; whether ours reaches 0.8 of the bare one."""
    pairs: Any = zip(found["bare"], found["ours"], strict=True)
    ratios = [(ours[0] / bare[0], bare[1] / ours[1]) for bare, ours in pairs]
    rate, cpu = (statistics.median(part) for part in zip(*ratios, strict=True))
    for name, values in found.items():
        per_second, spent = (statistics.median(part) for part in zip(*values, strict=True))
        shown = f"{rate:.2f} ({cpu:.2f})" if name == "ours" else "1"
        goal = "≥ 0.8" if name == "ours" else ""
        print(f"| {way} | {name} | {per_second:.0f} | {spent:.0f} | {shown} | {goal} |", flush=True)
    return bool(rate >= 0.8)


def storm(folder: Path, kinds: dict[str, list[Path]], count: int) -> None:
    """A thousand wishes at once: lag of the loop, and how long a page of the gallery took meanwhile."""
    names = library(folder / "libraries" / "png1024", kinds["png1024"], count)
    shutil.rmtree(folder / "data", ignore_errors=True)
    wanted = [request("/cozygen/thumb?" + urlencode({"filename": name, "w": 384})) for name in names]
    pages = [request("/cozygen/api/gallery?per_page=60")] * 50
    with server("ours", folder / "libraries" / "png1024", folder / "data") as port:
        asyncio.run(ask_all(port, pages[:1], 1))
        gauge(port)

        async def both() -> tuple[Load, Load]:
            load, seen = await asyncio.gather(ask_all(port, wanted, 200), ask_all(port, pages, 1))
            return load, seen

        load, seen = asyncio.run(both())
        told = gauge(port)
    waits = sorted(wait * 1000 for wait in seen.waits)
    print(f"\nStorm: {len(names)} cold thumbnails, 200 clients at once: {load.statuses}, {load.rate:.0f}/s")
    print(f"lag of the event loop: p50 {told['p50']} ms, p99 {told['p99']} ms, max {told['max']} ms")
    print(f"pages of the gallery meanwhile: p50 {waits[25]:.1f} ms, max {waits[-1]:.1f} ms")


def main() -> int:
    """Print the tables; the exit code tells whether all goals are met."""
    parser = argparse.ArgumentParser(prog="benchmarks.thumbs.http")
    parser.add_argument("--corpus", type=Path, default=Path(".build/bench-thumbs"))
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--only", nargs="+", choices=("f7", "storm", "f8"), default=("f7", "storm", "f8"))
    parser.add_argument("--sources", nargs="+", choices=BEFORE, default=tuple(BEFORE), help="of f7")
    options = parser.parse_args()
    folder = options.corpus.absolute()
    kinds = corpus.make(folder, options.files)
    print(f"load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    missed = f7(folder, kinds, options.count, options.sources) if "f7" in options.only else []
    if "storm" in options.only:
        storm(folder, kinds, options.count * 2)
    if "f8" in options.only:
        missed += f8(folder, kinds, options.rounds, options.seconds)
    print(f"load at the end: {os.getloadavg()[0]:.1f}")
    print("all goals met" if not missed else f"MISSED: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
