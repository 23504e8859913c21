"""Uploaded workflow files: each judged for itself, none overwrites another, none lands elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData

from cozygen.host.folders import FixedFolders
from cozygen.workflows import upload_endpoints
from tests.conftest import Client, ClientFactory, error_of
from tests.workflows.graphs import text_to_image

ADDRESS = "/cozygen/api/workflows/upload"
GRAPH = json.dumps(text_to_image()).encode()


async def send(client: Client, *files: tuple[str, bytes], **query: str) -> Any:
    form = FormData()
    for name, data in files:
        form.add_field("files", data, filename=name, content_type="application/json")
    return await client.post(ADDRESS, data=form, params=query)


def kept(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


async def test_several_files_arrive_at_once(client: Client, folders: FixedFolders) -> None:
    answer = await send(client, ("a.json", GRAPH), ("Überblick 2.JSON", GRAPH), folder="new/deep")
    assert answer.status == 200
    assert await answer.json() == {
        "saved": [
            {"file": "a.json", "workflow": "new/deep/a.json", "already": False},
            {"file": "Überblick 2.JSON", "workflow": "new/deep/Überblick 2.json", "already": False},
        ],
        "refused": [],
    }
    assert json.loads((folders.workflows / "new/deep/a.json").read_text()) == text_to_image()
    listed = (await (await client.get("/cozygen/workflows")).json())["workflows"]
    assert listed == ["new/deep/a.json", "new/deep/Überblick 2.json"]


async def test_a_taken_name_gets_a_number_and_nothing_is_overwritten(
    client: Client, folders: FixedFolders
) -> None:
    (folders.workflows / "a.json").write_text('{"1": {"class_type": "Mine", "inputs": {}}}')
    body = await (await send(client, ("a.json", GRAPH))).json()
    assert body["saved"][0]["workflow"] == "a (2).json"
    assert "Mine" in (folders.workflows / "a.json").read_text()


async def test_the_same_file_again_is_not_kept_twice(client: Client, folders: FixedFolders) -> None:
    await send(client, ("a.json", GRAPH))
    body = await (await send(client, ("a.json", GRAPH), ("a.json", GRAPH))).json()
    assert [(one["workflow"], one["already"]) for one in body["saved"]] == [("a.json", True)] * 2
    assert kept(folders.workflows) == ["a.json"]


async def test_a_file_with_both_graphs_keeps_both(client: Client, folders: FixedFolders) -> None:
    ui = {"nodes": [], "extra": {"linearData": {"inputs": [["6", "text"]]}}}
    await send(client, ("a.json", json.dumps({"prompt": text_to_image(), "workflow": ui}).encode()))
    assert kept(folders.workflows) == [".ui/a.json", "a.json"]
    form = await (await client.get("/cozygen/api/workflows/a.json/form")).json()
    assert (form["source"], [field["input"] for field in form["fields"]]) == ("app_mode", ["text"])


async def test_a_seed_beyond_64_bits_and_nan_arrive_as_they_can(
    client: Client, folders: FixedFolders
) -> None:
    text = b'{"1": {"class_type": "A", "inputs": {"seed": 18446744073709551615, "x": NaN}}}'
    await send(client, ("a.json", text))
    stored = json.loads((folders.workflows / "a.json").read_text())
    assert stored["1"]["inputs"] == {"seed": 2**64 - 1, "x": None}


BAD: Mapping[str, tuple[str, bytes, int, str]] = {
    "broken": ("a.json", b'{"1": {', 400, "bad json"),
    "empty": ("a.json", b"", 400, "bad json"),
    "a picture": ("a.json", b"\x89PNG\r\n\x1a\n", 400, "bad json"),
    "bottomless": ("a.json", b'{"1":' * 100_000, 400, "bad json"),
    "not UTF-8": ("a.json", b'{"1": "\xff"}', 400, "bad json"),
    "the editor's format": ("a.json", b'{"nodes": [], "links": []}', 422, "ui_format"),
    "a list": ("a.json", b"[1, 2]", 422, "not_a_workflow"),
    "no node": ("a.json", b'{"a": 1}', 422, "not_a_workflow"),
    "another ending": ("a.png", GRAPH, 400, "invalid name"),
    "no ending": ("a", GRAPH, 400, "invalid name"),
    "no name": (".json", GRAPH, 400, "invalid name"),
    "only dots": ("../...json", GRAPH, 400, "invalid name"),
}


@pytest.mark.parametrize("case", BAD)
async def test_a_file_that_is_no_workflow_is_refused_by_name(
    client: Client, folders: FixedFolders, case: str
) -> None:
    name, data, status, code = BAD[case]
    answer = await send(client, (name, data))
    assert (answer.status, await error_of(answer)) == (status, code)
    assert kept(folders.workflows) == []


async def test_one_bad_file_does_not_cost_the_others(client: Client, folders: FixedFolders) -> None:
    answer = await send(client, ("good.json", GRAPH), ("bad.json", b"{"), ("ui.json", b'{"nodes": []}'))
    body = await answer.json()
    assert answer.status == 200
    assert [one["workflow"] for one in body["saved"]] == ["good.json"]
    assert [(one["file"], one["error"]) for one in body["refused"]] == [
        ("bad.json", "bad json"),
        ("ui.json", "ui_format"),
    ]
    assert all(one["message"].endswith(".") for one in body["refused"])
    assert kept(folders.workflows) == ["good.json"]


@pytest.mark.parametrize(
    ("name", "workflow"),
    [
        ("../../x.json", "x.json"),
        ("..\\..\\x.json", "x.json"),
        ("/etc/x.json", "x.json"),
        ("C:\\x.json", "x.json"),
        ("a:b*c?.json", "a_b_c_.json"),
        (".hidden.json", "hidden.json"),
        ("%2e%2e%2fx.json", "_2e_2e_2fx.json"),
        ("n" * 300 + ".json", "n" * 100 + ".json"),
        ("犬.json", "犬.json"),
    ],
)
async def test_a_name_becomes_harmless(
    client: Client, folders: FixedFolders, name: str, workflow: str
) -> None:
    body = await (await send(client, (name, GRAPH))).json()
    assert body["saved"][0]["workflow"] == workflow
    assert kept(folders.workflows) == [workflow]


@pytest.mark.parametrize("folder", ["..", "../x", "a/../..", "/etc", "C:\\x", "\\\\host\\share"])
async def test_a_folder_outside_is_refused(client: Client, folders: FixedFolders, folder: str) -> None:
    answer = await send(client, ("a.json", GRAPH), folder=folder)
    assert (answer.status, await error_of(answer)) == (403, "forbidden")
    assert kept(folders.workflows) == []


async def test_a_hidden_folder_is_refused(client: Client, folders: FixedFolders) -> None:
    answer = await send(client, ("a.json", GRAPH), folder=".ui")
    assert (answer.status, await error_of(answer)) == (400, "invalid name")


async def test_a_folder_that_is_a_link_to_elsewhere_is_refused(
    client: Client, folders: FixedFolders, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folders.workflows / "link").symlink_to(tmp_path / "elsewhere")
    answer = await send(client, ("a.json", GRAPH), folder="link")
    assert (answer.status, await error_of(answer)) == (403, "forbidden")
    assert kept(tmp_path / "elsewhere") == []


async def test_u_01_a_file_over_the_limit_is_refused_and_the_others_kept(
    client: Client, folders: FixedFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload_endpoints, "MAX_BYTES", len(GRAPH))
    over = GRAPH + b" "
    answer = await send(client, ("over.json", over))
    assert (answer.status, await error_of(answer)) == (413, "payload_too_large")
    body = await (await send(client, ("over.json", over), ("fits.json", GRAPH))).json()
    assert [one["workflow"] for one in body["saved"]] == ["fits.json"]
    assert body["refused"][0]["error"] == "payload_too_large"


async def test_too_much_in_all_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_endpoints, "UPLOAD_LIMIT", 3 * len(GRAPH))
    answer = await send(client, *((f"{number}.json", GRAPH) for number in range(5)))
    assert (answer.status, await error_of(answer)) == (413, "payload_too_large")


async def test_too_many_files_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload_endpoints, "MOST_FILES", 3)
    answer = await send(client, *((f"{number}.json", GRAPH) for number in range(4)))
    assert (answer.status, await error_of(answer)) == (400, "too_many_files")


RAW: Mapping[str, tuple[str, bytes]] = {
    "no boundary": ("multipart/form-data", GRAPH),
    "cut off": ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="f"; fi'),
    "not a form": ("multipart/form-data; boundary=x", b"hello"),
    "empty": ("multipart/form-data; boundary=x", b"--x--\r\n"),
    "encoded": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.json"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\ne30=\r\n--x--\r\n",
    ),
    "a field only": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n{}\r\n--x--\r\n',
    ),
}


@pytest.mark.filterwarnings("ignore::aiohttp.BadContentDispositionHeader")
@pytest.mark.parametrize("case", RAW)
async def test_what_is_no_form_is_refused(client: Client, folders: FixedFolders, case: str) -> None:
    kind, data = RAW[case]
    answer = await client.post(ADDRESS, data=data, headers={"Content-Type": kind})
    assert answer.status == 400
    await error_of(answer)
    assert kept(folders.workflows) == []


async def test_json_is_not_a_form(client: Client) -> None:
    answer = await client.post(ADDRESS, json={})
    assert (answer.status, await error_of(answer)) == (415, "unsupported_media_type")


async def test_an_upload_needs_the_right_to_queue(start: ClientFactory, folders: FixedFolders) -> None:
    client = await start(COZYGEN_AUTH_USER="anna", COZYGEN_AUTH_PASS="secret words")
    answer = await send(client, ("a.json", GRAPH))
    assert answer.status == 401
    assert kept(folders.workflows) == []
