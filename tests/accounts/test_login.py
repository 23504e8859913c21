"""Signing in and out, as a browser and a program meet it."""

from __future__ import annotations

import json
import logging
from http.cookies import SimpleCookie

import pytest

from cozygen.host.folders import FixedFolders
from cozygen.settings import SettingsError, load
from tests.auth.logins import LOGIN, NAME, PASSWORD, OnDisk, bearer, sign_in
from tests.conftest import Client, ClientFactory, error_of

CREDENTIALS = {"username": NAME, "password": PASSWORD}
LOGIN_URL = "/cozygen/api/login"
STATUS_URL = "/cozygen/api/auth_status"
PRIVATE_URL = "/cozygen/api/sessions"


@pytest.fixture
async def server(start: ClientFactory) -> Client:
    return await start(**LOGIN)


async def test_signing_in_opens_the_door_by_cookie_and_by_bearer(server: Client) -> None:
    answer = await server.post(LOGIN_URL, json=CREDENTIALS)
    body = await answer.json()
    assert answer.status == 200
    assert set(body) == {"token", "user", "expires_in", "default_credentials"}
    assert (body["user"], body["expires_in"], body["default_credentials"]) == (NAME, 30 * 86_400, False)
    assert (await server.get(PRIVATE_URL)).status == 200, "by the cookie"
    server.session.cookie_jar.clear()
    assert (await server.get(PRIVATE_URL)).status == 401
    for scheme in ("Bearer", "bearer", "BEARER"):
        headers = {"Authorization": f"{scheme} {body['token']}"}
        assert (await server.get(PRIVATE_URL, headers=headers)).status == 200


async def test_a_38_the_cookie_is_out_of_reach_of_scripts_and_other_sites(server: Client) -> None:
    answer = await server.post(LOGIN_URL, json=CREDENTIALS)
    [(name, cookie)] = SimpleCookie(answer.headers["Set-Cookie"]).items()
    assert name == "cozygen_token"
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Strict", "/", str(30 * 86_400))
    assert not cookie["domain"]
    assert not cookie["secure"], "a browser would drop it over plain http"


async def test_a_38_under_tls_the_cookie_has_the_prefix(start: ClientFactory) -> None:
    server = await start(**LOGIN, COZYGEN_TRUSTED_PROXIES="127.0.0.1")
    https = {"X-Forwarded-Proto": "https"}
    answer = await server.post(LOGIN_URL, json=CREDENTIALS, headers=https)
    [(name, cookie)] = SimpleCookie(answer.headers["Set-Cookie"]).items()
    assert name == "__Host-cozygen_token"
    assert cookie["secure"]
    token = (await answer.json())["token"]
    server.session.cookie_jar.clear()
    prefixed = {**https, "Cookie": f"__Host-cozygen_token={token}"}
    assert (await server.get(PRIVATE_URL, headers=prefixed)).status == 200
    plain = {**https, "Cookie": f"cozygen_token={token}"}
    assert (await server.get(PRIVATE_URL, headers=plain)).status == 401, "A-13"


async def test_a_35_the_scheme_is_believed_only_from_a_trusted_proxy(server: Client) -> None:
    answer = await server.post(LOGIN_URL, json=CREDENTIALS, headers={"X-Forwarded-Proto": "https"})
    assert answer.headers["Set-Cookie"].startswith("cozygen_token=")


@pytest.mark.parametrize(
    "cookie",
    [
        "cozygen_token={t}; cozygen_token=planted",
        "cozygen_token=planted; cozygen_token={t}",
        "COZYGEN_TOKEN={t}",
        "xcozygen_token={t}",
    ],
)
async def test_a_13_a_planted_second_cookie_counts_as_none(server: Client, cookie: str) -> None:
    token = await sign_in(server)
    assert (await server.get(PRIVATE_URL, headers={"Cookie": cookie.format(t=token)})).status == 401


async def test_a_neighbours_odd_cookie_does_not_hide_ours(server: Client) -> None:
    token = await sign_in(server)
    cookie = f'odd={{"a": "b;c"}}; bad name=1; cozygen_token={token}; x="'
    assert (await server.get(PRIVATE_URL, headers={"Cookie": cookie})).status == 200


async def test_a_12_a_bearer_token_beats_the_cookie(server: Client) -> None:
    token = await sign_in(server)
    headers = {**bearer("x" * 43), "Cookie": f"cozygen_token={token}"}
    assert (await server.get(PRIVATE_URL, headers=headers)).status == 401


@pytest.mark.parametrize("place", ["alone"], indirect=True)
@pytest.mark.parametrize(
    ("username", "password"),
    [
        (NAME, "wrong"),
        (NAME, PASSWORD.upper()),
        (NAME, PASSWORD + " "),
        (NAME, " " + PASSWORD),
        (NAME, PASSWORD + "\0"),
        (NAME, ""),
        ("bob", PASSWORD),
        ("", PASSWORD),
        ("", ""),
        (NAME + "\0", PASSWORD),
    ],
)
async def test_a_20_a_wrong_name_and_a_wrong_password_are_told_alike(
    server: Client, username: str, password: str
) -> None:
    answer = await server.post(LOGIN_URL, json={"username": username, "password": password})
    assert answer.status == 401
    assert await answer.json() == {
        "error": "invalid_credentials",
        "message": "The name or the password is wrong.",
    }
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("username", [NAME, NAME.lower(), NAME.upper(), f"  {NAME} "])
async def test_the_name_is_taken_in_any_case_and_with_blanks_around(server: Client, username: str) -> None:
    answer = await server.post(LOGIN_URL, json={"username": username, "password": PASSWORD})
    assert (answer.status, (await answer.json())["user"]) == (200, NAME)


