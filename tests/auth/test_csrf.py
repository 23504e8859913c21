"""What another site makes a browser send is refused (A-24 to A-31)."""

from __future__ import annotations

import socket

import pytest
from aiohttp import FormData

from cozygen.http.csrf import is_same_origin
from cozygen.http.host_check import AllowedHosts
from tests.auth.live_routes import live_routes
from tests.auth.logins import LOGIN, bearer, sign_in
from tests.auth.running import application
from tests.conftest import Client, ClientFactory, error_of

FOREIGN = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "file://"},
    {"Origin": "http://127.0.0.1:99999"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Origin": "http://user@127.0.0.1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "CROSS-SITE"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "anything"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
]


@pytest.fixture
async def server(start: ClientFactory) -> Client:
    return await start(**LOGIN)


async def test_a_24_a_25_no_write_of_another_site_gets_through(server: Client) -> None:
    token = await sign_in(server)
    cookie = {"Cookie": f"cozygen_token={token}"}
    passed, tried = [], 0
    for route in live_routes(application(server)):
        if route.method in ("GET", "HEAD", "OPTIONS", "*"):
            continue
        for headers in FOREIGN:
            tried += 1
            async with server.request(
                route.method, route.url, headers={**cookie, **headers}, data=b"a=b"
            ) as answer:
                if answer.status != 403:
                    passed.append((route.method, route.url, headers, answer.status))
    assert passed == []
    assert tried > 200, "there were writes to try"


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: " ".join(headers.values()) or "empty")
async def test_a_27_a_28_also_without_a_login(client: Client, headers: dict[str, str]) -> None:
    answer = await client.post("/cozygen/api/clear_cache", headers=headers)
    assert answer.status == 403


async def test_a_24_forms_of_every_kind_are_refused(server: Client) -> None:
    token = await sign_in(server)
    upload = FormData()
    upload.add_field("image", b"x", filename="x.png", content_type="image/png")
    for data in ({"a": "b"}, upload, b'{"a": "b"}'):
        headers = {"Cookie": f"cozygen_token={token}", "Origin": "http://evil.example"}
        answer = await server.post("/cozygen/api/logout", data=data, headers=headers)
        assert (answer.status, await error_of(answer)) == (403, "cross_site_request")
    assert (await server.get("/cozygen/api/sessions", headers=bearer(token))).status == 200, "still in"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_26_our_writes_take_json_only(server: Client, kind: str) -> None:
    token = await sign_in(server)
    for url in ("/cozygen/api/logout", "/cozygen/api/pair/start", "/cozygen/api/tokens"):
        answer = await server.post(url, data=b"{}", headers={**bearer(token), "Content-Type": kind})
        assert (answer.status, await error_of(answer)) == (415, "unsupported_media_type")


async def test_an_empty_body_needs_no_type(server: Client) -> None:
    token = await sign_in(server)
    assert (await server.post("/cozygen/api/pair/start", headers=bearer(token))).status == 200


# ComfyUI itself refuses foreign origins on loopback names.
@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_29_a_bearer_token_is_proof_enough(server: Client) -> None:
    token = await sign_in(server)
    headers = {**bearer(token), "Origin": "http://other.example"}
    answer = await server.post("/cozygen/api/pair/start", headers=headers)
    assert answer.status == 200


@pytest.mark.parametrize("place", ["alone"], indirect=True)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy.example"},
    ],
)
async def test_the_app_itself_and_programs_are_let_in(server: Client, headers: dict[str, str]) -> None:
    token = await sign_in(server)
    own = {"Cookie": f"cozygen_token={token}", **headers}
    assert (await server.post("/cozygen/api/pair/start", headers=own)).status == 200
    own["Origin"] = f"http://127.0.0.1:{server.port}"
    own.pop("Sec-Fetch-Site", None)
    assert (await server.post("/cozygen/api/pair/start", headers=own)).status == 200


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_login_of_another_site_is_refused(server: Client) -> None:
    headers = {"Origin": "http://evil.example"}
    body = {"username": "Ann", "password": "correct horse battery"}
    answer = await server.post("/cozygen/api/login", json=body, headers=headers)
    assert (answer.status, "Set-Cookie" in answer.headers) == (403, False)


@pytest.mark.parametrize("place", ["comfyui"], indirect=True)
async def test_s_11_without_a_login_comfyuis_own_routes_are_left_alone(client: Client) -> None:
    headers = {"Host": "some.name.example", "Content-Type": "text/plain"}
    answer = await client.post("/queue", data=b"{}", headers=headers)
    assert answer.status == 200
    assert "Referrer-Policy" not in answer.headers
    assert "X-Content-Type-Options" not in answer.headers


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://a.b", "a.b", True),
        ("http://a.b:80", "a.b", True),
        ("https://a.b", "a.b", True),
        ("https://a.b", "a.b:443", True),
        ("HTTP://A.B:8188", "a.b:8188", True),
        ("http://[::1]:8188", "[::1]:8188", True),
        ("http://a.b", "a.b:8188", False),
        ("http://a.b:8189", "a.b:8188", False),
        ("http://x.a.b", "a.b", False),
        ("http://a.b.x", "a.b", False),
        ("http://a.b/", "a.b", False),
        ("http://a.b@x", "a.b", False),
        ("http://a.b:0", "a.b:0", False),
        ("http://a.b:65536", "a.b:65536", False),
        ("http://", "", False),
        ("null", "null", False),
        ("", "", False),
        ("ftp://a.b", "a.b", False),
        ("http://a.b\n", "a.b", True),
    ],
)
def test_a_27_origins_are_compared_by_name_and_port(origin: str, host: str, same: bool) -> None:
    assert is_same_origin(origin, host) is same


@pytest.mark.parametrize("place", ["alone"], indirect=True)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:8189", "127.0.0.1.evil.example", "x", ""])
async def test_a_31_without_a_login_a_rebound_name_is_refused(client: Client, host: str) -> None:
    for url in ("/cozygen/api/aliases", "/cozygen/", "/cozygen/hello", "/queue"):
        answer = await client.get(url, headers={"Host": host}, allow_redirects=False)
        assert (answer.status, await error_of(answer)) == (403, "host_not_allowed")


async def test_a_31_with_a_login_any_name_will_do(server: Client) -> None:
    token = await sign_in(server)
    headers = {**bearer(token), "Host": "gallery.example"}
    assert (await server.get("/cozygen/api/sessions", headers=headers)).status == 200


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8189", True),
        ("192.168.1.7", True),
        ("[::1]:8189", True),
        ("[fe80::1]", True),
        ("localhost:8189", True),
        ("LOCALHOST", True),
        ("app.localhost", True),
        ("studio.local", True),
        ("studio.local.", True),
        (socket.gethostname(), True),
        ("gallery.example", True),
        ("gallery.example:443", True),
        ("a.home.example", True),
        ("home.example", False),
        ("xhome.example", False),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("evillocalhost", False),
        ("local", False),
        ("127.0.0.1.nip.io", False),
        ("127.1", False),
        ("0x7f000001", False),
        ("[::1", True),
        ("[evil]", False),
        ("", False),
        (":8189", False),
    ],
)
def test_a_31_which_names_are_ours(host: str, allowed: bool) -> None:
    assert AllowedHosts(["gallery.example", "*.home.example"]).allows(host) is allowed
