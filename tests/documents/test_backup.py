from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData

from cozygen.errors import UnprocessableError
from cozygen.host.folders import FixedFolders
from cozygen.storage.archive import Archive
from cozygen.storage.document_format import DocumentFormat
from cozygen.storage.document_store import DocumentStore
from tests.conftest import Client, error_of

BACKUP = "/cozygen/api/backup"
RESTORE = "/cozygen/api/backup/restore"
ALIASES = "/cozygen/api/aliases"


def form(data: bytes, field: str = "backup", **headers: str) -> FormData:
    made = FormData()
    made.add_field(field, data, filename="x.zip", content_type="application/zip", **headers)
    return made


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


async def backup(client: Client) -> bytes:
    reply = await client.get(BACKUP)
    assert (reply.status, reply.content_type) == (200, "application/zip")
    assert reply.headers["Content-Disposition"].startswith('attachment; filename="cozygen-')
    return await reply.read()


async def test_all_documents_go_into_one_zip_and_come_back(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1"})
    await client.post("/cozygen/api/workflow_types", json={"workflow": "w", "mode": "text-to-image"})
    saved = await backup(client)
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        assert set(archive.namelist()) >= {
            "manifest.json", "aliases.json", "workflow_types.json", "workflow_presets.json",
            "prompt_raw_store.json", "library.json",
        }  # fmt: skip
        assert json.loads(archive.read("aliases.json"))["a"] == "1"
    await client.post(ALIASES, json={"b": "2"})
    reply = await client.post(RESTORE, data=form(saved))
    body = await reply.json()
    assert (reply.status, body["restored"], body["unknown"]) == (200, ["aliases"], [])
    assert await (await client.get(ALIASES)).json() == {"a": "1"}
    assert (await client.post("/cozygen/api/undo", json={"undo": body["undo"]})).status == 200
    assert await (await client.get(ALIASES)).json() == {"b": "2"}


async def test_a_zip_of_the_predecessors_files_is_restored_and_migrated(client: Client) -> None:
    preset = {"id": "1", "name": "old", "values": {}, "updated": 1, "created": 1}
    files = {
        "aliases.json": b'{"hero": "1girl"}',
        "workflow_presets.json": json.dumps({"version": 1, "workflows": {"w": [preset]}}).encode(),
        "readme.txt": b"hello",
        "../evil.json": b"{}",
    }
    reply = await client.post(RESTORE, data=form(zipped(files)))
    body = await reply.json()
    assert (body["restored"], body["unknown"]) == (
        ["aliases", "workflow_presets"], ["../evil.json", "readme.txt"],
    )  # fmt: skip
    presets = await (await client.get("/cozygen/api/workflow_presets")).json()
    assert presets["workflows"] == {"w": [preset]}


@pytest.mark.parametrize(
    "files",
    [
        {"aliases.json": b"{}", "workflow_types.json": b"{ broken"},
        {"aliases.json": b'{"x": "y"}', "workflow_types.json": b'{"version": 99, "workflows": {}}'},
        {"aliases.json": b'{"_cozygen": {"schema": "workflow_types"}}'},
        {"aliases.json": b""},
        {"aliases.json": b"{}", "library.json": b'{"version": 1}'},
        {"aliases.json": b"{}", "library.json": b'{"version": 99, "tables": {}}'},
        {"nothing.json": b"{}"},
        {},
    ],
)
async def test_a_zip_that_cannot_be_used_whole_changes_nothing(
    client: Client, files: dict[str, bytes]
) -> None:
    await client.post(ALIASES, json={"a": "1"})
    reply = await client.post(RESTORE, data=form(zipped(files)))
    assert (reply.status in (400, 422), await error_of(reply)) == (True, "invalid_backup")
    assert await (await client.get(ALIASES)).json() == {"a": "1"}


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04" + b"\0" * 100])
async def test_what_is_no_zip_is_422(client: Client, data: bytes) -> None:
    reply = await client.post(RESTORE, data=form(data))
    assert (reply.status, await error_of(reply)) == (422, "invalid_backup")


async def test_a_truncated_zip_is_422_and_changes_nothing(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1"})
    saved = await backup(client)
    for cut in range(1, len(saved), 97):
        reply = await client.post(RESTORE, data=form(saved[:cut]))
        assert reply.status == 422, cut
    assert await (await client.get(ALIASES)).json() == {"a": "1"}


async def test_a_zip_bomb_is_refused_at_its_limit(client: Client) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("aliases.json", b" " * (70 * 1024 * 1024))
    assert len(out.getvalue()) < 100_000
    reply = await client.post(RESTORE, data=form(out.getvalue()))
    assert (reply.status, await error_of(reply)) == (422, "invalid_backup")


async def test_a_form_of_the_wrong_kind_is_4xx(client: Client) -> None:
    reply = await client.post(RESTORE, json={"backup": "x"})
    assert (reply.status, await error_of(reply)) == (415, "unsupported_media_type")
    reply = await client.post(RESTORE, data=form(zipped({}), field="file"))
    assert (reply.status, await error_of(reply)) == (400, "missing backup")
    reply = await client.post(RESTORE, data=b"x", headers={"Content-Type": "multipart/form-data"})
    assert reply.status == 400
    encoded = (
        b'--b\r\nContent-Disposition: form-data; name="backup"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\neA==\r\n--b--\r\n"
    )
    reply = await client.post(
        RESTORE, data=encoded, headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert reply.status == 400
    await error_of(reply)


async def test_secrets_stay_at_home(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path, lambda *_args, **_words: None)
    store.add(DocumentFormat("plain", 1))
    sessions = store.add(DocumentFormat("sessions", 1, secret=True))
    await sessions.replace({"token": "hash"})
    data = await Archive(store).export()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["manifest.json", "plain.json"]
    with pytest.raises(UnprocessableError):
        await Archive(store).restore(zipped({"sessions.json": b'{"token": "mine"}'}))
    assert (await sessions.read()).value == {"token": "hash"}
    await store.close()


async def test_documents_are_private_on_disk(client: Client, folders: FixedFolders) -> None:
    await client.post(ALIASES, json={"a": "1"})
    modes: dict[str, Any] = {
        path.name: path.stat().st_mode & 0o077 for path in folders.data.iterdir() if path.is_file()
    }
    assert modes and not any(modes.values()), modes
