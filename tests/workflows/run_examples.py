"""Runs the examples that need no models on a ComfyUI that is there; by hand, since CI has none.

`python -m tests.workflows.run_examples http://127.0.0.1:8188` with CozyGen installed there. Ends with 1 where
one is refused, fails, or makes no picture. Recorded 2026-11-24: all four on 0.3.64 and on 0.33.0, on the CPU.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import aiohttp

from tests.conftest import CHECKOUT

PICTURE = "example.png"
"""ComfyUI's own, in its input folder."""
_WAIT_S = 60


def with_picture(graph: dict[str, Any]) -> dict[str, Any]:
    """The graph with a picture chosen."""
    for node in graph.values():
        if node["class_type"] == "CozyGenImageInput":
            node["inputs"]["image_filename"] = PICTURE
    return graph


async def made(session: aiohttp.ClientSession, graph: dict[str, Any]) -> list[str]:
    """The pictures of a graph; empty where it was refused or failed."""
    answer = await session.post("/prompt", json={"prompt": graph})
    body = await answer.json()
    if answer.status != 200:
        print(body)
        return []
    for _ in range(2 * _WAIT_S):
        entry = (await (await session.get(f"/history/{body['prompt_id']}")).json()).get(body["prompt_id"])
        if entry:
            outputs = entry["outputs"].values() if entry["status"]["status_str"] == "success" else ()
            return [file["filename"] for output in outputs for file in output.get("images", ())]
        await asyncio.sleep(0.5)
    return []


async def main(address: str) -> int:
    """Run them all; 0 where every one made a picture."""
    missing = 0
    async with aiohttp.ClientSession(address) as session:
        for path in sorted((CHECKOUT / "example_workflows").glob("*(no models).json")):
            files = await made(session, with_picture(json.loads(path.read_text("utf-8"))))
            print(path.stem, *files or ["nothing"], sep=" | ")
            missing += not files
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1])))
