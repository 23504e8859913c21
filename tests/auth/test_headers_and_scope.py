"""Headers on every answer, the narrow scope, proxies, and a guard that fails closed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from pytest_aiohttp.plugin import AiohttpClient

from cozygen.access import Access
from cozygen.host.folders import FixedFolders
from cozygen.http.peer import Proxies, network_of
from cozygen.settings import SettingsError
from tests.auth.live_routes import live_routes
from tests.auth.logins import LOGIN, OnDisk, bearer, sign_in
from tests.auth.running import accounts, application
from tests.conftest import Client, ClientFactory, error_of
from tests.host.harness import attached


async def test_h_11_h_17_every_answer_of_ours_says_what_it_is(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    wrong: list[tuple[str, ...]] = []
    seen = 0
    for route in live_routes(application(server)):
        if not route.path.startswith("/cozygen") or route.method == "*":
            continue
        seen += 1
        async with server.request(route.method, route.url, allow_redirects=False) as answer:
            headers = answer.headers
            if headers.get("X-Content-Type-Options") != "nosniff" or "Cache-Control" not in headers:
                wrong.append((route.method, route.url))
            if answer.status >= 400 and headers["Cache-Control"] != "no-store":
                wrong.append((route.method, route.url, "H-12"))
            if "frame-ancestors 'none'" not in headers.get("Content-Security-Policy", ""):
                wrong.append((route.method, route.url, "A-32"))
            if headers.get("Referrer-Policy") != "no-referrer":
                wrong.append((route.method, route.url, "H-24"))
    assert wrong == []
    assert seen > 30


async def test_h_24_the_page_keeps_to_itself(
    start: ClientFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("<title>CozyGen</title>")
    monkeypatch.setattr("cozygen.app.find_app_folder", lambda: tmp_path)
    page = await (await start()).get("/cozygen/")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in page.headers["Permissions-Policy"]
    policy = page.headers.getall("Content-Security-Policy")
    assert len(policy) == 1
    assert "script-src 'self';" in policy[0]
    assert "frame-ancestors 'none'" in policy[0]
    assert "unsafe-eval" not in policy[0]


@pytest.mark.parametrize(
    "path", ["/cozygen/upload_image", "/cozygen/api/aliases", "/prompt", "/upload/image", "/api/prompt"]
)
async def test_h_39_a_body_is_asked_for_only_after_the_guard(start: ClientFactory, path: str) -> None:
    server = await start(**LOGIN)
    token = await sign_in(server)
    stranger = await _first_line(server, path, "")
    assert stranger.startswith(("HTTP/1.1 401", "HTTP/1.1 404"))
    owner = await _first_line(server, path, f"Authorization: Bearer {token}\r\n")
    assert owner.startswith(("HTTP/1.1 100", "HTTP/1.1 404"))


async def _first_line(server: Client, path: str, credentials: str) -> str:
    """What answers a request that waits to be asked for its body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    writer.write((head + credentials + "Content-Length: 9\r\nExpect: 100-continue\r\n\r\n").encode())
    line = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    await writer.wait_closed()
    return line.decode()


