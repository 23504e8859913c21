"""The same broken and hostile files over HTTP: status, error shape, and a server that goes on."""

from __future__ import annotations

import os
import socket
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.conftest import Client

from .pictures import chunk, photo, png, saved, small_png
from .test_hostile import BROKEN, CASES, LARGE, SHOWN, UNKNOWN

OLD = 1_700_000_000
#: What the core says of a file, and what whoever asked is told.
TOLD = {
    SHOWN: (200, ""),
    BROKEN: (422, "undecodable"),
    UNKNOWN: (415, "unsupported_format"),
    LARGE: (422, "too_large"),
}


def put(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    os.utime(folder / name, (OLD, OLD))


async def ask(client: Client, name: str) -> tuple[int, str]:
    """Status and error of a thumbnail; what is said and sent is looked at for every one."""
    reply = await client.get("/cozygen/thumb", params={"filename": name, "w": "192"})
    assert reply.headers["X-Content-Type-Options"] == "nosniff", name
    if reply.status == HTTPStatus.OK:
        assert reply.content_type in ("image/jpeg", "image/webp"), name
        return 200, ""
    assert reply.content_type == "application/json", name
    assert "no-store" in reply.headers["Cache-Control"], name
    body = await reply.json()
    assert isinstance(body["message"], str), name
    assert "/" not in body["message"].replace("pixels/s", ""), (name, body["message"])
    return reply.status, body["error"]


@pytest.fixture
def place() -> str:
    """What differs between the hosts is not how a file is decoded."""
    return "alone"


async def test_i_01_to_i_62_every_hostile_file_has_its_status(client: Client, output: Path) -> None:
    put(output, "whole.png", saved(photo(60, 40), "png"))
    wrong = {}
    for name, (data, allowed) in CASES.items():
        put(output, f"{name}.png", data)
        found = await ask(client, f"{name}.png")
        if found not in {TOLD[each] for each in allowed}:
            wrong[name] = found
        (output / f"{name}.png").unlink()
    assert wrong == {}
    assert await ask(client, "whole.png") == (200, "")


@pytest.mark.parametrize(
    ("case", "kind"), [("i_04", "png"), ("i_05", "jpeg"), ("i_06", "webp"), ("i_07", "gif")]
)
async def test_i_04_to_i_07_files_cut_short(client: Client, output: Path, case: str, kind: str) -> None:
    whole = saved(photo(24, 18), kind)
    found = set()
    for length in range(0, len(whole), 23):
        put(output, f"{case}-{length}.png", whole[:length])
        found.add(await ask(client, f"{case}-{length}.png"))
    assert found <= {(200, ""), (422, "undecodable"), (415, "unsupported_format")}
    assert (422, "undecodable") in found
    put(output, "whole.png", whole)
    assert await ask(client, "whole.png") == (200, "")


@pytest.mark.parametrize("size", [(1, 65_535), (65_535, 1)])
async def test_i_21_a_thread(client: Client, output: Path, size: tuple[int, int]) -> None:
    put(output, "thread.png", saved(photo(*size), "png"))
    assert await ask(client, "thread.png") == (200, "")


@pytest.mark.parametrize("orientation", [0, 1, 6, 8, 9, 65_535])
async def test_i_48_i_49_orientations(client: Client, output: Path, orientation: int) -> None:
    exif = (
        b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + orientation.to_bytes(2, "big") + b"\0" * 6
    )
    put(output, "turned.jpg", saved(photo(80, 40), "jpeg", exif=exif))
    assert await ask(client, "turned.jpg") == (200, "")


async def test_i_63_to_i_65_what_is_no_file(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (output / "folder.png").mkdir()
    os.mkfifo(output / "pipe.png")
    monkeypatch.chdir(output)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.png")
        (output / "device.png").symlink_to("/dev/zero")
        for name in ("folder.png", "pipe.png", "socket.png", "device.png"):
            assert (await ask(client, name))[0] in (403, 404, 415), name
    put(output, "whole.png", small_png(chunk(b"tEXt", b"a\0b")))
    assert await ask(client, "whole.png") == (200, "")


async def test_i_72_a_panic_costs_one_answer(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import cozygen_core

    put(output, "a.png", png())
    put(output, "b.png", small_png())

    def panic(*_args: object, **_options: object) -> None:
        raise cozygen_core.InternalError("panicked")

    with monkeypatch.context() as patched:
        patched.setattr(cozygen_core, "thumbnail", panic)
        assert await ask(client, "a.png") == (422, "undecodable")
    assert await ask(client, "b.png") == (200, "")
