"""CozyGen attached to a stand-in ComfyUI, for tests that walk endpoints in both places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from aiohttp import web

from cozygen.host.comfyui import attach
from cozygen.host.folders import FixedFolders
from tests.host.stand_in.comfyui import running


@contextmanager
def attached(
    folders: FixedFolders,
    variables: Mapping[str, str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    newest: bool = True,
    **options: Any,
) -> Iterator[web.Application]:
    """ComfyUI's application with CozyGen on it, over the same folders as the stand-alone server."""
    monkeypatch.setenv("COZYGEN_DATA_DIR", str(folders.data))
    monkeypatch.setenv("COZYGEN_WORKFLOWS_DIR", str(folders.workflows))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with running(folders.data.parent, newest=newest, **options) as comfyui:
        attach("pip install cozygen")
        comfyui.server.add_routes()
        yield comfyui.server.app
