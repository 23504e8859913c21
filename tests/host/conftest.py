"""Fixtures of the tests inside a stand-in ComfyUI, once as old and once as new."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from tests.conftest import CHECKOUT, Client
from tests.host.stand_in.comfyui import ComfyUI, running

Boot = Callable[..., ComfyUI]
Serve = Callable[[ComfyUI], Awaitable[Client]]


@pytest.fixture(params=[False, True], ids=["v0.3.64", "newest"])
def newest(request: pytest.FixtureRequest) -> bool:
    """Which ComfyUI is stood in for."""
    return bool(request.param)


@pytest.fixture
def boot(tmp_path: Path, newest: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[Boot]:
    """A ComfyUI that is about to import its packs: `boot(listen="0.0.0.0")`."""
    for name in ("USER", "PASS", "USER_FILE", "PASS_FILE"):
        monkeypatch.delenv(f"COZYGEN_AUTH_{name}", raising=False)
    with ExitStack() as stack:

        def make(**options: Any) -> ComfyUI:
            return stack.enter_context(running(tmp_path / "ComfyUI", newest=newest, **options))

        yield make


@pytest.fixture
def comfyui(boot: Boot) -> ComfyUI:
    """A ComfyUI with its usual options."""
    return boot()


@pytest.fixture
def serve(aiohttp_client: AiohttpClient) -> Serve:
    """ComfyUI's last steps: add the routes, start, and give a client."""

    async def start(comfyui: ComfyUI) -> Client:
        comfyui.server.add_routes()
        return await aiohttp_client(comfyui.server.app)

    return start


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The shim as the registry installs it: without the Python package beside it."""
    folder = tmp_path / "ComfyUI" / "custom_nodes" / "any name.v2"
    folder.mkdir(parents=True)
    for name in ("__init__.py", "requirements.txt"):
        shutil.copy(CHECKOUT / name, folder)
    return folder
