"""Sessions, API tokens and pairing, as their owners meet them."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from aiohttp import WSMsgType, web

from cozygen.access import Access
from cozygen.accounts.pairing import Pairing
from cozygen.accounts.session_store import clean_device, new_token
from cozygen.errors import StorageFullError
from cozygen.host.folders import FixedFolders
from cozygen.http.open_requests import OpenRequests
from tests.auth.logins import DAY, LOGIN, NAME, PASSWORD, OnDisk, bearer, sign_in
from tests.auth.running import accounts
from tests.conftest import Client, ClientFactory, error_of

SESSIONS = "/cozygen/api/sessions"
TOKENS = "/cozygen/api/tokens"


@pytest.fixture
def place() -> str:
    """Sessions do not care where they live; the guard's tests run in both places."""
    return "alone"


@pytest.fixture
async def server(start: ClientFactory, folders: FixedFolders) -> Client:
    OnDisk(folders.data).add_user("bob")
    OnDisk(folders.data).add_user("viewer", access=Access.VIEW)
    return await start(**LOGIN)


async def _json(answer: Any) -> Any:
    assert answer.status == 200, await answer.text()
    return await answer.json()


async def test_a_41_devices_are_listed_and_signed_out_one_by_one(server: Client) -> None:
    phone = await sign_in(server, device="Phone \n of\u202e Ann")
    laptop = await sign_in(server, device="Laptop")
    listed = (await _json(await server.get(SESSIONS, headers=bearer(phone))))["sessions"]
    assert {(item["device"], item["current"]) for item in listed} == {
        ("Phone of Ann", True),
        ("Laptop", False),
    }
    assert all(set(item) >= {"id", "created", "used", "expires"} for item in listed)
    assert phone not in str(listed)
    other = next(item["id"] for item in listed if not item["current"])
    await _json(await server.delete(f"{SESSIONS}/{other}", headers=bearer(phone)))
    assert (await server.get(SESSIONS, headers=bearer(laptop))).status == 401
    assert (await server.delete(f"{SESSIONS}/{other}", headers=bearer(phone))).status == 404


async def test_a_41_all_others_are_signed_out_at_once(server: Client) -> None:
    own, *others = [await sign_in(server) for _ in range(4)]
    bob = await sign_in(server, "bob")
    assert await _json(await server.delete(SESSIONS, headers=bearer(own))) == {"revoked": 3}
    for token, status in ((own, 200), (bob, 200), *((other, 401) for other in others)):
        assert (await server.get(SESSIONS, headers=bearer(token))).status == status


async def test_nobody_but_an_administrator_sees_or_ends_others_sessions(server: Client) -> None:
    ann, viewer = await sign_in(server), await sign_in(server, "viewer")
    [anns] = (await _json(await server.get(SESSIONS, headers=bearer(ann))))["sessions"]
    assert (await server.get(SESSIONS + "?all=1", headers=bearer(viewer))).status == 403
    answer = await server.delete(f"{SESSIONS}/{anns['id']}", headers=bearer(viewer))
    assert answer.status == 404, "not even that it exists"
    everybody = (await _json(await server.get(SESSIONS + "?all=1", headers=bearer(ann))))["sessions"]
    assert {item["user"] for item in everybody} == {NAME, "viewer"}


async def test_a_44_sessions_survive_a_restart(start: ClientFactory) -> None:
    first = await start(**LOGIN)
    token = await sign_in(first)
    await first.close()
    second = await start(**LOGIN)
    assert (await second.get(SESSIONS, headers=bearer(token))).status == 200


async def test_a_42_a_changed_password_of_the_settings_ends_its_sessions(start: ClientFactory) -> None:
    first = await start(**LOGIN)
    token = await sign_in(first)
    await first.close()
    second = await start(**{**LOGIN, "COZYGEN_AUTH_PASS": "another long password"})
    assert (await second.get(SESSIONS, headers=bearer(token))).status == 401


