"""Paths that must lead nowhere, at every door that takes one (P-01 to P-47), under both prefixes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import ClientResponse, FormData
from PIL import Image
from yarl import URL

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, ClientFactory

CANARY = b"CANARY-5c1b"
Door = Callable[[Client, str, str], Awaitable[ClientResponse]]

# What would leave the folder on some system.
LEAVING = {
    "P-01": ["../secret.png", "../../secret.png", "../" * 40 + "etc/passwd"],
    "P-02": ["sub/../../secret.png", "sub/./../../secret.png"],
    "P-03": ["..", "/", "../"],
    "P-07": ["/etc/passwd", "//etc/passwd", "%2Fetc%2Fpasswd"],
    "P-08": ["..\\secret.png", "..\\/secret.png", "sub\\..\\..\\secret.png"],
    "P-09": ["C:\\secret.png", "C:secret.png", "c:/secret.png"],
    "P-10": ["D:\\secret.png"],
    "P-11": ["\\\\host\\share\\secret.png", "//host/share/secret.png"],
    "P-12": ["/windows/win.ini", "\\windows\\win.ini"],
    "P-13": ["\\\\?\\C:\\secret.png", "\\\\.\\pipe\\x"],
    "P-18": ["one\0.png", "../secret.png\0.png"],
    "P-25": ["../output_private/secret.png", "../output2/secret.png", "../input2/secret.png"],
    "P-27": ["linked.png"],
    "P-28": ["linked/secret.png", "linked"],
    "P-30": ["loop/loop/loop/secret.png"],
}
# What is only an odd name: nothing of that name is there.
ODD = {
    "P-06": ["%252e%252e%252fsecret.png", "%2e%2e/secret.png"],
    "P-14": ["CON", "nul.png", "COM1", "CONIN$"],
    "P-15": ["one.png:stream", "one.png::$DATA"],
    "P-16": ["one.png.", "one.png "],
    "P-17": ["PROGRA~1/secret.png"],
    "P-19": ["one\r\nX: y.png", "\x7f.png", "\u202egnp.eno", "a\u2028b.png"],
    "P-22": ["cafe\u0301.png"],
    "P-23": ["\uff0e\uff0e\uff0fsecret.png", "\u2025/secret.png", "\u2024\u2024/secret.png"],
    "P-24": ["one\u200b.png", "\u043ene.png"],
    "P-26": ["ONE.PNG"],
    "P-31": ["nothing/one.png"],
    "P-35": ["a" * 300 + ".png", "b/" * 1500 + "one.png"],
    "P-36": ["a/" * 3000 + "one.png"],
    "P-37": ["~/secret.png", "~root/x", "$HOME/secret.png", "%APPDATA%/x"],
    "P-38": ["*.png", "on?.png", "[o]ne.png"],
    "P-42": [".git/config", ".env", "__pycache__/x.png", ".secret/secret.png"],
    "P-46": ["pipe.png", "pipe.png/x.png"],
}


@pytest.fixture
async def client(start: ClientFactory, folders: FixedFolders, tmp_path: Path) -> Client:
    """Two folders with a picture, surrounded by what must stay unseen."""
    for folder in (folders.output_roots[0], folders.input, folders.workflows):
        _furnish(folder, tmp_path)
    return await start(COZYGEN_WATCH="no")


def _furnish(folder: Path, outside: Path) -> None:
    Image.new("RGB", (8, 8), "teal").save(folder / "one.png")
    (folder / "sub").mkdir()
    for place in (
        outside,
        Path(f"{folder}2"),
        Path(f"{folder}_private"),
        folder / ".secret",
        folder / ".git",
    ):
        place.mkdir(exist_ok=True)
        shutil.copy(folder / "one.png", place / "secret.png")
        (place / "config").write_bytes(CANARY)
        with (place / "secret.png").open("ab") as picture:
            picture.write(CANARY)
    (folder / ".env").write_bytes(CANARY)
    (folder / "linked.png").symlink_to(outside / "secret.png")
    (folder / "linked").symlink_to(outside)
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe.png")


def _query(path: str, name: str, **more: str) -> Door:
    async def knock(client: Client, prefix: str, text: str) -> ClientResponse:
        return await client.get(f"{prefix}/cozygen/{path}", params={**more, name: text})

    return knock


def _segment(method: str, path: str, **sent: object) -> Door:
    async def knock(client: Client, prefix: str, text: str) -> ClientResponse:
        # Dots too, or the address would be tidied up before it is sent.
        url = f"{prefix}/cozygen/{path.format(quote(text, safe='').replace('.', '%2E'))}"
        return await client.request(method, URL(url, encoded=True), json=sent or None)

    return knock


def _body(path: str, name: str, **more: object) -> Door:
    async def knock(client: Client, prefix: str, text: str) -> ClientResponse:
        return await client.post(f"{prefix}/cozygen/{path}", json={**more, name: text})

    return knock


async def _upload(client: Client, prefix: str, text: str) -> ClientResponse:
    form = FormData()
    form.add_field("image", b"\x89PNG\r\n\x1a\n", filename="new.png", content_type="image/png")
    return await client.post(f"{prefix}/cozygen/upload_image", params={"subfolder": text}, data=form)


DOORS: dict[str, Door] = {
    "listing": _query("api/gallery", "subfolder"),
    "timeline": _query("api/gallery/timeline", "subfolder"),
    "thumb": _query("thumb", "filename", type="output"),
    "thumb of an input": _query("thumb", "filename", type="input"),
    "thumb in a folder": _query("thumb", "subfolder", filename="secret.png"),
    "preview": _query("preview", "filename", type="output"),
    "prompt": _query("api/gallery/prompt", "filename"),
    "prompt in a folder": _query("api/gallery/prompt", "subfolder", filename="secret.png"),
    "media": _segment("GET", "media/{}"),
    "input": _query("input", "subfolder"),
    "input file": _query("input/file", "path"),
    "workflow": _segment("GET", "workflows/{}"),
    "form": _segment("GET", "api/workflows/{}/form"),
    "saved workflow": _segment("PUT", "api/workflows/{}", prompt={}, workflow={}),
    "asset": _segment("GET", "assets/{}"),
    "icon": _segment("GET", "icons/{}"),
    "words": _segment("GET", "locales/{}"),
    "delete": _body("api/gallery/delete", "filename"),
    "delete in a folder": _body("api/gallery/delete", "subfolder", filename="secret.png"),
    "delete all": _body("api/gallery/delete_all", "subfolder", confirm="DELETE"),
    "upload": _upload,
}


# The input folder's listing drops leading slashes and shows an empty folder, as its clients expect;
# deleting a link removes the link and not what it leads to.
ALLOWED = {("input", case) for case in ("P-03", "P-07", "P-11", "P-12", "P-13", "P-30")} | {
    ("delete", "P-27")
}
# A hidden picture is a picture, to whoever may look.
SEEN = {("input file", ".secret/secret.png")}


def _secrets(root: Path) -> dict[Path, bytes]:
    """Everything that lies where no client may reach."""
    found = [
        path for path in root.rglob("*") if path.name in ("secret.png", "config", ".env") and path.is_file()
    ]
    return {path: path.read_bytes() for path in found}


@pytest.mark.parametrize("door", DOORS, ids=lambda name: name.replace(" ", "_"))
async def test_p_01_to_p_47_nothing_outside_is_read_written_or_removed(
    client: Client, tmp_path: Path, place: str, door: str
) -> None:
    before, wrong = _secrets(tmp_path), []
    prefixes = ("", "/api") if place == "comfyui" else ("",)
    for case, texts in (*LEAVING.items(), *ODD.items()):
        for text in texts:
            for prefix in prefixes:
                answer = await DOORS[door](client, prefix, text)
                body = await answer.read()
                least = 400 if case in LEAVING and (door, case) not in ALLOWED else 200
                seen = b"secret.png" in body or (CANARY in body and (door, text) not in SEEN)
                if not least <= answer.status < 500 or seen:
                    wrong.append((case, text[:40], prefix, answer.status, body[:120]))
    assert wrong == [], "\n".join(map(str, wrong))
    assert _secrets(tmp_path) == before


@pytest.mark.parametrize(
    "path",
    [
        "..%2fsecret.png",
        "%2e%2e/secret.png",
        "%2e%2e%2fsecret.png",
        "%252e%252e%252fsecret.png",
        "..%5csecret.png",
        "%c0%ae%c0%ae/secret.png",
        "%ff",
        "a%00.png",
    ],
)
@pytest.mark.parametrize("place_of", ["assets", "icons", "locales", "media", "workflows", "api/workflows"])
async def test_p_04_p_05_p_47_escapes_in_the_path_itself(client: Client, path: str, place_of: str) -> None:
    answer = await client.get(URL(f"/cozygen/{place_of}/{path}", encoded=True))
    assert 400 <= answer.status < 500
    assert CANARY not in await answer.read()


async def test_p_29_a_root_that_is_a_link_works(start: ClientFactory, folders: FixedFolders) -> None:
    real = folders.output_roots[0].with_name("another disk")
    folders.output_roots[0].rename(real)
    folders.output_roots[0].symlink_to(real)
    Image.new("RGB", (8, 8), "teal").save(real / "one.png")
    client = await start(COZYGEN_WATCH="no")
    body = await (await client.get("/cozygen/api/gallery")).json()
    assert [item["filename"] for item in body["items"]] == ["one.png"]
    assert (await client.get("/cozygen/thumb", params={"filename": "one.png"})).status == 200


async def test_p_34_deleting_a_hard_link_leaves_the_other_name(client: Client, output: Path) -> None:
    other = output.parent / "kept.png"
    other.hardlink_to(output / "one.png")
    answer = await client.post("/cozygen/api/gallery/delete", json={"filename": "one.png"})
    assert answer.status == 200
    assert other.is_file()
    assert not (output / "one.png").exists()


@pytest.mark.parametrize("path", ["api/gallery", "thumb", "api/gallery/prompt", "input"])
async def test_p_39_a_parameter_given_twice_reaches_nothing(client: Client, path: str) -> None:
    for name in ("filename", "subfolder"):
        url = f"/cozygen/{path}?filename=one.png&{name}=one.png&{name}=../secret.png"
        answer = await client.get(url)
        assert answer.status < 500
        assert CANARY not in await answer.read()


@pytest.mark.parametrize("value", [["a"], 1, True, None, {"a": 1}])
@pytest.mark.parametrize(
    "path", ["api/gallery/delete", "api/gallery/delete_all", "api/queue", "api/media/sign"]
)
async def test_p_40_another_type_than_text_is_400(client: Client, path: str, value: object) -> None:
    for name in ("filename", "subfolder", "workflow", "url"):
        answer = await client.post(f"/cozygen/{path}", json={name: value, "confirm": "DELETE"})
        assert 400 <= answer.status < 500
