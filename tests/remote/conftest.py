"""`cozygen serve --comfyui` before a far ComfyUI."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.settings import load
from tests.conftest import Client
from tests.remote.far import Far, Wire
from tests.runs.test_runs import graph

StartRemote = Callable[..., Awaitable[Client]]


@pytest.fixture
async def far(tmp_path: Path) -> AsyncIterator[Far]:
    """A ComfyUI without our nodes."""
    made = Far(tmp_path / "far")
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def wire(far: Far) -> AsyncIterator[Wire]:
    """The way to it."""
    made = Wire(lambda: far.port)
    await made.up()
    yield made
    await made.down()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (
        ("cozygen.runs.tracker.RETRY_S", 0.1),
        ("cozygen.runs.tracker.LOOK_EVERY_S", 0.1),
        ("cozygen.runs.tracker.STRANGER_S", 0.2),
        ("cozygen.runs.tracker.QUIET_S", 0.5),
        ("cozygen.runs.tracker.LOST_AFTER_S", 1.0),
        ("cozygen.runs.fetching.RETRY_S", 0.2),
        ("cozygen.host.remote.proxy.RETRY_S", 0.1),
    ):
        monkeypatch.setattr(name, value)


@pytest.fixture
def start_remote(aiohttp_client: AiohttpClient, folders: FixedFolders, wire: Wire) -> StartRemote:
    """Start our server before the far one."""
    (folders.workflows / "sketch.json").write_text(json.dumps(graph()))

    async def make(**variables: str) -> Client:
        settings = load({}, {"COZYGEN_COMFYUI": wire.url, **variables})
        return await aiohttp_client(create_app(settings, folders))

    return make


@pytest.fixture
async def client(start_remote: StartRemote) -> Client:
    """A client of our server."""
    return await start_remote()
