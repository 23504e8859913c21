"""The chaos test against a real ComfyUI, by hand: what `test_chaos.py` does with the sketch engine.

    python -m tests.remote.by_hand COMFYUI_FOLDER COMFYUI_PYTHON [--inside]

Starts that ComfyUI on the CPU and our server before it, cuts the wire between
them and kills ComfyUI at several moments of a run, and says what became of it.
No model is needed. `--inside`: our plug-in is in that ComfyUI's `custom_nodes`;
then both are killed together.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp
import aiohttp.web

from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.settings import load
from tests.remote.far import Wire

BOOT_S = 180.0


def graph(seed: int, size: int) -> dict[str, Any]:
    """A picture that takes a few seconds on a CPU."""
    number = {"param_name": "Colour", "priority": 1, "default_value": seed, "min_value": 0,
              "max_value": 16777215, "step": 1, "add_randomize_toggle": False}  # fmt: skip
    return {
        "1": {"class_type": "EmptyImage", "inputs": {"width": 256, "height": 256, "batch_size": 2,
              "color": ["9", 0]}},
        "2": {"class_type": "ImageScale", "inputs": {"image": ["1", 0], "upscale_method": "lanczos",
              "width": size, "height": size, "crop": "disabled"}},
        "3": {"class_type": "CozyGenOutput", "inputs": {"images": ["2", 0],
              "filename_prefix": f"hand/s{seed}"}},
        "9": {"class_type": "CozyGenIntInput", "inputs": number},
    }  # fmt: skip


class RealComfyUI:
    """A process that can be killed and started again on its port."""

    def __init__(self, folder: Path, python: Path, port: int, output: Path) -> None:
        self._folder, self._python, self.port, self._output = folder, python, port, output
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["--cpu", "--port", str(self.port), "--disable-auto-launch", "--disable-api-nodes"]
        self._process = await asyncio.create_subprocess_exec(
            self._python, "main.py", *options, "--output-directory", str(self._output),
            cwd=self._folder, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        give_up = time.monotonic() + BOOT_S
        async with aiohttp.ClientSession() as session:
            while time.monotonic() < give_up:
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/queue") as reply:
                        if reply.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.5)
        raise RuntimeError("ComfyUI does not start")

    async def kill(self) -> None:
        """Kill it, as a crash would."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()
            self._process = None


class Ours:
    """Our server, asked over HTTP."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self._session, self._base = session, base

    async def get(self, path: str) -> dict[str, Any]:
        """A JSON answer."""
        while True:
            try:
                async with self._session.get(self._base + path) as reply:
                    if reply.status == 200:
                        return dict(await reply.json())
            except aiohttp.ClientError:
                pass  # our server is being started again, too
            await asyncio.sleep(0.3)

    async def connected(self) -> None:
        """Wait until it follows ComfyUI."""
        for _ in range(300):
            if (await self.get("/cozygen/api/runs"))["connected"]:
                return
            await asyncio.sleep(0.2)

    async def queue(self, **order: Any) -> str:
        """Queue, again under the same key until there is an answer."""
        for _ in range(600):
            async with self._session.post(self._base + "/cozygen/api/queue", json=order) as reply:
                body = await reply.json()
                if reply.status == 200:
                    return str(body["runs"][0]["run_id"])
                if reply.status != 502:
                    raise RuntimeError(body)
            await asyncio.sleep(0.3)
        raise RuntimeError("never queued")

    async def ended(self, run_id: str) -> dict[str, Any]:
        """The run once it is over and, when it is done, its files are here."""
        give_up = time.monotonic() + BOOT_S
        while time.monotonic() < give_up:
            run = await self.get(f"/cozygen/api/runs/{run_id}")
            if run["state"] in ("failed", "cancelled") or (run["state"] == "done" and run["outputs"]):
                return run
            await asyncio.sleep(0.1)
        raise RuntimeError(f"still {run['state']}: {run}")


async def _blow(kind: str, comfyui: RealComfyUI, wire: Wire) -> None:
    if kind == "cut":
        wire.cut()
    elif kind == "outage":
        await wire.down()
        await asyncio.sleep(3)
        await wire.up()
    elif kind == "restart":
        await comfyui.kill()
        await comfyui.start()


async def _try_all(
    kinds: tuple[str, ...], ours: Ours, comfyui: RealComfyUI, wire: Wire, far: Path, here: Path
) -> int:
    wrong = 0
    seed = 0
    for kind in kinds:
        for delay in (0.0, 0.3, 1.0, 2.0, 4.0):
            seed += 1
            order = {"graph": graph(seed, 1600), "idempotency_key": f"hand-{seed}"}
            run_id = await ours.queue(**order)
            await asyncio.sleep(delay)
            await _blow(kind, comfyui, wire)
            run = await ours.ended(run_id)
            again = await ours.queue(**order)
            made, brought = _count(far, seed), _count(here, seed)
            fine = made <= 2 and (
                (run["state"] == "done" and brought == made == 2 and again == run_id)
                or (kind == "restart" and run["state"] == "failed")
            )
            if again != run_id:
                await ours.ended(again)
            wrong += not fine
            verdict = "" if fine else "WRONG"
            why = (run["error"] or {}).get("message", "")
            print(
                f"{kind:8} after {delay} s: {run['state']} made {made} brought {brought} {verdict} {why}",
                flush=True,
            )
    return wrong


def _count(folder: Path, seed: int) -> int:
    return len(list(folder.rglob(f"s{seed}_*.png")))


async def main(folder: Path, python: Path, inside: bool) -> int:
    """Run everything; how many moments went wrong."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        made = {name: root / name for name in ("data", "workflows", "models", "input", "output", "far")}
        for path in made.values():
            path.mkdir()
        ports = [Wire(lambda: 0).port for _ in range(2)]
        comfyui = RealComfyUI(folder, python, ports[0], made["far"])
        wire = Wire(lambda: comfyui.port)
        try:
            await comfyui.start()
            if inside:
                return await _follow(("none", "restart"), ports[0], comfyui, wire, made["far"], made["far"])
            await wire.up()
            return await _with_server(made, ports[1], comfyui, wire)
        finally:
            await wire.down()
            await comfyui.kill()


async def _with_server(made: dict[str, Path], port: int, comfyui: RealComfyUI, wire: Wire) -> int:
    folders = FixedFolders(made["data"], made["workflows"], made["models"], made["input"], (made["output"],))
    runner = aiohttp.web.AppRunner(create_app(load({}, {"COZYGEN_COMFYUI": wire.url}), folders))
    try:
        await runner.setup()
        await aiohttp.web.TCPSite(runner, "127.0.0.1", port).start()
        kinds = ("none", "cut", "outage", "restart")
        return await _follow(kinds, port, comfyui, wire, made["far"], made["output"])
    finally:
        await runner.cleanup()


async def _follow(
    kinds: tuple[str, ...], port: int, comfyui: RealComfyUI, wire: Wire, far: Path, here: Path
) -> int:
    async with aiohttp.ClientSession() as session:
        ours = Ours(session, f"http://127.0.0.1:{port}")
        await ours.connected()
        print(json.dumps((await ours.get("/cozygen/api/health"))["parts"]["host"]["figures"]), flush=True)
        return await _try_all(kinds, ours, comfyui, wire, far, here)


if __name__ == "__main__":
    words = argparse.ArgumentParser(description="The chaos test against a real ComfyUI.")
    words.add_argument("folder", type=Path)
    words.add_argument("python", type=Path)
    words.add_argument("--inside", action="store_true")
    given = words.parse_args()
    sys.exit(asyncio.run(main(given.folder, given.python, given.inside)))
