"""GET /cozygen/thumb as a phone, a browser and a program see it."""

from __future__ import annotations

import asyncio
import io
import os
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import cozygen_core
from cozygen import api
from cozygen.http.endpoint import Access
from cozygen.thumbs.endpoints import THUMBS
from cozygen.thumbs.source import Source
from tests.conftest import Client, ClientFactory, error_of

from .pictures import chunk, ihdr, photo, png, saved

OLD = 1_700_000_000


def put(folder: Path, name: str, data: bytes, *, mtime: float = OLD) -> Path:
    """A file that was written long ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (mtime, mtime))
    return path


def version_of(path: Path) -> str:
    found = path.stat()
    return Source("output", path, found.st_size, found.st_mtime_ns).version


@pytest.fixture
def picture(output: Path) -> Path:
    return put(output, "picture.png", saved(photo(800, 600), "png"))


async def test_a_picture_becomes_a_small_jpeg(client: Client, picture: Path) -> None:
    reply = await client.get("/cozygen/thumb", params={"filename": "picture.png"})
    assert reply.status == HTTPStatus.OK
    assert reply.content_type == "image/jpeg"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(await reply.read())).size == (384, 288)


@pytest.mark.parametrize(
    ("wanted", "width"), [("1", 192), ("192", 192), ("193", 256), ("500", 512), ("700", 768), ("9999", 800)]
)
async def test_widths_are_rounded_up(client: Client, picture: Path, wanted: str, width: int) -> None:
    reply = await client.get("/cozygen/thumb", params={"filename": "picture.png", "w": wanted})
    assert Image.open(io.BytesIO(await reply.read())).width == width


async def test_webp_on_request_and_for_transparency(client: Client, picture: Path, output: Path) -> None:
    reply = await client.get("/cozygen/thumb", params={"filename": "picture.png", "format": "webp"})
    assert reply.content_type == "image/webp"
    put(output, "glass.png", saved(Image.new("RGBA", (64, 64), (9, 9, 9, 9)), "png"))
    assert (await client.get("/cozygen/thumb", params={"filename": "glass.png"})).content_type == "image/webp"


async def test_folders_may_stand_in_either_parameter_and_inputs_too(
    client: Client, output: Path, folders: Any
) -> None:
    put(output, "a/b/deep ö.png", saved(photo(20, 20), "png"))
    put(folders.input, "in.png", saved(photo(20, 20), "png"))
    for params in (
        {"filename": "a/b/deep ö.png"},
        {"filename": "deep ö.png", "subfolder": "a/b"},
        {"filename": "b\\deep ö.png", "subfolder": "a"},
        {"filename": "in.png", "type": "input"},
    ):
        assert (await client.get("/cozygen/thumb", params=params)).status == HTTPStatus.OK, params


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({}, 400, "Missing filename"),
        ({"filename": "picture.png", "w": "wide"}, 400, "invalid width"),
        ({"filename": "picture.png", "w": "1e3"}, 400, "invalid width"),
        ({"filename": "picture.png", "type": "models"}, 400, "invalid type"),
        ({"filename": "picture.png", "format": "exe"}, 400, "invalid_request"),
        ({"filename": "absent.png"}, 404, "not found"),
        ({"filename": "folder.png"}, 404, "not found"),
        ({"filename": "../secret.png"}, 403, "forbidden"),
        ({"filename": "picture.png", "subfolder": "/etc"}, 403, "forbidden"),
        ({"filename": "picture.png", "subfolder": ".."}, 403, "forbidden"),
        ({"filename": "C:\\picture.png"}, 403, "forbidden"),
        ({"filename": "a\x00.png"}, 400, "invalid path"),
        ({"filename": "page.png"}, 415, "unsupported_format"),
        ({"filename": "cut.png"}, 422, "undecodable"),
        ({"filename": "empty.png"}, 422, "undecodable"),
        ({"filename": "huge.png"}, 422, "too_large"),
    ],
)
async def test_what_is_no_picture_says_why(
    client: Client, picture: Path, output: Path, params: dict[str, str], status: int, code: str
) -> None:
    (output / "folder.png").mkdir()
    put(output.parent, "secret.png", b"secret")
    put(output, "page.png", b"<html><script>alert(1)</script>")
    put(output, "cut.png", saved(photo(50, 50), "png")[:400])
    put(output, "empty.png", b"")
    put(output, "huge.png", png(ihdr(2**31 - 1, 2**31 - 1), chunk(b"IDAT", b"")))
    reply = await client.get("/cozygen/thumb", params=params)
    assert (reply.status, await error_of(reply)) == (status, code)
    assert "no-store" in reply.headers["Cache-Control"]


async def test_too_large_names_the_setting(client: Client, output: Path) -> None:
    put(output, "huge.png", png(ihdr(30_000, 30_000), chunk(b"IDAT", b"")))
    body = await (await client.get("/cozygen/thumb", params={"filename": "huge.png"})).json()
    assert "COZYGEN_MAX_PIXELS" in body["message"]
    assert str(output) not in body["message"]


async def test_an_image_tag_gets_a_frame_that_no_cache_keeps(client: Client, output: Path) -> None:
    put(output, "cut.png", saved(photo(50, 50), "png")[:400])
    reply = await client.get(
        "/cozygen/thumb",
        params={"filename": "cut.png"},
        headers={"Accept": "image/avif,image/webp,*/*;q=0.8"},
    )
    assert reply.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert reply.content_type == "image/svg+xml"
    assert reply.headers["X-CozyGen-Reason"] == "undecodable"
    assert reply.headers["Cache-Control"] == "no-store"


async def test_an_app_that_draws_its_own_frame_gets_the_error(client: Client, output: Path) -> None:
    put(output, "cut.png", saved(photo(50, 50), "png")[:400])
    params = {"filename": "cut.png", "frame": "0"}
    reply = await client.get("/cozygen/thumb", params=params, headers={"Accept": "image/*"})
    assert (reply.status, await error_of(reply)) == (422, "undecodable")


async def test_only_a_versioned_address_is_immutable(client: Client, picture: Path) -> None:
    params = {"filename": "picture.png"}
    plain = await client.get("/cozygen/thumb", params=params)
    assert plain.headers["Cache-Control"] == "public, no-cache"
    versioned = await client.get("/cozygen/thumb", params={**params, "v": version_of(picture)})
    assert versioned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    stale = await client.get("/cozygen/thumb", params={**params, "v": "123"})
    assert stale.headers["Cache-Control"] == "public, no-cache"
    assert plain.headers["ETag"] == versioned.headers["ETag"] == stale.headers["ETag"]
    assert not plain.headers["ETag"].startswith("W/")


async def test_304_under_a_version_needs_no_disk(client: Client, picture: Path) -> None:
    params = {"filename": "picture.png", "v": version_of(picture)}
    first = await client.get("/cozygen/thumb", params=params)
    picture.unlink()
    again = await client.get(
        "/cozygen/thumb", params=params, headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status, again.headers["ETag"]) == (304, first.headers["ETag"])
    other = await client.get("/cozygen/thumb", params=params, headers={"If-None-Match": '"something"'})
    assert other.status == HTTPStatus.OK, "from memory"


async def test_without_a_version_the_file_is_looked_at(client: Client, picture: Path) -> None:
    params = {"filename": "picture.png"}
    first = await client.get("/cozygen/thumb", params=params)
    same = {"If-None-Match": first.headers["ETag"]}
    assert (await client.get("/cozygen/thumb", params=params, headers=same)).status == 304
    put(picture.parent, "picture.png", saved(photo(600, 800), "png"), mtime=OLD + 1)
    changed = await client.get("/cozygen/thumb", params=params, headers=same)
    assert changed.status == HTTPStatus.OK
    assert Image.open(io.BytesIO(await changed.read())).size == (288, 384)


async def test_a_thousand_requests_cost_one_decode(
    client: Client, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decodes: list[Path] = []
    real = cozygen_core.thumbnail

    def counted(path: Path, *args: Any, **options: Any) -> Any:
        decodes.append(path)
        return real(path, *args, **options)

    monkeypatch.setattr(cozygen_core, "thumbnail", counted)

    async def one() -> tuple[int, bytes]:
        reply = await client.get("/cozygen/thumb", params={"filename": "picture.png"})
        return reply.status, await reply.read()

    replies = await asyncio.gather(*(one() for _ in range(1000)))
    assert set(replies) == {(200, replies[0][1])}
    assert decodes == [picture]


async def test_a_broken_file_is_decoded_once_and_again_when_it_changes(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(output, "cut.png", saved(photo(50, 50), "png")[:400])
    for _ in range(3):
        assert (await client.get("/cozygen/thumb", params={"filename": "cut.png"})).status == 422
    real = cozygen_core.thumbnail
    monkeypatch.setattr(cozygen_core, "thumbnail", None)
    assert (await client.get("/cozygen/thumb", params={"filename": "cut.png", "w": "768"})).status == 422
    monkeypatch.setattr(cozygen_core, "thumbnail", real)
    put(output, "cut.png", saved(photo(50, 50), "png"), mtime=OLD + 5)
    assert path.stat().st_size > 400
    assert (await client.get("/cozygen/thumb", params={"filename": "cut.png"})).status == HTTPStatus.OK


async def test_i_69_a_file_still_being_written_is_tried_again(client: Client, output: Path) -> None:
    whole = saved(photo(50, 50), "png")
    path = output / "growing.png"
    path.write_bytes(whole[:400])
    assert (await client.get("/cozygen/thumb", params={"filename": "growing.png"})).status == 422
    stamp = path.stat()
    path.write_bytes(whole)
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert (await client.get("/cozygen/thumb", params={"filename": "growing.png"})).status == HTTPStatus.OK


async def test_clear_cache_reports_what_it_freed_and_pictures_come_back(
    client: Client, picture: Path, folders: Any
) -> None:
    await client.get("/cozygen/thumb", params={"filename": "picture.png"})
    body = await (await client.post("/cozygen/api/clear_cache")).json()
    assert (body["status"], body["files"]) == ("ok", 1)
    assert body["freed_bytes"] > 1000
    assert list((folders.data / "thumbs").rglob("*.thumb")) == []
    assert (await client.get("/cozygen/thumb", params={"filename": "picture.png"})).status == HTTPStatus.OK


async def test_the_disk_keeps_thumbnails_over_a_restart(
    start: ClientFactory, picture: Path, place: str
) -> None:
    if place == "comfyui":
        pytest.skip("one server per process there")
    first = await start()
    data = await (await first.get("/cozygen/thumb", params={"filename": "picture.png"})).read()
    second = await start()
    second.app[THUMBS].thumbs.maker.make = None  # type: ignore[method-assign,assignment]
    assert await (await second.get("/cozygen/thumb", params={"filename": "picture.png"})).read() == data


def test_the_rows_say_who_may_call() -> None:
    assert {f"{row.method} {row.path}": row.access for row in api.THUMBS} == {
        "GET /cozygen/thumb": Access.VIEW,
        "GET /cozygen/preview": Access.VIEW,
        "POST /cozygen/api/clear_cache": Access.ADMIN,
        "GET /cozygen/api/thumbs/warming": Access.VIEW,
        "POST /cozygen/api/thumbs/warming": Access.ADMIN,
    }
