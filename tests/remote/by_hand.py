"""The loop against a real ComfyUI, by hand: what the tests do with the sketch engine.

    python -m tests.remote.by_hand COMFYUI_FOLDER COMFYUI_PYTHON [--inside] [--browse]

Starts that ComfyUI on the CPU in a base directory of its own, and our server
before it or (`--inside`) this checkout as its plug-in. Cuts the wire between
them, stops and kills ComfyUI at many moments of a run, and says what became of
it. No model is needed. `--browse` walks the browser journey there instead.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import shutil
import signal
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

BOOT_S = 400.0
CHECKOUT = Path(__file__).resolve().parent.parent.parent
INSIDE = ("none", "restart")
ELSEWHERE = ("none", "cut", "outage", "hang", "restart")
MOMENTS: tuple[str | float, ...] = (0.0, 0.3, 1.0, "1 file", "2 files", 4.0)


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
    """A process that can be killed and started again on its port. `base` has its folders and packs."""

    def __init__(self, folder: Path, python: Path, port: int, base: Path) -> None:
        self._folder, self._python, self.port, self._base = folder, python, port, base
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it and wait until it answers."""
        self._log = (self._base / "comfyui.log").open("ab")
        options = ["--cpu", "--port", str(self.port), "--disable-auto-launch", "--disable-api-nodes"]
        self._process = await asyncio.create_subprocess_exec(
            self._python, "main.py", *options, "--base-directory", str(self._base),
            cwd=self._folder, stdout=self._log, stderr=self._log,
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

    async def hang(self, seconds: float) -> None:
        """Let it answer nothing for a while, and end nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

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
        """The run once it is over and what it names is here."""
        give_up = time.monotonic() + BOOT_S
        while time.monotonic() < give_up:
            run = await self.get(f"/cozygen/api/runs/{run_id}")
            over = run["state"] in ("done", "failed", "cancelled")
            if over and len(run["outputs"]) == len(run["files"]):
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
    elif kind == "hang":
        await comfyui.hang(8)
    elif kind == "restart":
        await comfyui.kill()
        await comfyui.start()


async def _try_all(kinds: tuple[str, ...], ours: Ours, comfyui: RealComfyUI, wire: Wire, far: Path) -> int:
    wrong = 0
    for seed, (kind, moment) in enumerate(itertools.product(kinds, MOMENTS), start=1):
        order = {"graph": graph(seed, 1600), "idempotency_key": f"hand-{seed}"}
        run_id = await ours.queue(**order)
        await _moment(moment, far, seed)
        await _blow(kind, comfyui, wire)
        run = await ours.ended(run_id)
        again = await ours.queue(**order)
        made, shown = _whole(far, seed), len(run["outputs"])
        allowed = ("done", "failed") if kind == "restart" else ("done",)
        whole = run["state"] != "done" or (made == 2 and again == run_id)
        fine = run["state"] in allowed and shown == made and whole
        if again != run_id:
            await ours.ended(again)
        wrong += not fine
        why = (run["error"] or {}).get("message", "")
        print(f"{kind:8} {moment:>7}: {run['state']:6} made {made} shown {shown} {why}"
              f"{'' if fine else '  WRONG'}", flush=True)  # fmt: skip
    return wrong


async def _moment(moment: str | float, far: Path, seed: int) -> None:
    """Some seconds, or until so many of its files have begun to be there."""
    if isinstance(moment, float):
        await asyncio.sleep(moment)
        return
    for _ in range(2000):
        if len(list(far.rglob(f"s{seed}_*.png"))) >= int(moment.split()[0]):
            return
        await asyncio.sleep(0.005)
    raise RuntimeError(f"never: {moment}")


def _whole(folder: Path, seed: int) -> int:
    return sum(path.read_bytes()[-8:-4] == b"IEND" for path in folder.rglob(f"s{seed}_*.png"))


def _folders(root: Path, *, inside: bool) -> dict[str, Path]:
    """Folders of our server, and the base of a ComfyUI with a node that draws slowly."""
    made = {name: root / name for name in ("data", "workflows", "models", "input", "output", "base")}
    for path in made.values():
        path.mkdir()
    packs = made["base"] / "custom_nodes"
    packs.mkdir()
    (packs / "slow_picture").symlink_to(CHECKOUT / "tests" / "remote" / "pack")
    if inside:
        (packs / "CozyGen").symlink_to(CHECKOUT)
        made["workflows"] = made["base"] / "user" / "__cozygen" / "workflows"
        made["input"] = made["base"] / "input"
    return made


async def main(folder: Path, python: Path, inside: bool, browse: bool) -> int:
    """Run everything; how many moments went wrong."""
    with tempfile.TemporaryDirectory() as place:
        made = _folders(Path(place), inside=inside)
        if browse:
            for name in ("workflows", "input"):
                shutil.copytree(CHECKOUT / ".build" / "samples" / name, made[name], dirs_exist_ok=True)
        far, ports = made["base"] / "output", [Wire(lambda: 0).port for _ in range(2)]
        comfyui = RealComfyUI(folder, python, ports[0], made["base"])
        wire = Wire(lambda: comfyui.port)
        try:
            await comfyui.start()
            if inside:
                return await _follow(INSIDE, ports[0], comfyui, wire, far, browse=browse)
            await wire.up()
            return await _with_server(made, ports[1], comfyui, wire, browse=browse)
        finally:
            await wire.down()
            await comfyui.kill()


async def _with_server(
    made: dict[str, Path], port: int, comfyui: RealComfyUI, wire: Wire, *, browse: bool
) -> int:
    folders = FixedFolders(made["data"], made["workflows"], made["models"], made["input"], (made["output"],))
    runner = aiohttp.web.AppRunner(create_app(load({}, {"COZYGEN_COMFYUI": wire.url}), folders))
    try:
        await runner.setup()
        await aiohttp.web.TCPSite(runner, "127.0.0.1", port).start()
        return await _follow(ELSEWHERE, port, comfyui, wire, made["base"] / "output", browse=browse)
    finally:
        await runner.cleanup()


async def _follow(
    kinds: tuple[str, ...], port: int, comfyui: RealComfyUI, wire: Wire, far: Path, *, browse: bool
) -> int:
    async with aiohttp.ClientSession() as session:
        ours = Ours(session, f"http://127.0.0.1:{port}")
        await ours.connected()
        print(json.dumps((await ours.get("/cozygen/api/health"))["parts"]["host"]["figures"]), flush=True)
        if browse:
            return await _browse(f"http://127.0.0.1:{port}/cozygen/")
        return await _try_all(kinds, ours, comfyui, wire, far)


async def _browse(url: str) -> int:
    walk = await asyncio.create_subprocess_exec(
        "node", "e2e/run.mjs", "whole loop", cwd=CHECKOUT / "js", env={**os.environ, "COZYGEN_URL": url}
    )
    return await walk.wait()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description="The chaos test against a real ComfyUI.")
    words.add_argument("folder", type=Path)
    words.add_argument("python", type=Path)
    words.add_argument("--inside", action="store_true", help="as its plug-in, not before it")
    words.add_argument("--browse", action="store_true", help="walk the browser journey instead")
    given = words.parse_args()
    sys.exit(asyncio.run(main(given.folder, given.python, given.inside, given.browse)))
