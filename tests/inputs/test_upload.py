"""Uploads: what comes in is what it says, whole, and nowhere else."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import re
import resource
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData
from PIL import Image

from cozygen.errors import StorageFullError
from cozygen.host.folders import FixedFolders
from cozygen.inputs.content import PNG
from cozygen.inputs.upload import Upload, sweep
from tests.conftest import Client, ClientFactory, error_of
from tests.inputs import files
from tests.storage.faults import failing

ADDRESS = "/cozygen/upload_image"


def form(data: Any, name: str = "photo.png", field: str = "image") -> FormData:
    made = FormData()
    made.add_field(field, data, filename=name, content_type="application/octet-stream")
    return made


async def send(client: Client, data: Any, name: str = "photo.png", **query: str) -> Any:
    return await client.post(ADDRESS, data=form(data, name), params=query)


def left_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_a_picture_is_stored_and_can_be_seen(client: Client, folders: FixedFolders) -> None:
    answer = await send(client, files.encoded("PNG"), "Am Strand (1).png")
    body = await answer.json()
    assert answer.status == 200, body
    assert re.fullmatch(r"[0-9a-f-]{36}_Am_Strand_1\.png", body["filename"])
    assert body == {
        "filename": body["filename"],
        "size": len(files.encoded("PNG")),
        "path": body["filename"],
        "subfolder": "",
        "kind": "image",
        "width": 48,
        "height": 32,
    }
    assert left_in(folders.input) == [body["filename"]]
    listed = (await (await client.get("/cozygen/input")).json())["items"][0]
    assert listed["name"] == body["filename"]
    for link in (listed["url"], listed["thumb"]):
        shown = await client.get("/cozygen/" + link)
        assert (shown.status, shown.headers["Content-Type"].split("/")[0]) == (200, "image")


@pytest.mark.parametrize(
    ("make", "suffix", "kind"),
    [
        (lambda: files.encoded("JPEG"), ".jpg", "image"),
        (lambda: files.encoded("WEBP"), ".webp", "image"),
        (lambda: files.encoded("GIF"), ".gif", "image"),
        (files.mp4_with_secrets, ".mp4", "video"),
        (lambda: files.mp4_with_secrets(b"qt  "), ".mov", "video"),
        (files.webm_with_secrets, ".webm", "video"),
    ],
)
async def test_u_07_the_content_decides_the_ending(client: Client, make: Any, suffix: str, kind: str) -> None:
    body = await (await send(client, make(), "misnamed.png")).json()
    assert (body["filename"].endswith("_misnamed" + suffix), body["kind"]) == (True, kind)


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"alert(1)",
        b"<?xml version='1.0'?>",
        b"MZ" + bytes(100),
        b"PK\x03\x04" + bytes(100),
        b"import os\n",
        b"%PDF-1.7",
        b"BM" + bytes(100),
        b"II*\0" + bytes(100),
        b"\0\0\0\x1cftypavif" + bytes(100),
        bytes(4000),
        b"\x89PN",
    ],
)
async def test_u_08_u_09_other_content_is_refused_and_nothing_kept(
    client: Client, folders: FixedFolders, data: bytes
) -> None:
    answer = await send(client, data, "innocent.png")
    assert (answer.status, await error_of(answer)) == (415, "unsupported_media_type")
    assert left_in(folders.input) == []


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1"])
async def test_a_heic_photo_is_answered_with_what_to_do(client: Client, brand: bytes) -> None:
    answer = await send(client, b"\0\0\0\x18ftyp" + brand + bytes(2000), "IMG_0001.HEIC")
    assert (answer.status, await error_of(answer)) == (415, "heic")
    assert "Most Compatible" in (await answer.json())["message"]


@pytest.mark.parametrize(
    "name",
    [
        "../x.png",
        "..\\..\\x.png",
        "/etc/x.png",
        "C:\\x.png",
        "\\\\host\\share\\x.png",
        "%2e%2e%2fx.png",
        "%00x.png",
        ".png",
        "..",
        "con.png",
        "a" * 5_000 + ".png",
        "🙂.png",
        "\u202egnp.x",
        "<b>.png",
        "-rf.png",
        ".hidden.png",
    ],
)
async def test_u_03_u_04_u_28_a_name_never_leads_anywhere(
    client: Client, folders: FixedFolders, name: str
) -> None:
    answer = await send(client, files.encoded("PNG"), name)
    body = await answer.json()
    assert answer.status == 200, body
    assert re.fullmatch(r"[0-9a-f-]{36}_[\w-]{1,60}\.png", body["filename"])
    assert left_in(folders.input.parent) == ["input/" + body["filename"]] or left_in(folders.input) == [
        body["filename"]
    ]


async def test_u_05_u_26_the_same_name_many_times_is_many_files(
    client: Client, folders: FixedFolders
) -> None:
    (folders.input / "example.png").write_bytes(b"mine")
    answers = await asyncio.gather(*(send(client, files.encoded("PNG"), "example.png") for _ in range(40)))
    names = {(await answer.json())["filename"] for answer in answers}
    assert len(names) == 40
    assert (folders.input / "example.png").read_bytes() == b"mine"


async def test_u_29_a_name_goes_round(client: Client) -> None:
    stored = await (await send(client, files.encoded("PNG"), "größe & co.png")).json()
    shown = await client.get("/cozygen/input/file", params={"path": stored["path"]})
    thumb = await client.get("/cozygen/thumb", params={"type": "input", "filename": stored["filename"]})
    assert (shown.status, thumb.status) == (200, 200)


async def test_u_01_the_limit_holds_with_and_without_a_length(
    start: ClientFactory, folders: FixedFolders
) -> None:
    client = await start(COZYGEN_UPLOAD_MB="1")
    grain = Image.frombytes("RGB", (700, 700), os.urandom(700 * 700 * 3))
    big = files.encoded("PNG", grain)
    assert len(big) > 1_000_000

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(big), 65536):
            yield big[at : at + 65536]

    for body in (io.BytesIO(big), pieces()):
        answer = await send(client, body)
        assert (answer.status, await error_of(answer)) == (413, "payload_too_large")
        assert (await answer.json())["details"]["setting"] == "COZYGEN_UPLOAD_MB"
    assert left_in(folders.input) == []
    assert (await send(client, files.encoded("PNG", grain.crop((0, 0, 500, 500))))).status == 200


@pytest.mark.parametrize("make", [lambda: files.encoded("PNG"), lambda: files.encoded("JPEG")])
@pytest.mark.parametrize("metadata", ["strip", "keep"])
async def test_u_12_a_picture_that_is_cut_short_is_refused(
    client: Client, folders: FixedFolders, make: Any, metadata: str
) -> None:
    data = make()
    answer = await send(client, data[: len(data) // 2], metadata=metadata)
    assert (answer.status, await error_of(answer)) == (422, "undecodable")
    assert left_in(folders.input) == []


async def test_u_11_a_bomb_is_refused_before_it_is_unpacked(
    start: ClientFactory, folders: FixedFolders
) -> None:
    client = await start(COZYGEN_MAX_PIXELS="1000000")
    answer = await send(client, files.encoded("PNG", Image.new("1", (20_000, 20_000))))
    assert (answer.status, await error_of(answer)) == (422, "too_large")
    assert (await answer.json())["details"]["setting"] == "COZYGEN_MAX_PIXELS"
    assert left_in(folders.input) == []


async def test_u_13_nothing_is_no_picture(client: Client) -> None:
    answer = await send(client, b"")
    assert (answer.status, await error_of(answer)) == (400, "empty file")


async def test_u_14_forms_of_another_shape_are_refused(client: Client, folders: FixedFolders) -> None:
    two = form(files.encoded("PNG"))
    two.add_field("image", files.encoded("PNG"), filename="b.png")
    many = form(files.encoded("PNG"))
    for index in range(200):
        many.add_field(f"f{index}", "x")
    long = form(files.encoded("PNG"))
    long.add_field("note", "x" * 100_000)
    for made in (form(files.encoded("PNG"), field="file"), two, many, long):
        assert (await client.post(ADDRESS, data=made)).status == 400
    for body in (b"", b"--x\r\n", b"nonsense"):
        answer = await client.post(
            ADDRESS, data=body, headers={"Content-Type": "multipart/form-data; boundary=x"}
        )
        assert answer.status == 400
    assert (
        await client.post(ADDRESS, data=b"", headers={"Content-Type": "multipart/form-data"})
    ).status == 400
    assert (await client.post(ADDRESS, json={})).status == 415
    assert (await client.post(ADDRESS, data=b"x", headers={"Content-Type": "text/plain"})).status in (
        403,
        415,
    )
    assert left_in(folders.input) == []


async def test_old_clients_may_add_small_fields(client: Client) -> None:
    made = form(files.encoded("PNG"))
    made.add_field("type", "input")
    made.add_field("overwrite", "true")
    assert (await client.post(ADDRESS, data=made)).status == 200


async def test_u_15_u_16_encoded_bodies_are_refused(client: Client, folders: FixedFolders) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n"
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await client.post(ADDRESS, data=body, headers=headers)).status == 400
    zipped = {**headers, "Content-Encoding": "gzip"}
    assert (await client.post(ADDRESS, data=body, headers=zipped)).status in (400, 415)
    assert left_in(folders.input) == []


async def test_u_17_u_23_an_upload_that_is_given_up_leaves_nothing(
    client: Client, folders: FixedFolders
) -> None:
    data = files.encoded("PNG", Image.frombytes("RGB", (300, 300), os.urandom(270_000)))
    gate = asyncio.Event()

    async def half() -> AsyncIterator[bytes]:
        yield data[:150_000]
        await gate.wait()

    sending = asyncio.create_task(send(client, half()))
    for _ in range(200):
        if left_in(folders.input):
            break
        await asyncio.sleep(0.01)
    (waiting,) = left_in(folders.input)
    assert waiting.startswith(".cozygen-upload-"), "not yet visible under a picture's name"
    assert (await (await client.get("/cozygen/input", params={"exts": ""})).json())["items"] == []
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    for _ in range(200):
        if not left_in(folders.input):
            break
        await asyncio.sleep(0.01)
    assert left_in(folders.input) == []


def test_u_18_a_full_disk_at_any_step_keeps_nothing(tmp_path: Path) -> None:
    for step in range(1, 40):
        upload = Upload(tmp_path, limit=10**6, disk=failing(step, errno.ENOSPC))
        try:
            upload.write(files.png_with_secrets())
            upload.strip(PNG)
            upload.keep("a.png", PNG)
        except StorageFullError:
            upload.discard()
            assert left_in(tmp_path) == [], f"step {step}"
        else:
            assert step > 8
            return
    raise AssertionError("every step failed")


async def test_u_19_a_folder_that_cannot_be_written_is_named(client: Client, folders: FixedFolders) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    folders.input.chmod(0o500)
    answer = await send(client, files.encoded("PNG"))
    folders.input.chmod(0o700)
    assert (answer.status, await error_of(answer)) == (503, "storage_read_only")


async def test_u_20_places_and_texts_stay_out_unless_wanted(client: Client, folders: FixedFolders) -> None:
    lean = await (await send(client, files.jpeg_with_secrets(6))).json()
    kept = await (await send(client, files.jpeg_with_secrets(6), metadata="keep")).json()
    assert files.SECRET not in (folders.input / lean["filename"]).read_bytes()
    assert (folders.input / kept["filename"]).read_bytes() == files.jpeg_with_secrets(6)
    assert (lean["width"], lean["height"]) == (kept["width"], kept["height"]) == (32, 48), "turned upright"
    assert (await send(client, files.encoded("PNG"), metadata="some")).status == 400


async def test_u_21_a_file_is_never_executable(client: Client, folders: FixedFolders) -> None:
    stored = await (await send(client, files.encoded("PNG"))).json()
    mode = (folders.input / stored["filename"]).stat().st_mode
    assert mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH | stat.S_IWOTH) == 0


async def test_u_22_a_subfolder_stays_inside(client: Client, folders: FixedFolders, tmp_path: Path) -> None:
    stored = await (await send(client, files.encoded("PNG"), subfolder="faces/new")).json()
    assert stored["path"] == f"faces/new/{stored['filename']}"
    assert (folders.input / stored["path"]).is_file()
    (folders.input / "way-out").symlink_to(tmp_path)
    for bad, status in (("..", 403), ("/etc", 403), ("a/../../b", 403), ("way-out", 403), ("a\0b", 400)):
        assert (await send(client, files.encoded("PNG"), subfolder=bad)).status == status
    assert not list(tmp_path.glob("*.png"))


async def test_u_24_a_flood_is_slowed_down(client: Client) -> None:
    statuses = [(await client.post(ADDRESS, json={})).status for _ in range(80)]
    assert statuses[:55] == [415] * 55
    assert 429 in statuses
    answer = await send(client, files.encoded("PNG"))
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


async def test_u_25_big_uploads_do_not_fill_the_memory(client: Client, folders: FixedFolders) -> None:
    clip = files.mp4_with_secrets() + files.box(b"mdat", bytes(8_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(clip), 65536):
            yield clip[at : at + 65536]

    answers = await asyncio.gather(*(send(client, pieces(), "a.mp4") for _ in range(20)))
    assert [answer.status for answer in answers] == [200] * 20
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 * 1024, f"{grown} KiB more"


def test_u_17_what_a_crash_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    old, new, own = (
        tmp_path / ".cozygen-upload-1.tmp",
        tmp_path / ".cozygen-upload-2.tmp",
        tmp_path / "mine.tmp",
    )
    for path in (old, new, own):
        path.write_bytes(b"x")
    os.utime(old, (1, 1))
    os.utime(own, (1, 1))
    assert sweep(tmp_path) == 1
    assert left_in(tmp_path) == [new.name, own.name]


async def test_u_30_uploads_need_a_session(start: ClientFactory, folders: FixedFolders) -> None:
    client = await start(COZYGEN_AUTH_USER="ann", COZYGEN_AUTH_PASS="a long enough secret")
    assert (await send(client, files.encoded("PNG"))).status == 401
    assert left_in(folders.input) == []


async def test_u_30_another_site_uploads_nothing(client: Client, folders: FixedFolders) -> None:
    strange = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = await client.post(ADDRESS, data=form(files.encoded("PNG")), headers=strange)
    assert answer.status == 403
    assert left_in(folders.input) == []


async def test_what_is_uploaded_can_be_opened(client: Client, folders: FixedFolders) -> None:
    stored = await (await send(client, files.png_with_secrets())).json()
    shown = await client.get("/cozygen/input/file", params={"path": stored["path"]})
    with Image.open(io.BytesIO(await shown.read())) as image:
        assert (image.size, image.info.get("prompt")) == ((48, 32), None)