async def test_a_42_who_changes_the_password_stays_and_all_others_go(server: Client) -> None:
    own, other = await sign_in(server, "bob"), await sign_in(server, "bob")
    made = await server.post(TOKENS, json={"name": "script"}, headers=bearer(own))
    api = (await _json(made))["token"]
    body = {"current": PASSWORD, "new": "another long password"}
    new = (await _json(await server.post("/cozygen/api/password", json=body, headers=bearer(own))))["token"]
    server.session.cookie_jar.clear()
    for token, status in ((own, 401), (other, 401), (api, 401), (new, 200)):
        assert (await server.get("/cozygen/api/aliases", headers=bearer(token))).status == status
    assert await sign_in(server, "bob", "another long password")


@pytest.mark.parametrize(
    ("user", "current", "new", "status", "code"),
    [
        ("bob", "wrong", "another long password", 403, "invalid_credentials"),
        ("bob", PASSWORD, "short", 400, "weak_password"),
        ("bob", PASSWORD, "password1", 400, "weak_password"),
        (NAME, PASSWORD, "another long password", 400, "password_in_settings"),
    ],
)
async def test_a_password_change_that_is_refused_changes_nothing(
    server: Client, user: str, current: str, new: str, status: int, code: str
) -> None:
    token = await sign_in(server, user)
    answer = await server.post(
        "/cozygen/api/password", json={"current": current, "new": new}, headers=bearer(token)
    )
    assert (answer.status, await error_of(answer)) == (status, code)
    assert await sign_in(server, user)


async def test_a_43_use_keeps_a_session_alive_but_not_for_ever(server: Client, folders: FixedFolders) -> None:
    disk, now = OnDisk(folders.data), time.time()
    cases = {
        "used a moment before": (disk.add_session("bob", used=now - 7 * DAY + 60), 200),
        "idle for a week": (disk.add_session("bob", used=now - 7 * DAY - 1), 401),
        "in its last minute": (disk.add_session("bob", created=now - 30 * DAY, expires=now + 60), 200),
        "after a month": (disk.add_session("bob", created=now - 30 * DAY, expires=now - 1), 401),
        "of a clock that ran ahead": (disk.add_session("bob", created=now + DAY, used=now + DAY), 200),
    }
    await accounts(server).refresh()
    for case, (token, status) in cases.items():
        assert (await server.get(SESSIONS, headers=bearer(token))).status == status, case


async def test_a_44_sessions_that_are_over_leave_the_disk(
    start: ClientFactory, folders: FixedFolders
) -> None:
    disk = OnDisk(folders.data)
    disk.add_user("bob")
    disk.add_session("bob", expires=time.time() - 1)
    kept = disk.add_session("bob")
    server = await start(**LOGIN)
    assert (await server.get(SESSIONS, headers=bearer(kept))).status == 200
    await server.close()
    assert len(disk.sessions()) == 1
    [entry] = disk.sessions().values()
    assert entry["used"] > time.time() - 30, "the last use was written"


async def test_a_44_of_more_than_a_hundred_sessions_the_oldest_ends(
    server: Client, folders: FixedFolders
) -> None:
    disk, now = OnDisk(folders.data), time.time()
    oldest = disk.add_session("bob", used=now - 1000)
    for index in range(99):
        disk.add_session("bob", used=now - 900 + index)
    await accounts(server).refresh()
    assert (await server.get("/cozygen/api/auth_status", headers=bearer(oldest))).status == 200
    disk.add_session("bob", used=now - 2000)
    await accounts(server).refresh()
    newest = await sign_in(server, "bob")
    listed = (await _json(await server.get(SESSIONS, headers=bearer(newest))))["sessions"]
    assert len(listed) == 100


