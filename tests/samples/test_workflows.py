"""The sample workflows run from their defaults, so that a newcomer's first tap makes a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from tests.conftest import Client
from tests.runs.test_runs import ended
from tests.samples.draw import save_input
from tests.samples.workflows import WORKFLOWS, write


@pytest.fixture
def place() -> str:
    return "alone"


@pytest.mark.parametrize("name", list(WORKFLOWS))
async def test_a_sample_workflow_runs(client: Client, folders: FixedFolders, output: Path, name: str) -> None:
    write(folders.workflows)
    save_input(folders.input)
    form = await (await client.get(f"/cozygen/api/workflows/{name}/form")).json()
    assert form["problems"] == []
    small: dict[str, Any] = {"Width": 64, "Height": 64, "Steps": 2}
    values = {field["name"]: small[field["name"]] for field in form["fields"] if field["name"] in small}
    answer = await client.post("/cozygen/api/queue", json={"workflow": name, "values": values})
    body = await answer.json()
    assert (answer.status, body["warnings"]) == (200, [])
    run = await ended(client, body["runs"][0]["run_id"])
    assert run["state"] == "done", run
    assert len(list((output / "CozyGen").iterdir())) == 1
