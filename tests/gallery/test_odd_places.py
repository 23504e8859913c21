"""Names and places that are odd but real: each file is itself, and nothing else is reached by it."""

from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Client, ClientFactory, error_of
from tests.gallery.files import GRAPH, graph_png, png, put

# Pairs that some systems or some programs take for one.
ALIKE = [
    ("a.png", "A.png"),
    ("é.png", "é.png"),  # composed, decomposed
    ("a.png", "a\u200b.png"),
    ("paypal.png", "pаypal.png"),  # the second has a Cyrillic letter
    ("NUL.png", "CON.png"),
    ("a.png", "a .png"),
    ("$HOME.png", "~.png"),
    ("x*.png", "x?.png"),
    ("[ab].png", "b.png"),
    ("a\u202egnp.png", "agnp.png"),
    ("..png", "...png"),
]


async def listed(client: Client, **query: str) -> dict[str, dict[str, Any]]:
    reply = await client.get("/cozygen/api/gallery", params={"recursive": "1", "per_page": "500", **query})
    assert reply.status == 200
    items = (await reply.json())["items"]
    found = {f"{item['subfolder']}/{item['filename']}".lstrip("/"): item for item in items}
    assert len(found) == len(items)
    return found


@pytest.mark.parametrize(("first", "second"), ALIKE)
@pytest.mark.parametrize("place", ["alone"])
async def test_p_14_p_16_p_22_p_24_p_38_names_that_look_alike_stay_apart(
    output: Path, start: ClientFactory, first: str, second: str
) -> None:
    for number, name in enumerate((first, second)):
        put(output, name, png({"prompt": json.dumps({**GRAPH, "n": number})}, width=10 + number))
    if len(os.listdir(output)) < 2:  # noqa: PTH208 - names as they are
        pytest.skip("one name to this file system")
    client = await start()
    items = await listed(client, show_hidden="1")
    assert {name: items[name]["width"] or 10 + number for number, name in enumerate((first, second))} == {
        first: 10,
        second: 11,
    }
    for number, name in enumerate((first, second)):
        reply = await client.get("/cozygen/" + items[name]["url"])
        assert await reply.read() == (output / name).read_bytes()
        reply = await client.get("/cozygen/api/gallery/prompt", params={"filename": name})
        assert (await reply.json())["prompt"]["n"] == number
    reply = await client.post("/cozygen/api/gallery/delete", json={"filename": first})
    assert reply.status == 200
    assert (output / second).exists()
    assert not (output / first).exists()


@pytest.mark.parametrize(
    "name", ["a.png.", "a.png ", "a.png:stream", "a.png::$DATA", "PROGRA~1", "A.PNG", "%61.png"]
)
@pytest.mark.parametrize("place", ["alone"])
async def test_p_15_p_16_p_17_a_name_that_means_a_file_elsewhere_means_none_here(
    output: Path, start: ClientFactory, name: str
) -> None:
    put(output, "a.png", graph_png())
    client = await start()
    reply = await client.get("/cozygen/api/gallery/prompt", params={"filename": name})
    assert reply.status in (400, 403, 404)
    await error_of(reply)
    reply = await client.post("/cozygen/api/gallery/delete", json={"filename": name})
    assert reply.status in (400, 403, 404)
    assert (output / "a.png").exists()


async def test_p_29_an_output_folder_that_is_a_link_is_followed_once(
    output: Path, start: ClientFactory, tmp_path: Path
) -> None:
    real = tmp_path / "other disk"
    put(real, "sub/a.png", graph_png())
    output.rmdir()
    output.symlink_to(real)
    client = await start()
    items = await listed(client)
    assert set(items) == {"sub/a.png"}
    assert (await client.get("/cozygen/" + items["sub/a.png"]["url"])).status == 200
    reply = await client.post("/cozygen/api/gallery/delete", json={"filename": "a.png", "subfolder": "sub"})
    assert reply.status == 200
    assert not (real / "sub" / "a.png").exists()
    assert (real / ".cozygen-trash").is_dir()


@pytest.mark.parametrize("place", ["alone"])
async def test_p_34_of_a_hard_link_only_this_name_goes(
    output: Path, start: ClientFactory, tmp_path: Path
) -> None:
    elsewhere = put(tmp_path / "elsewhere", "a.png", graph_png())
    os.link(elsewhere, output / "b.png")
    client = await start()
    assert set(await listed(client)) == {"b.png"}
    assert (await client.post("/cozygen/api/gallery/delete", json={"filename": "b.png"})).status == 200
    assert (await (await client.post("/cozygen/api/trash/empty", json={})).json())["deleted"] == 1
    assert elsewhere.read_bytes() == graph_png()


