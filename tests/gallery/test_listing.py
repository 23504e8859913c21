"""What a person sees in the gallery's listing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Client, ClientFactory, error_of
from tests.gallery.files import GRAPH, graph_png, put


async def listed(client: Client, **query: Any) -> dict[str, Any]:
    reply = await client.get("/cozygen/api/gallery", params={k: str(v) for k, v in query.items()})
    assert reply.status == 200, await reply.text()
    return dict(await reply.json())


def names(body: dict[str, Any]) -> list[str]:
    return [item["filename"] for item in body["items"]]


@pytest.fixture
def library(output: Path) -> Path:
    """Some files in some folders."""
    put(output, "old.png", mtime=1000.5)
    put(output, "new.png", graph_png(), mtime=3000.25)
    put(output, "clip.webm", b"\x1aE\xdf\xa3", mtime=2000)
    put(output, "song.flac", b"fLaC", mtime=1500)
    put(output, "notes.txt", b"no media")
    put(output, "b/inside.jpg", b"\xff\xd8\xff", mtime=5000)
    put(output, "a/deep/er.png", mtime=4000)
    put(output, ".hidden.png", mtime=9000)
    put(output, ".secret/x.png", mtime=9000)
    return output


async def test_folders_come_first_by_name_then_files_newest_first(library: Path, client: Client) -> None:
    body = await listed(client)
    assert names(body) == ["a", "b", "new.png", "clip.webm", "song.flac", "old.png"]
    assert body["items"][0] == {
        "filename": "a",
        "type": "directory",
        "subfolder": "a",
        "mtime": pytest.approx((library / "a").stat().st_mtime),
    }
    assert (body["total_items"], body["total_pages"], body["page"], body["per_page"]) == (6, 1, 1, 20)
    assert body["total_is_exact"] is True


async def test_an_item_has_every_member_of_the_contract(library: Path, client: Client) -> None:
    item = (await listed(client, include_meta=1))["items"][2]
    assert item["mtime"] == 3000.25
    assert (item["type"], item["kind"], item["subfolder"]) == ("output", "image", "")
    assert (item["width"], item["height"], item["size"]) == (4, 3, (library / "new.png").stat().st_size)
    assert (item["favorite"], item["rating"], item["tags"]) == (False, 0, [])
    assert item["thumb"].startswith("thumb?filename=new.png&v=")
    assert item["url"].startswith(f"media/{item['id']}?v=")
    assert item["meta"] == {
        "has_prompt": True,
        "prompt": "a cat",
        "negative": "blurry, a very long negative",
        "model": "sub/dream.safetensors",
        "models": ["sub/dream.safetensors"],
        "loras": ["ink.safetensors"],
        "lora_strengths": {"ink.safetensors": 0.8},
        "seed": str(2**64 - 1),
        "sampler": "euler",
        "scheduler": "karras",
        "steps": 20,
        "cfg": 7.5,
        "source": "comfyui",
    }


async def test_recursive_lists_files_of_all_folders(library: Path, client: Client) -> None:
    body = await listed(client, recursive="TRUE")
    assert names(body) == ["inside.jpg", "er.png", "new.png", "clip.webm", "song.flac", "old.png"]
    assert [item["subfolder"] for item in body["items"][:3]] == ["b", "a/deep", ""]


async def test_hidden_names_are_shown_only_when_asked_for(library: Path, client: Client) -> None:
    body = await listed(client, recursive=1, show_hidden=1)
    assert sorted(names(body)) == sorted(
        ["inside.jpg", "er.png", "new.png", "clip.webm", "song.flac", "old.png", ".hidden.png", "x.png"]
    )
    assert ".secret" in names(await listed(client, show_hidden="yes"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image", ["new.png", "old.png"]),
        ("VIDEO", ["clip.webm"]),
        ("audio", ["song.flac"]),
        ("", ["new.png", "clip.webm", "song.flac", "old.png"]),
        ("other", ["new.png", "clip.webm", "song.flac", "old.png"]),
    ],
)
async def test_kinds(library: Path, client: Client, kind: str, expected: list[str]) -> None:
    body = await listed(client, kind=kind)
    assert [i["filename"] for i in body["items"] if i["type"] != "directory"] == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("oldest", ["old.png", "song.flac", "clip.webm", "new.png", "er.png", "inside.jpg"]),
        ("name", ["clip.webm", "er.png", "inside.jpg", "new.png", "old.png", "song.flac"]),
        ("rating", ["inside.jpg", "er.png", "new.png", "clip.webm", "song.flac", "old.png"]),
    ],
)
async def test_sorts(library: Path, client: Client, sort: str, expected: list[str]) -> None:
    assert names(await listed(client, recursive=1, sort=sort)) == expected


async def test_a_shuffle_is_the_same_for_the_same_seed(library: Path, client: Client) -> None:
    orders = {seed: names(await listed(client, recursive=1, sort=f"random:{seed}")) for seed in range(8)}
    assert orders[3] == names(await listed(client, recursive=1, sort="random:3"))
    assert len({tuple(order) for order in orders.values()}) > 1


async def test_pages_by_number_and_by_offset_agree(output: Path, start: ClientFactory) -> None:
    for number in range(25):
        put(output, f"img_{number}.png", mtime=1000)
    client = await start()
    every = names(await listed(client, per_page=500))
    assert every == [f"img_{number}.png" for number in range(25)]
    pages = [names(await listed(client, page=page, per_page=10)) for page in (1, 2, 3, 4)]
    assert pages == [every[:10], every[10:20], every[20:], []]
    body = await listed(client, offset=7, limit=5)
    assert (names(body), body["offset"], body["total_items"]) == (every[7:12], 7, 25)
    assert names(await listed(client, page=-3, per_page=3)) == every[:3]
    assert len(names(await listed(client, per_page=0))) == 25


async def test_equal_mtimes_do_not_break_recursive_listings(output: Path, start: ClientFactory) -> None:
    for name in ("b.png", "sub/b.png", "a.png"):
        put(output, name, mtime=5)
    client = await start()
    assert names(await listed(client, recursive=1, per_page=2)) == ["a.png", "b.png"]


async def test_an_empty_folder_has_no_pages(output: Path, start: ClientFactory) -> None:
    client = await start()
    body = await listed(client)
    assert (body["items"], body["total_items"], body["total_pages"]) == ([], 0, 0)


async def test_only_the_wanted_fields(library: Path, client: Client) -> None:
    item = (await listed(client, fields="filename,url"))["items"][2]
    assert set(item) == {"id", "filename", "url"}


async def test_around_puts_an_item_into_the_middle(output: Path, start: ClientFactory) -> None:
    for number in range(50):
        put(output, f"{number:02}.png", mtime=1000 - number)
    client = await start()
    item = (await listed(client, offset=30, limit=1))["items"][0]
    body = await listed(client, around=item["id"], limit=10)
    assert body["offset"] == 25
    assert names(body)[5] == "30.png"
    backwards = await listed(client, around=item["id"], limit=10, sort="oldest")
    assert names(backwards)[5] == "30.png"


@pytest.mark.parametrize(
    "query",
    [
        {"page": "x"},
        {"page": ""},
        {"page": "1e3"},
        {"per_page": "NaN"},
        {"per_page": "٣"},
        {"page": "1.5"},
        {"page": "9" * 40},
    ],
)
async def test_h_35_bad_paging(client: Client, query: dict[str, str]) -> None:
    reply = await client.get("/cozygen/api/gallery", params=query)
    assert reply.status == 400
    assert await error_of(reply) == "bad paging"


@pytest.mark.parametrize(
    "query",
    [
        {"recursive": "maybe"},
        {"show_hidden": "2"},
        {"sort": "best"},
        {"sort": "random:x"},
        {"fields": "filename,secret"},
        {"offset": "-1"},
        {"limit": "0"},
        {"limit": "x"},
        {"generation": "x"},
        {"type": "models"},
        {"type": "../"},
    ],
)
async def test_wrong_values_are_refused(client: Client, query: dict[str, str]) -> None:
    reply = await client.get("/cozygen/api/gallery", params=query)
    assert reply.status == 400
    assert await error_of(reply) == "invalid_request"


async def test_a_missing_folder_is_not_found(library: Path, client: Client) -> None:
    for folder in ("none", "a/none", "new.png", "%2e%2e", "~", "$HOME", "*"):
        reply = await client.get("/cozygen/api/gallery", params={"subfolder": folder})
        assert (reply.status, await error_of(reply)) == (404, "not found"), folder


async def test_a_listing_by_generation_does_not_move(output: Path, start: ClientFactory) -> None:
    for number in range(6):
        put(output, f"{number}.png", mtime=1000 + number)
    client = await start()
    first = await listed(client, limit=3)
    again = await listed(client, offset=3, limit=3, generation=first["generation"])
    assert names(first) + names(again) == ["5.png", "4.png", "3.png", "2.png", "1.png", "0.png"]
    for generation in (first["generation"] + 1000, 0):
        reply = await client.get("/cozygen/api/gallery", params={"generation": str(generation)})
        if generation:
            assert (reply.status, await error_of(reply)) == (409, "reset")


async def test_item_by_id(library: Path, client: Client) -> None:
    item = (await listed(client))["items"][2]
    reply = await client.get(f"/cozygen/api/gallery/item/{item['id']}")
    body = await reply.json()
    assert body["meta"]["prompt"] == "a cat"
    assert {name: body[name] for name in item} == {**item, "width": 4, "height": 3}
    for unknown in ("0" * 16, "x", "..%2f..%2fetc"):
        reply = await client.get(f"/cozygen/api/gallery/item/{unknown}")
        assert (reply.status, await error_of(reply)) == (404, "not found")


async def test_the_prompt_of_a_file(output: Path, start: ClientFactory) -> None:
    graph = {**GRAPH, "99": {"class_type": "X", "inputs": {}, "is_changed": [float("nan")]}}
    put(output, "sub/a.png", graph_png(graph, cozygen_prompt_raw='{"6:text": "$cat"}'))
    put(output, "plain.png")
    put(output, "notes.json", json.dumps(GRAPH).encode())
    client = await start()
    reply = await client.get("/cozygen/api/gallery/prompt", params={"filename": "a.png", "subfolder": "sub"})
    body = json.loads(await reply.text(), parse_constant=pytest.fail)
    assert body["prompt"]["3"]["inputs"]["seed"] == 2**64 - 1
    assert body["prompt"]["99"]["is_changed"] == [None]
    assert body["cozygen_prompt_raw"] == {"6:text": "$cat"}
    for name in ("plain.png", "notes.json", "none.png", "sub"):
        reply = await client.get("/cozygen/api/gallery/prompt", params={"filename": name})
        assert (reply.status, await error_of(reply)) == (404, "prompt metadata not found"), name
    reply = await client.get("/cozygen/api/gallery/prompt", params={"filename": " "})
    assert (reply.status, await error_of(reply)) == (400, "missing filename")


async def test_months_in_the_order_of_the_grid(output: Path, start: ClientFactory) -> None:
    for name, mtime in (("a", 1767225599), ("b", 1767225600), ("c", 1767300000), ("d", 1740000000)):
        put(output, f"x/{name}.png", mtime=mtime)
    client = await start()
    reply = await client.get("/cozygen/api/gallery/timeline")
    assert await reply.json() == {
        "months": [
            {"month": "2026-01", "count": 2, "offset": 0},
            {"month": "2025-12", "count": 1, "offset": 2},
            {"month": "2025-02", "count": 1, "offset": 3},
        ],
        "total": 4,
    }
    reply = await client.get("/cozygen/api/gallery/timeline?tz=Asia/Tokyo&sort=oldest")
    assert [(m["month"], m["count"]) for m in (await reply.json())["months"]] == [
        ("2025-02", 1),
        ("2026-01", 3),
    ]
    reply = await client.get("/cozygen/api/gallery/timeline?tz=../etc/passwd")
    assert reply.status == 400


async def test_m_17_absurd_dates_are_counted(output: Path, start: ClientFactory) -> None:
    for name, mtime in (("zero", 0), ("before", -86400 * 400), ("far", 2**33), ("now", 1767225600)):
        put(output, f"{name}.png", mtime=mtime)
    client = await start()
    reply = await client.get("/cozygen/api/gallery/timeline")
    assert (await reply.json())["total"] == 4
    assert names(await listed(client)) == ["far.png", "now.png", "zero.png", "before.png"]