@pytest.mark.parametrize("place", ["alone"], indirect=True)
@pytest.mark.parametrize(
    "body",
    [
        "",
        "nonsense",
        "{",
        "[]",
        "null",
        '"ann"',
        "7",
        '{"username": "Ann"}',
        '{"username": 1, "password": 2}',
        '{"username": ["Ann"], "password": "x"}',
        '{"username": "Ann", "password": null}',
        "\ud800",
    ],
)
async def test_a_body_that_is_no_login_is_refused_by_name(server: Client, body: str) -> None:
    answer = await server.post(
        LOGIN_URL, data=body.encode("utf-8", "surrogatepass"), headers={"Content-Type": "application/json"}
    )
    assert (answer.status, await error_of(answer)) == (400, "invalid_body")


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_21_long_passwords_unicode_and_limits(start: ClientFactory) -> None:
    composed, decomposed = "café crème " + "x" * 989, "cafe\u0301 cre\u0300me " + "x" * 989
    server = await start(COZYGEN_AUTH_USER="José", COZYGEN_AUTH_PASS=composed)
    assert await sign_in(server, "José", composed)
    assert await sign_in(server, "Jose\u0301", decomposed), "typed on another keyboard"
    too_long = await server.post(LOGIN_URL, json={"username": "José", "password": "x" * 4097})
    assert (too_long.status, await error_of(too_long)) == (413, "payload_too_large")
    huge = await server.post(LOGIN_URL, json={"username": "José", "password": "x" * 100_000})
    assert huge.status == 413
    surrogate = json.dumps({"username": "José", "password": "\ud800"})
    lone = await server.post(LOGIN_URL, data=surrogate, headers={"Content-Type": "application/json"})
    assert lone.status in (400, 401)


async def test_a_19_signing_in_gives_a_new_token_and_ends_the_old_session(server: Client) -> None:
    first = (await (await server.post(LOGIN_URL, json=CREDENTIALS)).json())["token"]
    second = (await (await server.post(LOGIN_URL, json=CREDENTIALS)).json())["token"]
    server.session.cookie_jar.clear()
    assert first != second
    assert (await server.get(PRIVATE_URL, headers=bearer(first))).status == 401
    assert (await server.get(PRIVATE_URL, headers=bearer(second))).status == 200


async def test_a_19_a_token_that_somebody_planted_before_does_not_become_a_session(server: Client) -> None:
    planted = "p" * 43
    answer = await server.post(LOGIN_URL, json=CREDENTIALS, headers={"Cookie": f"cozygen_token={planted}"})
    assert (await answer.json())["token"] != planted
    server.session.cookie_jar.clear()
    assert (await server.get(PRIVATE_URL, headers=bearer(planted))).status == 401


async def test_a_39_signing_out_ends_the_session_on_the_server(server: Client) -> None:
    token = (await (await server.post(LOGIN_URL, json=CREDENTIALS)).json())["token"]
    answer = await server.post("/cozygen/api/logout")
    assert await answer.json() == {"status": "ok"}
    [(name, cookie)] = SimpleCookie(answer.headers["Set-Cookie"]).items()
    assert (name, cookie.value, cookie["max-age"], cookie["path"]) == ("cozygen_token", "", "0", "/")
    assert (bool(cookie["httponly"]), cookie["samesite"]) == (True, "Strict")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert (await server.get(PRIVATE_URL, headers=bearer(token))).status == 401
    assert (await server.post("/cozygen/api/logout")).status == 200, "twice is no error"


async def test_a_49_a_stranger_learns_only_that_there_is_a_login(server: Client) -> None:
    answer = await server.get(STATUS_URL)
    assert answer.status == 401
    assert await answer.json() == {"authenticated": False, "user": None, "auth_enabled": True}
    assert (await (await server.get("/cozygen/api/health")).json()).keys() == {"status"}


async def test_the_owner_learns_who_and_until_when(server: Client) -> None:
    token = await sign_in(server)
    status = await (await server.get(STATUS_URL, headers=bearer(token))).json()
    assert {name: status[name] for name in ("authenticated", "user", "auth_enabled", "access")} == {
        "authenticated": True,
        "user": NAME,
        "auth_enabled": True,
        "access": "admin",
    }
    assert isinstance(status["exp"], int)
    assert status["default_credentials"] is False
    assert status["password_in_settings"] is True


