"""What the owner used, counted from the pictures that lie in the output folder."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from cozygen.tags.endpoints import OWN_USE
from tests.conftest import ClientFactory
from tests.gallery.files import GRAPH, png

TRIES = 100


def picture(prompt: str) -> bytes:
    graph = json.loads(json.dumps(GRAPH))
    graph["6"]["inputs"]["text"] = prompt
    return png({"prompt": json.dumps(graph)})


async def _used(client: Any, tag: str) -> int:
    """The count, once the library has been read."""
    for _ in range(TRIES):
        body = await (await client.get("/cozygen/api/tags/related?tag=" + tag)).json()
        if body["used"]:
            return int(body["used"])
        client.app[OWN_USE]._again = 0.0  # do not make the test wait for the next reading
        await asyncio.sleep(0.1)
    return 0


async def test_prompts_of_the_library_count_and_relate(
    start: ClientFactory, output: Path, place: str
) -> None:
    (output / "deep").mkdir()
    (output / "a.png").write_bytes(picture("1girl, (long hair:1.2), blue eyes"))
    (output / "deep" / "b.png").write_bytes(picture("1girl, long_hair, <lora:x:1>"))
    (output / "c.png").write_bytes(png())
    client = await start()
    for _ in range(TRIES):
        page = await (await client.get("/cozygen/api/gallery?recursive=1&include_meta=1")).json()
        if sum((item.get("meta") or {}).get("has_prompt", False) for item in page["items"]) == 2:
            break
        await asyncio.sleep(0.1)
    assert await _used(client, "long_hair") == 2
    related = await (await client.get("/cozygen/api/tags/related?tag=long_hair")).json()
    first = related["related"][0]
    assert (first["tag"], first["together"]) == ("1girl", 2)
    found = await (await client.get("/cozygen/api/tags/search?q=long_hair&limit=1")).json()
    assert found["items"][0]["used"] == 2
    mine = await (await client.get("/cozygen/api/tags/search?used=1")).json()
    assert {item["tag"] for item in mine["items"]} == {"1girl", "long_hair", "blue_eyes"}
