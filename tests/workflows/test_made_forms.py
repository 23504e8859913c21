"""A form is made once for a file, and anew as soon as anything it was made from changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cozygen.workflows.files import WorkflowFiles
from cozygen.workflows.form import Form
from cozygen.workflows.forms import Forms
from cozygen.workflows.node_info import NodeInfo, read_node_info
from tests.workflows.graphs import OBJECT_INFO, dynamic, text_to_image


class Changing:
    """A host whose answers change."""

    def __init__(self) -> None:
        self.raw = json.loads(json.dumps(OBJECT_INFO))
        self.lists: dict[str, tuple[str, ...]] = {"loras": ("a.safetensors",)}

    async def node_info(self, class_type: str) -> NodeInfo | None:
        raw = self.raw.get(class_type)
        return read_node_info(class_type, raw) if raw else None

    async def choices(self, kind: str) -> tuple[str, ...] | None:
        return self.lists.get(kind)

    async def refresh(self, kind: str) -> None:
        """Nothing is kept."""


@pytest.fixture
def host() -> Changing:
    return Changing()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.json"
    graph = {**text_to_image(), "20": dynamic("lora", "DROPDOWN", "a.safetensors", choice_type="loras")}
    file.write_text(json.dumps(graph))
    return file


@pytest.fixture
def forms(path: Path, host: Changing) -> Forms:
    return Forms(WorkflowFiles(path.parent), host, host)


async def made(forms: Forms) -> Form:
    return await forms.form_of(await forms.read("a.json"))


async def test_an_unchanged_file_gives_the_same_form(forms: Forms) -> None:
    assert await made(forms) is await made(forms)


async def test_a_changed_file_gives_another(forms: Forms, path: Path) -> None:
    first = await made(forms)
    path.write_text(path.read_text().replace('"lora"', '"style"'))
    again = await made(forms)
    assert again is not first
    assert again.fields[0].name == "style"


async def test_a_new_model_is_among_the_choices_at_once(forms: Forms, host: Changing) -> None:
    await made(forms)
    host.lists["loras"] = ("a.safetensors", "b.safetensors")
    assert (await made(forms)).fields[0].choices == ("a.safetensors", "b.safetensors")


async def test_a_node_that_the_host_learns_is_no_problem_any_more(forms: Forms, host: Changing) -> None:
    raw = host.raw.pop("KSampler")
    assert [problem.code for problem in (await made(forms)).problems] == ["missing_node"]
    host.raw["KSampler"] = raw
    assert (await made(forms)).problems == ()


async def test_an_editors_graph_that_appears_counts(forms: Forms, path: Path) -> None:
    path.write_text(json.dumps(text_to_image()))
    assert (await made(forms)).source == "titles"
    ui = path.parent / ".ui" / "a.json"
    ui.parent.mkdir()
    ui.write_text(json.dumps({"nodes": [], "extra": {"linearData": {"inputs": [["6", "text"]]}}}))
    assert (await made(forms)).source == "app_mode"
