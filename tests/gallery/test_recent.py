"""Pages that are handed out again, and when they are not."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

from PIL import Image

from cozygen.gallery.listing import Page
from cozygen.gallery.recent import MOST, RecentPages
from tests.conftest import Client, ClientFactory
from tests.gallery.files import graph_png, put


def page(number: int) -> Page:
    return Page(b"[]", number, 0, 1)


def test_a_page_is_handed_out_for_the_version_it_was_made_of_only() -> None:
    pages = RecentPages()
    pages.put("first", 1, page(1))
    assert pages.get("first", 1) == page(1)
    assert pages.get("first", 2) is None
    assert pages.get("second", 1) is None


def test_what_nobody_asked_for_lately_is_forgotten_first() -> None:
    pages = RecentPages()
    for number in range(MOST):
        pages.put(number, 1, page(number))
    assert pages.get(0, 1) == page(0)
    pages.put("one more", 1, page(99))
    assert pages.get(0, 1) == page(0)
    assert pages.get(1, 1) is None


async def first_item(client: Client, **query: str) -> dict[str, Any]:
    reply = await client.get("/cozygen/api/gallery", params={"recursive": "1", **query})
    assert reply.status == 200
    items: list[dict[str, Any]] = (await reply.json())["items"]
    return items[0]


async def test_the_same_question_hears_at_once_what_is_new(output: Path, start: ClientFactory) -> None:
    picture = io.BytesIO()
    Image.effect_noise((80, 60), 40).convert("RGB").save(picture, "png")
    put(output, "a.png", picture.getvalue(), mtime=1_700_000_000.0)
    client = await start()
    for _ in range(100):
        if "blur" not in (item := await first_item(client)) and item["width"] == 80:
            break
        await asyncio.sleep(0.05)
    assert (item["filename"], item["width"]) == ("a.png", 80)
    assert (await client.get("/cozygen/thumb", params={"filename": "a.png"})).status == 200
    assert (await first_item(client))["blur"]
    assert "meta" not in await first_item(client, include_meta="1")
    put(output, "b.png", graph_png())
    for _ in range(500):
        if (item := await first_item(client, include_meta="1"))["filename"] == "b.png":
            break
        await asyncio.sleep(0.02)
    assert item["meta"]["prompt"] == "a cat"
