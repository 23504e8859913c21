"""What every answer keeps to, in both places (A-30, H-10 to H-44)."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from cozygen.api import ENDPOINTS
from cozygen.host.folders import FixedFolders
from tests.auth.logins import LOGIN, bearer, sign_in
from tests.conftest import Client, ClientFactory, error_of

EVIL = "<img src=x onerror=alert(1)>.png"
# Caches may fill themselves by being asked; documents, pictures and accounts may not change.
CACHES = ("index", "thumbs", "posters", ".lock", "tags")


@pytest.fixture
async def client(start: ClientFactory, output: Path) -> Client:
    for name in ("one.png", EVIL):
        Image.new("RGB", (8, 8), "teal").save(output / name)
    return await start(COZYGEN_WATCH="no")


def _kept(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files if not any(word in str(path) for word in CACHES)}


async def test_a_30_asking_changes_nothing(client: Client, folders: FixedFolders, tmp_path: Path) -> None:
    before = _kept(tmp_path)
    flags = {"refresh": "1", "cache_bust": "1", "delete": "1", "confirm": "DELETE", "filename": "one.png"}
    for row in ENDPOINTS:
        if row.method != "GET" or row.reply_type == "text/event-stream":
            continue
        path = row.path.replace("{", "").split(":")[0].split("}")[0]
        answer = await client.get(path, params=flags)
        assert answer.status < 500 or answer.status == 503, row.path
        await answer.read()
    after = _kept(tmp_path)
    assert {
        name: text for name, text in after.items() if before.get(name) != text and "library" not in name
    } == {}
    assert before.keys() <= after.keys()


async def test_h_10_h_13_pictures_are_kept_by_the_browser_only(start: ClientFactory, output: Path) -> None:
    Image.new("RGB", (8, 8), "teal").save(output / "one.png")
    client = await start(COZYGEN_WATCH="no", **LOGIN)
    own = bearer(await sign_in(client))
    [item] = (await (await client.get("/cozygen/api/gallery", headers=own)).json())["items"]
    for key in ("thumb", "url"):
        answer = await client.get(f"/cozygen/{item[key]}", headers=own)
        caching = answer.headers["Cache-Control"]
        assert answer.status == 200
        assert "private" in caching, (key, caching)
        assert "public" not in caching, (key, caching)
        assert "immutable" in caching, (key, caching)


async def test_h_12_an_error_is_kept_by_nobody(client: Client) -> None:
    for path in ("thumb?filename=gone.png", "media/gone", "api/gallery?page=x", "assets/gone.js"):
        answer = await client.get(f"/cozygen/{path}")
        assert answer.status >= 400
        assert answer.headers["Cache-Control"] == "no-store", path


async def test_h_14_only_text_is_packed_and_only_once(client: Client) -> None:
    for path, text in (("api/openapi.json", True), ("thumb?filename=one.png", False)):
        plain = await client.get(f"/cozygen/{path}", headers={"Accept-Encoding": "identity;q=1"})
        assert "Content-Encoding" not in plain.headers, path
        packed = await client.get(f"/cozygen/{path}", headers={"Accept-Encoding": "gzip"})
        if not text:
            assert "Content-Encoding" not in packed.headers
        assert await packed.read() == await plain.read()  # the client unpacks once


@pytest.mark.parametrize("path", ["api/gallery", "api/openapi.json", "thumb?filename=one.png", "api/aliases"])
async def test_h_15_h_16_lengths_and_charsets_are_right(client: Client, path: str) -> None:
    full = await client.get(f"/cozygen/{path}")
    body = await full.read()
    if full.content_type.startswith(("text/", "application/json")):
        assert full.charset == "utf-8"
    head = await client.head(f"/cozygen/{path}")
    assert (head.status, await head.read()) == (200, b"")
    if "Content-Length" in head.headers:
        assert int(head.headers["Content-Length"]) == len(body)
    tag = full.headers.get("ETag")
    if tag:
        same = await client.get(f"/cozygen/{path}", headers={"If-None-Match": tag})
        assert (same.status, await same.read()) == (304, b"")


async def test_h_27_h_29_names_travel_as_data(client: Client, output: Path) -> None:
    answer = await client.get("/cozygen/api/gallery")
    assert answer.content_type == "application/json"
    assert EVIL in [item["filename"] for item in (await answer.json())["items"]]
    put = await client.put(
        "/cozygen/api/aliases/x:%3Cscript%3E",
        json={"text": "</script>\u2028"},
        headers={"If-None-Match": "*"},
    )
    assert put.status in (200, 201), await put.text()
    kept = await client.get("/cozygen/api/aliases")
    assert (kept.content_type, kept.headers["X-Content-Type-Options"]) == ("application/json", "nosniff")


async def test_h_30_no_data_is_written_into_the_page(client: Client) -> None:
    first = await (await client.get("/cozygen/")).read()
    await client.put("/cozygen/api/aliases/x:y", json={"text": "</script>"}, headers={"If-None-Match": "*"})
    assert await (await client.get("/cozygen/")).read() == first


@pytest.mark.parametrize("length", [8_190, 20_000, 200_000])
async def test_h_33_an_endless_address_is_refused(client: Client, length: int) -> None:
    answer = await client.get("/cozygen/api/gallery?q=" + "a" * length)
    assert answer.status in (400, 414)


async def test_h_34_unknown_members_are_named_and_unknown_parameters_ignored(client: Client) -> None:
    answer = await client.post("/cozygen/api/pair/claim", json={"code": "x", "admin": True})
    assert answer.status == 400
    assert (await client.get("/cozygen/api/gallery?admin=1")).status == 200


async def test_h_36_the_last_of_two_equal_members_counts(client: Client) -> None:
    answer = await client.post(
        "/cozygen/api/prompt/expand",
        data=b'{"fields": {"a": "first"}, "fields": {"a": "last"}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status == 200
    assert "last" in await answer.text()
    assert "first" not in await answer.text()


@pytest.mark.parametrize("accept", ["image/png", "text/html", "*/*;q=0", ""])
async def test_h_38_what_is_there_is_sent_whatever_is_accepted(client: Client, accept: str) -> None:
    answer = await client.get("/cozygen/api/health", headers={"Accept": accept})
    assert (answer.status, answer.content_type) == (200, "application/json")


@pytest.mark.parametrize(
    "lines",
    [
        b"POST /cozygen/api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /cozygen/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /cozygen/api/login HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        b"GET /cozygen/hello HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
    ],
    ids=["length_and_chunks", "two_lengths", "blank_in_a_name", "tls"],
)
async def test_h_40_ambiguous_requests_are_refused(client: Client, lines: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(lines)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    assert answer.startswith(b"HTTP/1.") or answer == b""
    assert b" 200 " not in answer
    assert answer.count(b"HTTP/1.") <= 1


async def test_h_41_h_42_a_wrong_method_is_told_the_right_ones(client: Client) -> None:
    for method in ("DELETE", "PUT", "PATCH"):
        answer = await client.request(method, "/cozygen/hello")
        assert (answer.status, await error_of(answer)) == (405, "method_not_allowed")
        assert "GET" in answer.headers["Allow"]


async def test_h_43_the_service_worker_reaches_no_further_than_the_app(client: Client) -> None:
    answer = await client.get("/cozygen/sw.js")
    assert answer.status in (200, 404, 503)
    assert "Service-Worker-Allowed" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [".git/config", ".env", "assets/../../.env", "assets/", "assets/index.js.map", "api/", "users.json"],
)
async def test_h_44_nothing_beside_the_app_is_served(
    client: Client, folders: FixedFolders, path: str
) -> None:
    (folders.data / ".env").write_text("COZYGEN_SECRET=1")
    answer = await client.get(f"/cozygen/{path}")
    assert answer.status in (403, 404, 503)
    assert "COZYGEN_SECRET" not in await answer.text()
