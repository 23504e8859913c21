"""Downloading several files as one archive."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from cozygen.errors import NotFoundError
from cozygen.gallery.bundle import Offers, free_name
from tests.conftest import Client, ClientFactory, error_of
from tests.gallery.files import graph_png, png, put


async def ids_of(client: Client) -> dict[str, str]:
    reply = await client.get("/cozygen/api/gallery?recursive=1&show_hidden=1")
    return {item["filename"]: item["id"] for item in (await reply.json())["items"]}


async def ask(client: Client, ids: Any, **more: Any) -> Any:
    return await client.post("/cozygen/api/gallery/zip", json={"ids": ids, **more})


async def unpacked(reply: Any) -> dict[str, bytes]:
    assert (reply.status, reply.content_type) == (200, "application/zip")
    with ZipFile(io.BytesIO(await reply.read())) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


async def test_holds_what_was_chosen_and_nothing_else(output: Path, start: ClientFactory) -> None:
    long_clip = os.urandom(900_001)
    put(output, "a.png", png(), mtime=1_700_000_000)
    put(output, "sub/a.png", graph_png())
    put(output, "sub/clip.mp4", long_clip)
    put(output, "not asked for.png")
    client = await start()
    page = (await (await client.get("/cozygen/api/gallery?recursive=1&sort=name")).json())["items"]
    chosen = [item["id"] for item in page if item["filename"] != "not asked for.png"]
    reply = await ask(client, [*chosen, chosen[0]])
    assert reply.headers["Content-Disposition"].startswith('attachment; filename="CozyGen ')
    held = await unpacked(reply)
    assert held.pop("clip.mp4") == long_clip
    assert sorted(held) == ["a (2).png", "a.png"]
    assert {len(data) for data in held.values()} == {len(png()), len(graph_png())}


async def test_a_browser_saves_it_from_an_address(output: Path, start: ClientFactory) -> None:
    put(output, "a.png")
    client = await start()
    ids = list((await ids_of(client)).values())
    offer = await (await ask(client, ids, link=True)).json()
    assert offer["count"] == 1
    for _ in range(2):  # a download that broke off is tried again
        assert list(await unpacked(await client.get("/cozygen/" + offer["url"]))) == ["a.png"]
    head = await client.head("/cozygen/" + offer["url"])
    assert (head.status, await head.read()) == (200, b"")
    missing = await client.get("/cozygen/api/gallery/zip/" + "x" * 24)
    assert (missing.status, await error_of(missing)) == (404, "download over")


async def test_what_vanished_is_named_in_the_archive(output: Path, start: ClientFactory) -> None:
    put(output, "stays.png")
    gone = put(output, "goes.png")
    client = await start(COZYGEN_WATCH="no")
    ids = list((await ids_of(client)).values())
    gone.unlink()
    held = await unpacked(await ask(client, ids))
    assert held.pop("stays.png") == png()
    assert list(held) == ["not included.txt"]
    assert b"goes.png" in held["not included.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
async def test_a_link_out_of_the_library_is_left_out(
    output: Path, tmp_path: Path, start: ClientFactory
) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    put(output, "ok.png")
    swapped = put(output, "swapped.png")
    client = await start(COZYGEN_WATCH="no")
    ids = list((await ids_of(client)).values())
    swapped.unlink()
    swapped.symlink_to(secret)
    held = await unpacked(await ask(client, ids))
    assert set(held) == {"ok.png", "not included.txt"}
    assert b"secret" not in b"".join(held.values()).replace(b"secret.png", b"")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"ids": []}, 400),
        ({"ids": "a"}, 400),
        ({"ids": [1]}, 400),
        ({"ids": ["x"] * 10_001}, 400),
        ({"ids": ["nothing of the kind"]}, 404),
        ({"ids": ["../../etc/passwd", "\u0000"]}, 404),
    ],
)
async def test_refuses(body: Any, status: int, output: Path, start: ClientFactory) -> None:
    put(output, "a.png")
    client = await start()
    reply = await client.post("/cozygen/api/gallery/zip", json=body)
    assert reply.status == status
    assert await error_of(reply)


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be on Windows")
async def test_names_that_other_systems_would_take_for_paths(output: Path, start: ClientFactory) -> None:
    put(output, "..\\..\\up.png")
    (output / os.fsdecode(b"bad-\xff.png")).write_bytes(png())
    client = await start()
    held = await unpacked(await ask(client, list((await ids_of(client)).values())))
    assert set(held) == {".._.._up.png", "bad-\ufffd.png"}


def test_names_that_meet_are_told_apart() -> None:
    taken: set[str] = set()
    assert [free_name(name, taken) for name in ("a.png", "A.png", "a.png", "a (2).png")] == [
        "a.png",
        "A (2).png",
        "a (3).png",
        "a (2) (2).png",
    ]


def test_an_offer_belongs_to_who_asked_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = Offers()
    key = offers.make("ann", ["1"])
    assert offers.ids("ann", key) == ["1"]
    with pytest.raises(NotFoundError):
        offers.ids("bob", key)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 601)
    with pytest.raises(NotFoundError):
        offers.ids("ann", key)
    monkeypatch.undo()
    for _ in range(64):
        offers.make("ann", [])
    with pytest.raises(NotFoundError):
        offers.ids("ann", key)
