"""Looking through the input folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, error_of
from tests.inputs import files


@pytest.fixture
def filled(folders: FixedFolders) -> Path:
    for index, name in enumerate(
        ["b.png", "A.JPG", "notes.txt", ".hidden.png", "sub/c.webp", "Zoo/d.gif", "clip.mp4"]
    ):
        path = folders.input / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(files.encoded("PNG"))
        os.utime(path, (1_700_000_000 + index, 1_700_000_000 + index))
    return folders.input


async def listed(client: Client, **query: Any) -> dict[str, Any]:
    answer = await client.get("/cozygen/input", params={key: str(value) for key, value in query.items()})
    assert answer.status == 200, await answer.text()
    return dict(await answer.json())


def names(body: dict[str, Any]) -> list[str]:
    return [item["name"] for item in body["items"]]


async def test_folders_come_first_then_pictures_by_name(client: Client, filled: Path) -> None:
    body = await listed(client)
    assert names(body) == ["sub", "Zoo", "A.JPG", "b.png"]
    assert body["items"][3] | {"url": "", "thumb": ""} == {
        "name": "b.png",
        "rel_path": "b.png",
        "is_dir": False,
        "size": len(files.encoded("PNG")),
        "mtime": 1_700_000_000,
        "kind": "image",
        "url": "",
        "thumb": "",
    }
    folder = body["items"][0]
    assert (folder["is_dir"], folder["size"], folder["rel_path"]) == (True, 0, "sub")
    assert (body["page"], body["per_page"], body["total_pages"], body["total_items"]) == (1, 50, 1, 4)
    assert (body["cwd"], body["base"]) == ("", "input"), "no path of the machine"


async def test_endings_order_and_hidden_names_can_be_chosen(client: Client, filled: Path) -> None:
    assert names(await listed(client, exts="")) == ["sub", "Zoo", "A.JPG", "b.png", "clip.mp4", "notes.txt"]
    assert names(await listed(client, exts=".MP4, txt")) == ["sub", "Zoo", "clip.mp4", "notes.txt"]
    assert names(await listed(client, sort="newest"))[2:] == ["A.JPG", "b.png"]
    assert ".hidden.png" in names(await listed(client, show_hidden="yes"))


async def test_a_folder_is_entered_by_its_path(client: Client, filled: Path) -> None:
    for spelled in ("sub", "/sub/", "\\sub", "./sub"):
        if spelled == "./sub":
            body = await listed(client, subfolder="./sub")
        else:
            body = await listed(client, subfolder=spelled)
        assert [item["rel_path"] for item in body["items"]] == ["sub/c.webp"]
        assert body["cwd"] == "sub"


@pytest.mark.parametrize("subfolder", ["absent", "b.png", "sub/deeper"])
async def test_what_is_no_folder_is_empty(client: Client, filled: Path, subfolder: str) -> None:
    body = await listed(client, subfolder=subfolder)
    assert (body["items"], body["total_pages"], body["total_items"], body["cwd"]) == ([], 0, 0, "")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("subfolder=..", 403),
        ("subfolder=a/../..", 403),
        ("subfolder=C:%5C", 403),
        ("subfolder=a%00b", 400),
        ("page=x", 400),
        ("per_page=1.5", 400),
        ("page=%F0%9F%98%80", 400),
        ("sort=size", 400),
        ("show_hidden=7", 400),
    ],
)
async def test_p_01_questions_that_make_no_sense_are_refused(client: Client, query: str, status: int) -> None:
    answer = await client.get("/cozygen/input?" + query)
    assert answer.status == status
    await error_of(answer)


@pytest.mark.parametrize(
    ("page", "per_page", "wanted"),
    [
        ("0", "2", (1, 2)),
        ("-3", "2", (1, 2)),
        ("2", "3", (2, 3)),
        ("1", "0", (1, 500)),
        ("1", "-1", (1, 500)),
        ("1", "99999", (1, 500)),
        ("9", "2", (9, 2)),
    ],
)
async def test_pages_are_kept_within_reason(
    client: Client, filled: Path, page: str, per_page: str, wanted: tuple[int, int]
) -> None:
    body = await listed(client, page=page, per_page=per_page)
    assert (body["page"], body["per_page"]) == wanted
    assert body["total_items"] == 4
    assert names(body) == ["sub", "Zoo", "A.JPG", "b.png"][(wanted[0] - 1) * wanted[1] :][: wanted[1]]


async def test_names_that_are_not_text_and_broken_links_do_no_harm(client: Client, filled: Path) -> None:
    (filled / "dangling.png").symlink_to(filled / "absent")
    try:
        Path(os.fsdecode(os.fsencode(filled) + b"/\xff\xfe.png")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert names(await listed(client)) == ["sub", "Zoo", "A.JPG", "b.png"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("", 400, "missing path"),
        ("absent.png", 404, "not found"),
        ("sub", 404, "not found"),
        ("../x", 403, "forbidden"),
        ("sub/../../x", 403, "forbidden"),
        ("a\0b", 400, "invalid path"),
        ("//", 400, "missing path"),
    ],
)
async def test_p_01_files_that_are_not_there_or_outside(
    client: Client, filled: Path, path: str, status: int, code: str
) -> None:
    answer = await client.get("/cozygen/input/file", params={"path": path})
    assert (answer.status, await error_of(answer)) == (status, code)


async def test_p_01_a_link_out_of_the_folder_is_not_followed(
    client: Client, filled: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (filled / "link.png").symlink_to(tmp_path / "secret.png")
    assert (await client.get("/cozygen/input/file", params={"path": "link.png"})).status == 403


async def test_h_20_active_content_is_only_a_download(client: Client, filled: Path) -> None:
    (filled / "page.html").write_text("<script>alert(1)</script>")
    (filled / "art.svg").write_text("<svg onload='alert(1)'/>")
    for name in ("page.html", "art.svg", "notes.txt"):
        answer = await client.get("/cozygen/input/file", params={"path": name})
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_ranges_and_validators_work(client: Client, filled: Path) -> None:
    path = {"path": "/b.png"}
    whole = await client.get("/cozygen/input/file", params=path)
    part = await client.get("/cozygen/input/file", params=path, headers={"Range": "bytes=0-7"})
    same = await client.get(
        "/cozygen/input/file", params=path, headers={"If-None-Match": whole.headers["ETag"]}
    )
    assert (whole.status, part.status, same.status) == (200, 206, 304)
    assert await part.read() == b"\x89PNG\r\n\x1a\n"