async def test_without_a_login_there_is_nothing_to_sign_in_to(client: Client) -> None:
    status = await client.get(STATUS_URL)
    assert (status.status, await status.json()) == (
        200,
        {"authenticated": False, "user": None, "auth_enabled": False},
    )
    answer = await client.post(LOGIN_URL, data=b"nonsense", headers={"Content-Type": "application/json"})
    assert (answer.status, await error_of(answer)) == (400, "auth_disabled")
    assert (await client.post("/cozygen/api/logout")).status == 200


@pytest.mark.parametrize("place", ["alone"], indirect=True)
@pytest.mark.parametrize("half", [{"COZYGEN_AUTH_USER": "ann"}, {"COZYGEN_AUTH_PASS": PASSWORD}])
async def test_a_22_half_a_login_is_refused_at_the_start(half: dict[str, str], place: str) -> None:
    for other in ("", None):
        missing = ({"COZYGEN_AUTH_USER", "COZYGEN_AUTH_PASS"} - set(half)).pop()
        variables = half if other is None else {**half, missing: other}
        with pytest.raises(SettingsError, match=f"without {missing}"):
            load({}, variables)


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_16_neither_tokens_nor_passwords_reach_the_log(
    server: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = await sign_in(server)
    await server.get(PRIVATE_URL, headers=bearer(token))
    await server.post(LOGIN_URL, json={"username": NAME, "password": "a wrong secret"})
    assert "sign-in refused" in caplog.text
    for secret in (token, PASSWORD, "a wrong secret"):
        assert secret not in caplog.text


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_52_a_name_cannot_write_lines_into_the_log(
    server: Client, caplog: pytest.LogCaptureFixture
) -> None:
    name = "ann\n2026-01-01 signed in: root\x1b[31m\u2028"
    await server.post(LOGIN_URL, json={"username": name, "password": "x"})
    [record] = [entry for entry in caplog.records if "sign-in refused" in entry.getMessage()]
    assert record.getMessage().isprintable()


async def test_a_14_the_header_of_comfyuis_multi_user_mode_says_nothing(server: Client) -> None:
    assert (await server.get(PRIVATE_URL, headers={"comfy-user": NAME})).status == 401


@pytest.mark.parametrize("place", ["alone"], indirect=True)
@pytest.mark.parametrize(
    "token",
    [
        "eyJhbGciOiJub25lIn0.eyJ1IjoiYW5uIn0.",
        "eyJhbGciOiJIUzI1NiIsImtpZCI6Ii4uLy4uL2V0Yy9wYXNzd2QifQ.eyJ1IjoiYW5uIn0.c2ln",
        "eyJ1IjoiQW5uIiwiZXhwIjo5OTk5OTk5OTk5fQ.c2lnbmF0dXJl",
        "*",
        "null",
    ],
)
async def test_a_15_tokens_of_other_kinds_mean_nothing(server: Client, token: str) -> None:
    assert (await server.get(PRIVATE_URL, headers=bearer(token))).status == 401


async def test_the_root_leads_a_person_to_the_sign_in_and_a_program_to_401(server: Client) -> None:
    page = await server.get("/", headers={"Accept": "text/html,*/*"}, allow_redirects=False)
    assert (page.status, page.headers["Location"]) == (302, "cozygen/#/login?next=/")
    for headers in ({"Accept": "*/*"}, {"Accept": "application/json"}):
        assert (await server.get("/", headers=headers, allow_redirects=False)).status == 401
    assert (await server.post("/", headers={"Accept": "text/html"})).status == 401


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "javascript:alert(1)", "https://e.x"]
)
async def test_a_46_no_redirect_leads_elsewhere(server: Client, target: str) -> None:
    for path in ("/", "/cozygen"):
        answer = await server.get(
            path, params={"next": target}, headers={"Accept": "text/html"}, allow_redirects=False
        )
        assert answer.headers["Location"].split("#")[0] == "cozygen/"


async def test_a_48_this_machine_itself_is_no_exception(server: Client) -> None:
    for headers in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "localhost"}):
        assert (await server.get(PRIVATE_URL, headers=headers)).status == 401


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_23_a_default_password_works_only_on_the_server_itself(
    start: ClientFactory, caplog: pytest.LogCaptureFixture
) -> None:
    server = await start(COZYGEN_AUTH_USER="ann", COZYGEN_AUTH_PASS="change-me")
    assert "Choose another one" in caplog.text
    body = {"username": "ann", "password": "change-me"}
    away = await server.post(LOGIN_URL, json=body, headers={"X-Forwarded-For": "203.0.113.9"})
    assert (away.status, await error_of(away)) == (403, "default_credentials")
    here = await server.post(LOGIN_URL, json=body)
    assert (await here.json())["default_credentials"] is True
    assert (await (await server.get(STATUS_URL)).json())["default_credentials"] is True
    server.session.cookie_jar.clear()
    assert "default_credentials" not in await (await server.get(STATUS_URL)).json()


async def test_accounts_and_the_login_of_the_settings_stand_side_by_side(
    start: ClientFactory, folders: FixedFolders
) -> None:
    OnDisk(folders.data).add_user("Bob", "another long password")
    server = await start(**LOGIN)
    assert await sign_in(server)
    assert await sign_in(server, "bob", "another long password")