async def test_a_full_disk_does_not_keep_the_owner_out(
    server: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: Any, **__: Any) -> None:
        raise StorageFullError("sessions.json was not saved: the disk is full. Nothing was changed.")

    monkeypatch.setattr("cozygen.storage.json_document.JsonDocument.update", full)
    token = await sign_in(server)
    assert (await server.get(SESSIONS, headers=bearer(token))).status == 200
    notices = (await _json(await server.get("/cozygen/api/health", headers=bearer(token))))["notices"]
    assert "session_not_kept" in {notice["code"] for notice in notices}
    answer = await server.post("/cozygen/api/logout", headers=bearer(token))
    assert answer.status == 507, "the end was not written, and that is said"
    assert (await server.get(SESSIONS, headers=bearer(token))).status == 401, "it has ended all the same"
    monkeypatch.undo()
    again = await sign_in(server)
    assert (await server.get(SESSIONS, headers=bearer(token))).status == 401
    assert (await server.get(SESSIONS, headers=bearer(again))).status == 200


async def test_a_17_tokens_are_random() -> None:
    tokens = {new_token() for _ in range(10_000)}
    assert len(tokens) == 10_000
    assert {len(token) for token in tokens} == {43}, "43 characters of 6 bits: 256 bits"


# -- API tokens --------------------------------------------------------------------------------


async def test_a_token_does_what_it_may_and_no_more(server: Client) -> None:
    owner = bearer(await sign_in(server))
    made = await _json(await server.post(TOKENS, json={"name": "backup", "access": "view"}, headers=owner))
    assert (made["name"], made["access"], made["expires"]) == ("backup", "view", None)
    script = bearer(made["token"])
    assert (await server.get("/cozygen/api/aliases", headers=script)).status == 200
    assert (await server.post("/cozygen/api/clear_cache", headers=script)).status == 403
    for method, url in (
        ("GET", SESSIONS),
        ("DELETE", SESSIONS),
        ("POST", TOKENS),
        ("GET", TOKENS),
        ("POST", "/cozygen/api/pair/start"),
        ("POST", "/cozygen/api/password"),
    ):
        answer = await server.request(method, url, headers=script)
        assert (answer.status, await error_of(answer)) == (403, "forbidden"), url
    [listed] = (await _json(await server.get(TOKENS, headers=owner)))["tokens"]
    assert "token" not in listed
    await _json(await server.delete(f"{TOKENS}/{made['id']}", headers=owner))
    assert (await server.get("/cozygen/api/aliases", headers=script)).status == 401


async def test_signing_out_with_an_api_token_does_not_end_it(server: Client) -> None:
    owner = bearer(await sign_in(server))
    made = await _json(await server.post(TOKENS, json={"name": "x"}, headers=owner))
    await server.post("/cozygen/api/logout", headers=bearer(made["token"]))
    assert (await server.get("/cozygen/api/aliases", headers=bearer(made["token"]))).status == 200


async def test_nobody_makes_a_token_above_themselves(server: Client) -> None:
    viewer = bearer(await sign_in(server, "viewer"))
    for access in ("queue", "delete", "admin"):
        answer = await server.post(TOKENS, json={"name": "x", "access": access}, headers=viewer)
        assert (answer.status, await error_of(answer)) == (403, "forbidden")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": ""},
        {"name": "x", "access": "public"},
        {"name": "x", "access": "root"},
        {"name": "x", "days": 0},
        {"name": "x", "days": -1},
        {"name": "x", "days": 1e9},
        {"name": "x", "days": "7"},
        {"name": "x", "extra": 1},
        {"name": "x" * 101},
    ],
)
async def test_a_token_that_makes_no_sense_is_refused(server: Client, body: dict[str, Any]) -> None:
    answer = await server.post(TOKENS, json=body, headers=bearer(await sign_in(server)))
    assert answer.status == 400


# -- pairing -----------------------------------------------------------------------------------


