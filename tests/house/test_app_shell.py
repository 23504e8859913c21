"""The page and its files: cached as they should be, confined to the app."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from yarl import URL

from tests.conftest import Client, ClientFactory, error_of


@pytest.fixture
async def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: ClientFactory) -> Client:
    app = tmp_path / "app"
    (app / "assets").mkdir(parents=True)
    (app / "index.html").write_text("<!doctype html><title>CozyGen</title>")
    (app / "assets" / "index-abc123.js").write_text("export {}")
    (app / "manifest.webmanifest").write_text("{}")
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr("cozygen.app.find_app_folder", lambda: app)
    return await start()


async def test_the_page_is_served_and_never_cached(shell: Client) -> None:
    page = await shell.get("/cozygen/")
    assert page.status == 200
    assert page.content_type == "text/html"
    assert page.headers["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"


async def test_h_24_the_builds_own_script_in_the_page_may_run_and_no_other(
    start: ClientFactory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "index.html"
    monkeypatch.setattr("cozygen.app.find_app_folder", lambda: tmp_path)
    page.write_text("<script>first()</script><script type=module src=a.js></script>")
    client = await start()
    before = (await client.get("/cozygen/")).headers["Content-Security-Policy"]
    page.write_text("<script>another, longer()</script>")  # an update under the running server
    after = (await client.get("/cozygen/")).headers["Content-Security-Policy"]
    for policy, script in ((before, b"first()"), (after, b"another, longer()")):
        digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
        assert f"script-src 'self' 'sha256-{digest}';" in policy
        assert policy.count("sha256-") == 1
        assert "script-src 'self' 'unsafe-inline'" not in policy


async def test_the_short_address_leads_to_the_page(shell: Client) -> None:
    answer = await shell.get("/cozygen", allow_redirects=False)
    assert answer.headers["Location"] == "cozygen/"
    assert (await shell.get("/cozygen")).content_type == "text/html"


@pytest.mark.parametrize("place", ["alone"])
async def test_the_root_of_the_own_server_leads_to_the_page(shell: Client) -> None:
    answer = await shell.get("/", allow_redirects=False)
    assert answer.headers["Location"] == "cozygen/"


@pytest.mark.parametrize("place", ["comfyui"])
async def test_the_root_of_comfyui_stays_its_own(shell: Client) -> None:
    assert "canvas" in await (await shell.get("/")).text()


async def test_a_hashed_file_may_be_kept_for_a_year(shell: Client) -> None:
    script = await shell.get("/cozygen/assets/index-abc123.js")
    assert script.content_type == "text/javascript"
    assert "immutable" in script.headers["Cache-Control"]


async def test_a_file_with_a_fixed_name_is_asked_for_again(shell: Client) -> None:
    manifest = await shell.get("/cozygen/manifest.webmanifest")
    assert manifest.content_type == "application/manifest+json"
    assert manifest.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cozygen/assets/absent.js", 404),
        ("/cozygen/assets/..%2f..%2fsecret.txt", 403),
        ("/cozygen/assets/%2e%2e/%2e%2e/secret.txt", 403),
        ("/cozygen/assets/%2Fetc%2Fpasswd", 404),
        ("/cozygen/assets/a%5c..%5c..%5csecret.txt", 403),
        ("/cozygen/icons/..%2f..%2fsecret.txt", 403),
        ("/cozygen/locales/%00", 400),
        ("/cozygen/assets/", 404),
        ("/cozygen/index.html", 404),
    ],
)
async def test_nothing_else_is_served(shell: Client, path: str, status: int) -> None:
    answer = await shell.get(URL(path, encoded=True))
    assert answer.status == status
    await error_of(answer)


async def test_an_unbuilt_app_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: ClientFactory
) -> None:
    monkeypatch.setattr("cozygen.app.find_app_folder", lambda: tmp_path)
    answer = await (await start()).get("/cozygen/")
    assert (answer.status, await error_of(answer)) == (503, "app_not_built")
