"""What CozyGen costs ComfyUI's start: `python -m benchmarks.host.attach`.

Every run is a process of its own that holds what ComfyUI has loaded before its packs, then times `attach()`
(the import path; target 50 ms) and the start of the server (services built and running).
"""

from __future__ import annotations

import asyncio
import json
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
    found = [json.loads(_child()) for _ in range(RUNS + 1)][1:]  # the first one writes the byte code
    print("| | CPU ms | wall ms | target |\n| --- | --- | --- | --- |")
    for name in ("import", "server start"):
        cpu, wall = (statistics.median(run[name][part] for run in found) for part in (0, 1))
        target = f"{TARGET_MS:.0f}: {'met' if cpu <= TARGET_MS else 'missed'}" if name == "import" else "none"
        print(f"| {name} | {cpu:.0f} | {wall:.0f} | {target} |")


def _child() -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.host.attach", "child"], capture_output=True, check=True
    ).stdout


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
