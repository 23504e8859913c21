"""`cozygen user …` on the server's console."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cozygen.cli import main
from cozygen.host.folders import FixedFolders
from tests.auth.logins import LOGIN, NAME, PASSWORD, OnDisk, bearer, sign_in
from tests.auth.running import accounts
from tests.conftest import ClientFactory

Run = Callable[..., int]


@pytest.fixture
def run(folders: FixedFolders, monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*words: str, password: str = "") -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
        return main(["user", *words, "--data-dir", str(folders.data)])

    return call


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_user_that_was_added_signs_in(run: Run, start: ClientFactory) -> None:
    assert run("add", "Bob", "--access", "view", password=PASSWORD) == 0
    client = await start()
    token = await sign_in(client, "bob")
    status = await (await client.get("/cozygen/api/auth_status", headers=bearer(token))).json()
    assert (status["user"], status["access"]) == ("Bob", "view")
    refused = await client.post("/cozygen/api/clear_cache", headers=bearer(token))
    assert refused.status == 403


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_the_first_user_closes_the_door_of_a_running_server(run: Run, start: ClientFactory) -> None:
    client = await start()
    assert (await client.get("/cozygen/api/aliases")).status == 200
    run("add", "bob", password=PASSWORD)
    await accounts(client).refresh()
    assert (await client.get("/cozygen/api/aliases")).status == 401


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_42_a_new_password_ends_all_sessions(run: Run, start: ClientFactory) -> None:
    run("add", "bob", password=PASSWORD)
    client = await start(**LOGIN)
    bob, ann = await sign_in(client, "bob"), await sign_in(client)
    assert run("passwd", "bob", password="another long password") == 0
    await accounts(client).refresh()
    assert (await client.get("/cozygen/api/sessions", headers=bearer(bob))).status == 401
    assert (await client.get("/cozygen/api/sessions", headers=bearer(ann))).status == 200
    assert await sign_in(client, "bob", "another long password")


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_removed_user_is_out_at_once_and_stays_out_when_added_again(
    run: Run, start: ClientFactory
) -> None:
    run("add", "bob", password=PASSWORD)
    client = await start(**LOGIN)
    token = await sign_in(client, "bob")
    assert run("remove", "BOB") == 0
    await accounts(client).refresh()
    assert (await client.get("/cozygen/api/sessions", headers=bearer(token))).status == 401
    run("add", "bob", password=PASSWORD)
    await accounts(client).refresh()
    assert (await client.get("/cozygen/api/sessions", headers=bearer(token))).status == 401


@pytest.mark.parametrize("password", ["", "short", "change-me", "password", "Robert123", "12345678"])
def test_a_weak_password_is_refused(run: Run, capsys: pytest.CaptureFixture[str], password: str) -> None:
    assert run("add", "robert123", password=password) == 2
    assert capsys.readouterr().err.startswith("cozygen: The password is ")
    assert run("add", "bob", password=PASSWORD) == 0
    assert run("passwd", "bob", password=password if password != "Robert123" else "bob") == 2


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 65, "default", "DEFAULT", "a\x1b[31mb"])
def test_a_name_that_cannot_be_shown_is_refused(run: Run, name: str) -> None:
    assert run("add", name, password=PASSWORD) == 2


def test_a_name_exists_once_in_whatever_case(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("add", "José", password=PASSWORD)
    assert run("add", "JOSE\u0301", password=PASSWORD) == 2
    assert "already" in capsys.readouterr().err


@pytest.mark.parametrize("action", ["passwd", "remove"])
def test_a_user_that_is_not_there_is_named(run: Run, capsys: pytest.CaptureFixture[str], action: str) -> None:
    assert run(action, "nobody", password=PASSWORD) == 2
    assert capsys.readouterr().err == "cozygen: There is no user nobody.\n"


def test_the_list_says_who_and_what(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("list")
    assert "everybody may do everything" in capsys.readouterr().out
    run("add", "bob", "--access", "queue", password=PASSWORD)
    capsys.readouterr()
    run("list")
    assert capsys.readouterr().out == "bob\tqueue\t0 sessions and tokens\n"


def test_a_18_a_50_the_files_are_their_owners_alone_and_hold_no_password(
    run: Run, folders: FixedFolders
) -> None:
    run("add", "bob", password=PASSWORD)
    token = OnDisk(folders.data).add_session("bob")
    for name in ("users.json", "sessions.json"):
        path = folders.data / name
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert token not in path.read_text()
        assert PASSWORD not in path.read_text()
    assert json.loads((folders.data / "users.json").read_text())["users"]["bob"]["hash"].startswith(
        "$argon2id$"
    )


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_accounts_that_cannot_be_read_keep_the_door_closed(
    run: Run, start: ClientFactory, folders: FixedFolders
) -> None:
    run("add", "bob", password=PASSWORD)
    for path in folders.data.glob("users.json*"):
        path.write_bytes(b"\0" * 100)
    client = await start()
    for url in ("/cozygen/hello", "/cozygen/api/aliases", "/"):
        answer = await client.get(url)
        assert (answer.status, (await answer.json())["error"]) == (503, "login_unavailable")


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_they_stay_closed_at_the_next_start_until_the_console_resets(
    run: Run, start: ClientFactory, folders: FixedFolders
) -> None:
    run("add", "bob", password=PASSWORD)
    for path in folders.data.glob("users.json*"):
        path.write_bytes(b"{")
    first = await start()
    assert (await first.get("/cozygen/hello")).status == 503
    second = await start()
    assert (await second.get("/cozygen/hello")).status == 503
    run("add", "bob", password=PASSWORD)
    await accounts(second).refresh()
    assert (await second.get("/cozygen/hello")).status == 200
    assert await sign_in(second, "bob")


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_the_first_account_adopts_what_was_there_without_a_login(
    run: Run, start: ClientFactory
) -> None:
    run("add", "bob", password=PASSWORD)
    run("add", "eve", password="another long password")
    client = await start()
    found = accounts(client)
    for name, password, user in (("bob", PASSWORD, "default"), ("eve", "another long password", "eve")):
        session = found.find(await sign_in(client, name, password))
        assert session is not None
        assert (session.name, session.user) == (name, user)


def test_the_file_env_beside_the_data_counts_and_stays_out_of_the_environment(
    folders: FixedFolders, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    import os

    (folders.data / ".env").write_text(
        f"# the login\nexport COZYGEN_AUTH_USER='{NAME}'  # me\nCOZYGEN_AUTH_PASS={PASSWORD}\nPATH=/evil\n"
    )
    before = dict(os.environ)
    assert run("list") == 0
    assert f"{NAME}\tadmin\tfrom the settings" in capsys.readouterr().out
    assert dict(os.environ) == before


def test_half_a_login_is_refused_with_2(
    run: Run, capsys: pytest.CaptureFixture[str], folders: FixedFolders, tmp_path: Path
) -> None:
    (folders.data / ".env").write_text("COZYGEN_AUTH_USER=ann\n")
    assert main(["serve", "--data-dir", str(folders.data)]) == 2
    assert "COZYGEN_AUTH_USER is set without COZYGEN_AUTH_PASS" in capsys.readouterr().err