@pytest.mark.parametrize("place", ["alone"])
async def test_p_36_p_39_endless_paths_are_refused_and_of_doubled_names_the_first_counts(
    output: Path, start: ClientFactory
) -> None:
    put(output, "a.png", graph_png())
    client = await start()
    reply = await client.post(
        "/cozygen/api/gallery/delete", json={"filename": "x.png", "subfolder": "a/" * 10_000}
    )
    assert reply.status in (400, 404)
    await error_of(reply)
    put(output.parent, "b.png", graph_png())
    reply = await client.get("/cozygen/api/gallery/prompt?filename=a.png&filename=../b.png")
    assert reply.status == 200
    reply = await client.get("/cozygen/api/gallery/prompt?filename=../b.png&filename=a.png")
    assert (reply.status, await error_of(reply)) == (403, "forbidden")


@pytest.mark.parametrize("place", ["alone"])
async def test_p_42_hidden_files_are_shown_only_if_media_and_asked_for(
    output: Path, start: ClientFactory
) -> None:
    for name in (".git/config", ".env", "__pycache__/a.pyc", "sub/.secret"):
        put(output, name, b"secret")
    put(output, ".dot.png")
    put(output, ".folder/in.png")
    client = await start()
    assert await listed(client) == {}
    assert set(await listed(client, show_hidden="1")) == {".dot.png", ".folder/in.png"}
    for name in (".env", ".git/config"):
        reply = await client.get("/cozygen/api/gallery/prompt", params={"filename": name})
        assert reply.status == 404
        assert "secret" not in await reply.text()


@pytest.mark.parametrize("place", ["alone"])
async def test_p_46_pipes_sockets_and_devices_in_the_way_block_nobody(
    output: Path, start: ClientFactory
) -> None:
    for name in ("pipe.png", "folder.pipe"):
        os.mkfifo(output / name)
    put(output, "a.png")
    (output / "looks.png").mkdir()
    client = await start()
    began = time.monotonic()
    assert set(await listed(client)) == {"a.png"}
    for name in ("pipe.png", "folder.pipe/x.png", "looks.png"):
        reply = await client.get("/cozygen/api/gallery/prompt", params={"filename": name})
        assert reply.status in (403, 404)
        reply = await client.get("/cozygen/thumb", params={"filename": name})
        assert reply.status in (403, 404, 415)
    assert time.monotonic() - began < 20  # a blocked open would wait for ever


@pytest.mark.parametrize("place", ["alone"])
async def test_c_14_pages_of_one_generation_hold_together_while_files_come_and_go(
    output: Path, start: ClientFactory
) -> None:
    for number in range(120):
        put(output, f"old/{number:03}.png", mtime=1_700_000_000.0 + number)
    client = await start()
    first = await (await client.get("/cozygen/api/gallery?recursive=1&limit=10")).json()
    names = [item["filename"] for item in first["items"]]
    for page in range(1, 12):
        for number in range(20):
            put(output, f"new/{page}_{number}.png")
        (output / "old" / f"{page * 9:03}.png").unlink()
        await asyncio.sleep(0.15)
        query = {
            "recursive": "1",
            "limit": "10",
            "offset": str(page * 10),
            "generation": str(first["generation"]),
        }
        reply = await client.get("/cozygen/api/gallery", params=query)
        assert reply.status == 200
        names += [item["filename"] for item in (await reply.json())["items"]]
    assert names == [f"{number:03}.png" for number in reversed(range(120))]


@pytest.mark.parametrize("place", ["alone"])
async def test_c_15_delete_all_spares_what_is_younger_than_its_order(
    output: Path, start: ClientFactory
) -> None:
    put(output, "old.png", mtime=1_700_000_000.0)
    put(output, "from_the_future.png", mtime=time.time() + 3600)
    client = await start()
    reply = await client.post("/cozygen/api/gallery/delete_all", json={"confirm": "delete-all"})
    assert (await reply.json())["deleted"] == 1
    assert set(await listed(client)) == {"from_the_future.png"}


@pytest.mark.parametrize("place", ["alone"])
async def test_m_07_a_prompt_of_many_megabytes_is_cut_in_lists_and_says_so(
    output: Path, start: ClientFactory
) -> None:
    graph = json.loads(json.dumps(GRAPH))
    graph["6"]["inputs"]["text"] = "x" * 5_000_000
    put(output, "a.png", graph_png(graph))
    client = await start()
    meta = (await listed(client, include_meta="1"))["a.png"]["meta"]
    assert meta["truncated"] is True
    assert 10_000 < len(meta["prompt"]) < 40_000
    assert meta["prompt"].endswith("x…")
    reply = await client.get("/cozygen/api/gallery/prompt?filename=a.png")
    assert len((await reply.json())["prompt"]["6"]["inputs"]["text"]) == 5_000_000
