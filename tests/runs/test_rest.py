"""Background work rests while the host works, whoever gave it the work."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from cozygen.gallery import Gallery
from cozygen.runs.rest import resting
from tests.conftest import ClientFactory


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("queue", {"remaining": 2}, [True]),
        ("queue", {"remaining": 0}, [False]),
        ("queue", {"remaining": None}, [False]),
        ("host", {"connected": False}, [False]),
        ("host", {"connected": True}, []),
        ("progress", {"remaining": 5}, []),
    ],
)
def test_only_the_hosts_count_and_its_loss_matter(
    name: str, data: Mapping[str, Any], expected: list[bool]
) -> None:
    told: list[tuple[str, Any]] = []
    rests: list[bool] = []
    resting(lambda name, data: told.append((name, data)), rests.append)(name, data)
    assert (told, rests) == ([(name, data)], expected)


@pytest.mark.parametrize(("setting", "expected"), [("yes", {True, False}), ("no", {False})])
@pytest.mark.parametrize("place", ["alone"])
async def test_the_gallery_rests_while_a_prompt_runs_and_goes_on_after_it(
    start: ClientFactory, monkeypatch: pytest.MonkeyPatch, setting: str, expected: set[bool]
) -> None:
    seen: list[bool] = []
    rest = Gallery.rest

    def spied(self: Any, wanted: bool) -> None:
        rest(self, wanted)
        seen.append(self._resting)

    monkeypatch.setattr(Gallery, "rest", spied)
    client = await start(COZYGEN_REST_WHILE_RUNNING=setting)
    graph = {
        "1": {"class_type": "EmptyImage", "inputs": {"width": 8, "height": 8, "batch_size": 1, "color": 0}},
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "x"}},
    }
    assert (await client.post("/prompt", json={"prompt": graph})).status == 200
    for _ in range(200):
        if seen and not seen[-1]:
            break
        await asyncio.sleep(0.05)
    assert set(seen) == expected
    assert seen[-1] is False