async def test_a_phone_signs_in_with_a_code_once(server: Client) -> None:
    started = await _json(await server.post("/cozygen/api/pair/start", headers=bearer(await sign_in(server))))
    assert started["path"] == f"#/login?pair={started['code']}"
    typed = f" {started['code'][:5].lower()}-{started['code'][5:]} "
    body = {"code": typed, "device": "Phone"}
    claimed = await _json(await server.post("/cozygen/api/pair/claim", json=body))
    assert claimed["user"] == NAME
    assert (await server.get(SESSIONS)).status == 200, "the cookie is set"
    server.session.cookie_jar.clear()
    again = await server.post("/cozygen/api/pair/claim", json=body)
    assert (again.status, await error_of(again)) == (401, "invalid_code")


async def test_a_code_ends_with_the_session_that_made_it(server: Client) -> None:
    token = await sign_in(server)
    started = await _json(await server.post("/cozygen/api/pair/start", headers=bearer(token)))
    await server.post("/cozygen/api/logout", headers=bearer(token))
    answer = await server.post("/cozygen/api/pair/claim", json={"code": started["code"]})
    assert answer.status == 401


def test_a_code_lives_for_two_minutes_and_five_at_a_time() -> None:
    now = [1000.0]
    pairing = Pairing(lambda: now[0])
    codes = [pairing.start("ann", "s", "p")[0] for _ in range(6)]
    assert pairing.claim(codes[0]) is None, "the oldest of six"
    assert pairing.claim(codes[1]) is not None
    now[0] += 119
    assert pairing.claim(codes[2]) is not None
    now[0] += 1
    assert pairing.claim(codes[3]) is None
    assert pairing.claim("") is None


@pytest.mark.parametrize("body", [{}, {"code": 7}, {"code": "x" * 65}, {"code": "A", "more": 1}])
async def test_a_claim_that_makes_no_sense_is_refused(server: Client, body: dict[str, Any]) -> None:
    assert (await server.post("/cozygen/api/pair/claim", json=body)).status == 400


# -- the end of streams --------------------------------------------------------------------------


async def test_a_09_open_streams_and_websockets_end_with_their_session(
    start: ClientFactory, folders: FixedFolders, aiohttp_client: Any
) -> None:
    from cozygen.accounts.endpoints import GUARD
    from cozygen.app import create_app
    from cozygen.settings import load

    async def stream(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"open")
        await asyncio.sleep(60)
        return response

    async def socket(request: web.Request) -> web.StreamResponse:
        opened = web.WebSocketResponse()
        await opened.prepare(request)
        async for _ in opened:
            pass
        return opened

    app = create_app(load({}, LOGIN), folders)
    app.router.add_get("/stream", stream)
    app.router.add_get("/socket", socket)
    app[GUARD].open_requests = OpenRequests(app[GUARD].sessions.is_alive, sweep_s=0.05, settle_s=0)
    server = await aiohttp_client(app)
    token, other = await sign_in(server), await sign_in(server)
    streamed = await server.get("/stream", headers=bearer(token))
    opened = await server.ws_connect("/socket", headers=bearer(token))
    kept = await server.ws_connect("/socket", headers=bearer(other))
    assert await streamed.content.read(4) == b"open"
    await server.post("/cozygen/api/logout", headers=bearer(token))
    sweeping = app[GUARD].open_requests
    assert sweeping.sweep() == 2
    message = await opened.receive(timeout=5)
    assert message.type in (WSMsgType.CLOSED, WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.ERROR)
    with pytest.raises(Exception, match=r"(?i)payload|closed|disconnect"):
        await asyncio.wait_for(streamed.content.read(), 5)
    assert not kept.closed
    await kept.close()


def test_a_09_the_sweep_comes_well_within_thirty_seconds() -> None:
    from cozygen.accounts.service import REFRESH_S
    from cozygen.http.open_requests import SETTLE_S, SWEEP_S

    assert REFRESH_S + SWEEP_S + SETTLE_S < 30


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\r\nb", "a b"), ("\x1b[31mred", "[31mred"), ("  ", ""), ("x" * 200, "x" * 100), ("日本", "日本")],
)
def test_device_names_are_one_printable_line(text: str, shown: str) -> None:
    assert clean_device(text) == shown
