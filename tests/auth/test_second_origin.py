"""CSRF and DNS rebinding tried by a real browser: a page of a second origin in headless Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.auth.logins import LOGIN, NAME, PASSWORD
from tests.conftest import CHECKOUT

SCRIPT = Path(__file__).with_name("second_origin.mjs")
PACKAGE = CHECKOUT / "js" / "package.json"
BLOCKED = {
    "read": "blocked",
    "simple post": "blocked",
    "text post": "blocked",
    "json post": "blocked",
    "delete": "blocked",
    "websocket": "refused",
    "frame": "cross-origin",
}


@pytest.fixture
def browser() -> dict[str, str]:
    """The environment in which the script finds Node's Playwright and Chromium."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None or shutil.which("node") is None:
        pytest.skip("no Chromium or no Node on this machine")
    if not (PACKAGE.parent / "node_modules" / "playwright-core").is_dir():
        pytest.skip("playwright-core is not installed: run `npm ci` in js/")
    if not (PACKAGE.parent / "dist" / "index.html").is_file():
        pytest.skip("the app is not built: run `make app`")
    return {**os.environ, "CHROMIUM": chromium, "PLAYWRIGHT_FROM": str(PACKAGE)}


@contextmanager
def serving(data: Path, login: dict[str, str]) -> Iterator[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COZYGEN_")}
    command = [sys.executable, "-m", "cozygen.cli", "serve", "--port", "0", "--data-dir", str(data)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT, env={**environment, **login}
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().split(" ready at ")[1].strip().removesuffix("cozygen/")
        process.terminate()


def sign_in(base: str) -> str:
    request = urllib.request.Request(
        base + "cozygen/api/login",
        json.dumps({"username": NAME, "password": PASSWORD}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["token"])


def attack(base: str, token: str, browser: dict[str, str]) -> Any:
    done = subprocess.run(
        ["node", str(SCRIPT), base, token],
        env=browser,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_24_to_a_28_another_origin_gets_nothing_from_the_owners_browser(
    tmp_path: Path, browser: dict[str, str]
) -> None:
    with serving(tmp_path, LOGIN) as base:
        found = attack(base, sign_in(base), browser)
    assert found["other port (same site)"] == BLOCKED
    assert found["other site"] == BLOCKED
    assert "cross_site_request" in found["form"]
    assert found["rebound"].startswith("401"), "another name has no cookie"
    assert found["own"] == 200, "the owner is still signed in"


def test_a_31_without_a_login_a_rebound_name_gets_nothing(tmp_path: Path, browser: dict[str, str]) -> None:
    with serving(tmp_path, {}) as base:
        found = attack(base, "-", browser)
    assert found["other port (same site)"] == BLOCKED
    assert found["other site"] == BLOCKED
    assert "cross_site_request" in found["form"]
    assert found["rebound"].startswith("403")
    assert "host_not_allowed" in found["rebound"]
