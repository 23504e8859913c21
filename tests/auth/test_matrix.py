"""A-01: every route of the live router × every credential that must not work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import product

import pytest
from aiohttp import ClientResponseError, web
from yarl import URL

from cozygen.accounts.session_store import new_token
from cozygen.host.folders import FixedFolders
from tests.auth.live_routes import LiveRoute, live_routes
from tests.auth.logins import DAY, LOGIN, PASSWORD, OnDisk, bearer, sign_in
from tests.auth.running import accounts, application
from tests.conftest import Client, ClientFactory, error_of

# Word for word from the specification; the table is not asked.
PUBLIC = {
    ("GET", "/cozygen"),
    ("GET", "/cozygen/"),
    ("GET", "/cozygen/assets/{path}"),
    ("GET", "/cozygen/manifest.webmanifest"),
    ("GET", "/cozygen/sw.js"),
    ("GET", "/cozygen/favicon.ico"),
    ("GET", "/cozygen/icons/{path}"),
    ("GET", "/cozygen/locales/{path}"),
    ("GET", "/cozygen/hello"),
    ("POST", "/cozygen/api/login"),
    ("POST", "/cozygen/api/logout"),
    ("GET", "/cozygen/api/auth_status"),
    ("GET", "/cozygen/api/health"),
    ("POST", "/cozygen/api/pair/claim"),
}
State = Callable[[Client, OnDisk], Awaitable[dict[str, str]]]


async def _none(client: Client, disk: OnDisk) -> dict[str, str]:
    return {}


async def _empty_bearer(client: Client, disk: OnDisk) -> dict[str, str]:
    return {"Authorization": "Bearer "}


async def _bearer_without_value(client: Client, disk: OnDisk) -> dict[str, str]:
    return {"Authorization": "Bearer"}


async def _random(client: Client, disk: OnDisk) -> dict[str, str]:
    return bearer(new_token())


async def _expired(client: Client, disk: OnDisk) -> dict[str, str]:
    token = disk.add_session("bob", expires=time.time() - 1)
    await accounts(client).refresh()
    return bearer(token)


async def _idle_expired(client: Client, disk: OnDisk) -> dict[str, str]:
    token = disk.add_session("bob", used=time.time() - 7 * DAY - 1)
    await accounts(client).refresh()
    return {"Cookie": f"cozygen_token={token}"}


async def _logged_out(client: Client, disk: OnDisk) -> dict[str, str]:
    token = await sign_in(client)
    assert (await client.post("/cozygen/api/logout", headers=bearer(token))).status == 200
    return {"Cookie": f"cozygen_token={token}"}


async def _revoked_by_an_administrator(client: Client, disk: OnDisk) -> dict[str, str]:
    admin, token = await sign_in(client), await sign_in(client, "bob")
    sessions = await client.get("/cozygen/api/sessions?all=1", headers=bearer(admin))
    [bobs] = [item for item in (await sessions.json())["sessions"] if item["user"] == "bob"]
    ended = await client.delete(f"/cozygen/api/sessions/{bobs['id']}", headers=bearer(admin))
    assert ended.status == 200
    return bearer(token)


async def _after_a_password_change(client: Client, disk: OnDisk) -> dict[str, str]:
    token = await sign_in(client, "bob")
    disk.add_user("bob", "another long password")
    await accounts(client).refresh()
    return bearer(token)


async def _one_bit_off(client: Client, disk: OnDisk) -> dict[str, str]:
    token = await sign_in(client)
    return bearer(token[:-2] + chr(ord(token[-2]) ^ 1) + token[-1])


async def _truncated(client: Client, disk: OnDisk) -> dict[str, str]:
    return bearer((await sign_in(client))[:-1])


async def _of_another_installation(client: Client, disk: OnDisk) -> dict[str, str]:
    elsewhere = OnDisk(disk.folder.parent / "elsewhere")
    elsewhere.folder.mkdir()
    elsewhere.add_user("bob")
    return bearer(elsewhere.add_session("bob"))


async def _from_before_a_reset(client: Client, disk: OnDisk) -> dict[str, str]:
    token = await sign_in(client, "bob")
    disk.remove_user("bob")
    disk.add_user("bob", "set up once more")
    await accounts(client).refresh()
    return bearer(token)


async def _very_long(client: Client, disk: OnDisk) -> dict[str, str]:
    return bearer("x" * 65_536)


async def _not_ascii(client: Client, disk: OnDisk) -> dict[str, str]:
    return bearer("töken" * 9)


async def _in_the_query(client: Client, disk: OnDisk) -> dict[str, str]:
    return {"query": await sign_in(client)}


STATES: list[State] = [
    _none,
    _empty_bearer,
    _bearer_without_value,
    _random,
    _expired,
    _idle_expired,
    _logged_out,
    _revoked_by_an_administrator,
    _after_a_password_change,
    _one_bit_off,
    _truncated,
    _of_another_installation,
    _from_before_a_reset,
    _very_long,
    _not_ascii,
    _in_the_query,
]


@pytest.fixture
async def server(start: ClientFactory, folders: FixedFolders) -> Client:
    OnDisk(folders.data).add_user("bob")
    return await start(**LOGIN)


def _routes(client: Client) -> list[LiveRoute]:
    found = [route for route in live_routes(application(client)) if route.method != "*"]
    assert len(found) >= 30, "the router is there"
    assert {("POST", "/cozygen/api/login"), ("GET", "/cozygen/api/sessions")} <= {
        (route.method, route.path) for route in found
    }
    return found


def _is_public(route: LiveRoute) -> bool:
    return ("GET" if route.method == "HEAD" else route.method, route.path) in PUBLIC


async def _status(client: Client, route: LiveRoute, state: dict[str, str]) -> tuple[int, str]:
    """Status and error code, without reading what an open stream sends."""
    headers = {name: value for name, value in state.items() if name != "query"}
    query = {"token": state["query"]} if "query" in state else {}
    request = client.request(route.method, route.url, headers=headers, params=query, allow_redirects=False)
    try:
        answer = await request
    except ClientResponseError as error:  # aiohttp closes over a header that it will not read
        return error.status, ""
    async with answer:
        is_error = answer.content_type == "application/json" and answer.status >= 400
        body = await answer.json() if is_error and route.method != "HEAD" else {}
        return answer.status, str(body.get("error", ""))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
async def test_a_01_only_the_public_routes_answer_to(
    server: Client, folders: FixedFolders, state: State
) -> None:
    credentials = await state(server, OnDisk(folders.data))
    server.session.cookie_jar.clear()
    wrong = []
    for route in _routes(server):
        status, code = await _status(server, route, credentials)
        if len(str(credentials)) > 8_190:
            expected = status == 400  # aiohttp refuses the header before anybody looks at it
        elif _is_public(route):
            expected = code != "unauthorized" and status < 500
        else:
            expected = status == 401 and code in ("unauthorized", "")
        if not expected:
            wrong.append((route.method, route.url, status, code))
    assert wrong == []


async def test_a_11_the_owner_gets_everywhere(server: Client) -> None:
    headers = bearer(await sign_in(server))
    closed = []
    for route in _routes(server):
        if route.path in ("/cozygen/api/logout", "/ws"):
            continue
        with suppress(asyncio.TimeoutError):
            status, code = await asyncio.wait_for(_status(server, route, headers), 10)
            if status in (401, 403):
                closed.append((route.method, route.url, code))
    assert closed == []


async def test_the_public_rows_are_exactly_the_specified_ones(server: Client) -> None:
    from cozygen.api import ENDPOINTS
    from cozygen.http.endpoint import Access

    rows = {
        (row.method, web.UrlDispatcher().add_resource(row.path).canonical)
        for row in ENDPOINTS
        if row.access is Access.PUBLIC
    }
    assert rows == PUBLIC


SPELLINGS = [
    "/%63ozygen/api/sessions",
    "/cozygen/%61pi/sessions",
    "/cozygen/api/sessions/",
    "/cozygen//api/sessions",
    "//cozygen/api/sessions",
    "/COZYGEN/api/sessions",
    "/cozygen/api/sessions;x",
    "/cozygen/../cozygen/api/sessions",
    "/cozygen/assets/../api/sessions",
    "/cozygen/assets/%2e%2e/api/sessions",
    "/cozygen/hello/../api/sessions",
    "/api/cozygen/api/sessions",
    "/api/api/cozygen/api/sessions",
    "/%70rompt",
    "/prompt/",
    "/PROMPT",
    "/prompt;x",
    "//prompt",
    "/api//prompt",
    "/cozygen/..%2fprompt",
]


async def test_a_04_a_05_no_spelling_and_no_method_slips_by(server: Client) -> None:
    methods = ("GET", "HEAD", "POST", "OPTIONS", "TRACE", "PROPFIND", "X")
    answered = []
    for method, path in product(methods, SPELLINGS):
        address = URL(f"http://127.0.0.1:{server.port}{path}", encoded=True)
        async with server.session.request(method, address, allow_redirects=False) as answer:
            # among the public assets it names a file that is not there, or leaves their folder
            is_asset = path.startswith("/cozygen/assets/") and answer.status in (403, 404)
            if answer.status not in (400, 401) and not is_asset:
                answered.append((method, path, answer.status))
    assert answered == []


async def test_a_04_an_absolute_address_slips_by_neither(server: Client) -> None:
    for path in ("/prompt", "/cozygen/api/sessions"):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(f"GET http://h{path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".encode())
        assert b" 401 " in (await reader.read()).split(b"\r\n")[0]
        writer.close()


async def test_a_03_twins_get_the_same_verdict(server: Client, place: str) -> None:
    prefixes = ("", "/api") if place == "comfyui" else ("",)
    for prefix in prefixes:
        assert (await server.get(f"{prefix}/cozygen/api/sessions")).status == 401
        assert (await server.get(f"{prefix}/cozygen/hello")).status == 200


@pytest.mark.parametrize("place", ["comfyui"], indirect=True)
@pytest.mark.parametrize("path", ["/ws", "/api/ws"])
async def test_a_08_a_websocket_needs_a_session(server: Client, path: str) -> None:
    from aiohttp import WSServerHandshakeError

    with pytest.raises(WSServerHandshakeError) as refused:
        await server.ws_connect(path)
    assert refused.value.status == 401
    token = await sign_in(server)
    with pytest.raises(WSServerHandshakeError) as refused:
        await server.ws_connect(
            path, headers={"Cookie": f"cozygen_token={token}", "Origin": "http://evil.example"}
        )
    assert refused.value.status == 403
    async with server.ws_connect(path, headers={"Cookie": f"cozygen_token={token}"}) as socket:
        assert (await socket.receive_json())["type"] == "status"


@pytest.mark.parametrize("place", ["comfyui"], indirect=True)
async def test_a_02_a_route_of_another_pack_is_closed(
    start: ClientFactory, folders: FixedFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Added straight to the router after CozyGen attached, past ComfyUI's own table."""
    from aiohttp.test_utils import TestClient, TestServer

    from tests.host.harness import attached

    async def private(request: web.Request) -> web.StreamResponse:
        return web.Response(text="private")

    with attached(folders, LOGIN, monkeypatch) as app:
        app.router.add_get("/other_pack/{name}", private)
        app.router.add_route("*", "/cozygen/other_pack", private)
        async with TestClient(TestServer(app)) as client:
            for path in ("/other_pack/x", "/cozygen/other_pack"):
                assert await error_of(await client.get(path)) == "unauthorized"
            OnDisk(folders.data).add_user("eve", PASSWORD)
            token = await sign_in(client)
            for path in ("/other_pack/x", "/cozygen/other_pack"):
                assert await (await client.get(path, headers=bearer(token))).text() == "private"
