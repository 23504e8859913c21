"""What CozyGen costs ComfyUI's start: `python -m benchmarks.host.attach`.

Every run is a process of its own that holds what ComfyUI has loaded before its packs, then times `attach()`
(the import path; target 50 ms) and the start of the server (services built and running). A clone's very first
start compiles each module; every later one, and the wheel, find byte code.

The garbage of what was loaded before is collected first: with the million objects of torch CPython's full
collection almost never falls into this moment; in a process as small as this one it often does, and would be
half of the figure.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp.web

RUNS = 7
TARGET_MS = 50.0


def main() -> None:
    """Print medians over all runs."""
    print("| | CPU ms | wall ms | target |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as compiled:
        _child(compiled)
        later = [_child(compiled) for _ in range(RUNS)]
    first = [_child(None) for _ in range(RUNS)]
    _row("import, first start of a clone", [run["import"] for run in first], TARGET_MS)
    _row("import, every later start", [run["import"] for run in later], TARGET_MS)
    _row("server start", [run["server start"] for run in later], None)


def _row(name: str, runs: list[list[float]], target: float | None) -> None:
    cpu, wall = (statistics.median(run[part] for run in runs) for part in (0, 1))
    verdict = "none" if target is None else f"{target:.0f}: {'met' if cpu <= target else 'missed'}"
    print(f"| {name} | {cpu:.0f} | {wall:.0f} | {verdict} |")


def _child(compiled: str | None) -> dict[str, list[float]]:
    """One run; `compiled` is the folder for byte code, None does without."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    cached = {"PYTHONPYCACHEPREFIX": compiled or os.devnull}
    command = [sys.executable, "-m", "benchmarks.host.attach", "child"]
    done = subprocess.run(command, capture_output=True, check=True, env=environment | cached)
    figures: dict[str, list[float]] = json.loads(done.stdout)
    return figures


def _measure() -> None:
    import av
    import numpy.typing
    import PIL.ImageOps
    import PIL.ImageSequence
    import PIL.PngImagePlugin
    import pydantic

    from tests.host.stand_in.comfyui import running

    held = (aiohttp.web, av, numpy.typing, PIL.ImageOps, PIL.ImageSequence, PIL.PngImagePlugin, pydantic)
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), newest=True) as comfyui:
        gc.collect()
        before = _now()
        from cozygen.host.comfyui import attach

        attach("")
        attached = _since(before)
        comfyui.server.add_routes()
        before = _now()
        asyncio.run(_start(comfyui.server.app))
        print(json.dumps({"import": attached, "server start": _since(before), "held": len(held)}))


async def _start(app: aiohttp.web.Application) -> None:
    runner = aiohttp.web.AppRunner(app)
    await runner.setup()
    await runner.cleanup()


def _now() -> tuple[float, float]:
    return time.process_time(), time.perf_counter()


def _since(before: tuple[float, float]) -> tuple[float, float]:
    return (time.process_time() - before[0]) * 1000, (time.perf_counter() - before[1]) * 1000


if __name__ == "__main__":
    _measure() if "child" in sys.argv else main()