async def test_h_26_no_other_site_is_named_in_the_answers(client: Client) -> None:
    answer = await client.get("/cozygen/api/health", headers={"Origin": "http://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_h_25_tls_is_demanded_only_where_it_is_and_only_for_public_names(start: ClientFactory) -> None:
    server = await start(**LOGIN, COZYGEN_TRUSTED_PROXIES="127.0.0.1")
    for host, proto, demanded in (
        ("gallery.example", "https", True),
        ("gallery.example", "http", False),
        ("192.168.1.7", "https", False),
        ("studio.local", "https", False),
        ("studio", "https", False),
    ):
        headers = {"Host": host, "X-Forwarded-Proto": proto}
        answer = await server.get("/cozygen/hello", headers=headers)
        assert ("Strict-Transport-Security" in answer.headers) is demanded, host


@pytest.mark.parametrize("place", ["comfyui"], indirect=True)
async def test_with_a_login_comfyuis_answers_are_not_sniffed_either(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    answer = await server.get("/queue", headers=bearer(await sign_in(server)))
    assert (answer.status, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")


@pytest.mark.parametrize("place", ["comfyui"], indirect=True)
async def test_the_narrow_scope_guards_ours_and_what_queues(start: ClientFactory) -> None:
    server = await start(**LOGIN, COZYGEN_AUTH_SCOPE="cozygen")
    for prefix in ("", "/api"):
        for method, path in (
            ("POST", "/prompt"),
            ("GET", "/cozygen/api/aliases"),
            ("GET", "/cozygen/api/nowhere"),
            ("GET", "/cozygen/thumb"),
        ):
            assert (await server.request(method, prefix + path)).status == 401, path
        for path in ("/queue", "/object_info", "/history"):
            answer = await server.get(prefix + path)
            assert (answer.status, "X-Content-Type-Options" in answer.headers) == (200, False)
    assert (await server.get("/")).status == 200
    queued = await server.post("/prompt", json={"prompt": {}}, headers=bearer(await sign_in(server)))
    assert queued.status == 200


@pytest.mark.parametrize("place", ["comfyui"], indirect=True)
@pytest.mark.parametrize(
    ("access", "allowed", "refused"),
    [
        (
            Access.VIEW,
            ["GET /view", "GET /queue", "GET /history", "GET /history/x", "GET /cozygen/api/aliases"],
            ["POST /prompt", "POST /queue", "POST /upload/image", "POST /interrupt", "GET /object_info"],
        ),
        (
            Access.QUEUE,
            ["POST /queue", "POST /upload/image", "POST /interrupt", "GET /queue"],
            ["POST /history", "POST /free", "GET /userdata", "GET /", "POST /cozygen/api/clear_cache"],
        ),
        (Access.DELETE, ["POST /queue"], ["POST /free", "GET /internal/logs", "GET /extensions/x/y.js"]),
        (Access.ADMIN, ["POST /free", "GET /userdata", "GET /", "GET /internal/logs"], []),
    ],
)
async def test_levels_of_comfyuis_own_routes(
    start: ClientFactory, folders, access: Access, allowed: list[str], refused: list[str]
) -> None:
    OnDisk(folders.data).add_user("bob", access=access)
    server = await start(**LOGIN)
    headers = bearer(await sign_in(server, "bob"))
    for prefix in ("", "/api"):
        for line in allowed:
            method, path = line.split()
            answer = await server.request(method, prefix + path, headers=headers)
            assert answer.status not in (401, 403), line
        for line in refused:
            method, path = line.split()
            answer = await server.request(method, prefix + path, headers=headers)
            assert (answer.status, await error_of(answer)) == (403, "forbidden"), line


async def test_a_06_a_guard_that_fails_keeps_the_door_closed(
    start: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await start(**LOGIN)
    token = await sign_in(server)

    def broken(_token: str) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(accounts(server), "find", broken)
    for url in ("/cozygen/api/aliases", "/prompt", "/"):
        answer = await server.get(url, headers=bearer(token))
        assert (answer.status, await error_of(answer)) == (503, "login_unavailable")
        assert "out of order" not in await answer.text()


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_07_a_strangers_body_is_not_read(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    answer = await server.post("/cozygen/api/tokens", data=b"{", headers={"Content-Type": "application/json"})
    assert answer.status == 401, "not 400: nobody has looked at the body"


@pytest.mark.parametrize("place", ["comfyui"], indirect=True)
async def test_a_05_a_preflight_tells_a_stranger_nothing(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    headers = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    for url in ("/prompt", "/cozygen/api/tokens", "/nowhere"):
        answer = await server.options(url, headers=headers)
        assert answer.status == 401
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(("option", "writes"), [("http://friend.example", 200), ("*", 403)])
async def test_h_26_cors_is_as_comfyui_is_configured_and_needs_a_session_all_the_same(
    folders: FixedFolders,
    monkeypatch: pytest.MonkeyPatch,
    aiohttp_client: AiohttpClient,
    option: str,
    writes: int,
) -> None:
    with attached(folders, LOGIN, monkeypatch, enable_cors_header=option) as app:
        server = await aiohttp_client(app)
        origin = {"Origin": "http://friend.example"}
        preflight = await server.options(
            "/queue", headers={**origin, "Access-Control-Request-Method": "POST"}
        )
        assert (preflight.status, await preflight.text()) == (200, "")
        assert (await server.get("/queue", headers=origin)).status == 401
        token = await sign_in(server)
        assert (await server.post("/queue", headers={**bearer(token), **origin})).status == 200
        cookie = {"Cookie": f"cozygen_token={token}"}
        assert (await server.post("/queue", headers={**cookie, **origin})).status == writes
        evil = {**cookie, "Origin": "http://evil.example"}
        assert (await server.post("/queue", headers=evil)).status == 403


def _peer(headers: dict[str, str], remote: str, trusted: list[str]) -> tuple[str, bool, str, bool]:
    request = make_mocked_request("GET", "/", headers={"Host": "inner:1", **headers})
    request = request.clone(remote=remote)
    assert isinstance(request, web.BaseRequest)
    peer = Proxies(trusted).peer(request)
    return peer.address, peer.secure, peer.host, peer.is_local


FORWARDED = {
    "X-Forwarded-For": "203.0.113.5, 10.0.0.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "gallery.example",
}


@pytest.mark.parametrize(
    ("headers", "remote", "trusted", "expected"),
    [
        ({}, "127.0.0.1", [], ("127.0.0.1", False, "inner:1", True)),
        ({}, "::1", [], ("::1", False, "inner:1", True)),
        ({}, "192.168.1.5", [], ("192.168.1.5", False, "inner:1", False)),
        (FORWARDED, "192.168.1.5", [], ("192.168.1.5", False, "inner:1", False)),
        (FORWARDED, "127.0.0.1", [], ("127.0.0.1", False, "inner:1", False)),
        (FORWARDED, "127.0.0.1", ["10.0.0.1"], ("127.0.0.1", False, "inner:1", False)),
        (FORWARDED, "127.0.0.1", ["127.0.0.1"], ("10.0.0.9", True, "gallery.example", False)),
        (
            FORWARDED,
            "127.0.0.1",
            ["127.0.0.1", "10.0.0.0/8"],
            ("203.0.113.5", True, "gallery.example", False),
        ),
        ({"X-Forwarded-For": "junk"}, "127.0.0.1", ["127.0.0.1"], ("127.0.0.1", False, "inner:1", False)),
        ({}, "127.0.0.1", ["127.0.0.1"], ("127.0.0.1", False, "inner:1", True)),
    ],
)
def test_a_35_forwarded_headers_count_only_from_trusted_proxies(
    headers: dict[str, str], remote: str, trusted: list[str], expected: tuple[str, bool, str, bool]
) -> None:
    assert _peer(headers, remote, trusted) == expected


@pytest.mark.parametrize("word", ["proxy.example", "10.0.0.0/99", "", "*"])
def test_a_proxy_that_is_no_address_is_refused(word: str) -> None:
    with pytest.raises(SettingsError, match="COZYGEN_TRUSTED_PROXIES"):
        Proxies([word])


def test_networks_are_what_an_attacker_owns() -> None:
    assert network_of("203.0.113.77") == "203.0.113.0/24"
    assert network_of("::ffff:203.0.113.77") == "203.0.113.0/24"
    assert network_of("2001:db8:1:2:3::4") == "2001:db8:1:2::/64"
    assert network_of("nonsense") == "unknown"
