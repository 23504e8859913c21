"""Bypassed graphs and the examples are those that real ComfyUIs, old and new, found valid."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cozygen.errors import UnprocessableError
from cozygen.workflows.build_form import build_form
from cozygen.workflows.bypass import bypass
from cozygen.workflows.graph import Graph, dangling_links, links_of
from tests.conftest import CHECKOUT
from tests.workflows.bypass_shapes import SHAPES
from tests.workflows.graphs import FakeChoices
from tests.workflows.recorded import PAGES, recorded_nodes, verdicts

EXAMPLES = sorted((CHECKOUT / "example_workflows").glob("*.json"))


pytestmark = pytest.mark.parametrize("version", PAGES)


async def after(name: str, version: str) -> Graph:
    shape, nodes = SHAPES[name], recorded_nodes(version)
    form = await build_form(shape.graph, None, nodes, FakeChoices())
    return await bypass(shape.graph, form, shape.bypassed, nodes)


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if not shape.refused])
async def test_a_bypassed_graph_is_the_one_that_comfyui_found_valid(name: str, version: str) -> None:
    recorded = verdicts(version)["shapes"][name]
    assert recorded["before"] is True
    assert recorded["after"] is True
    assert await after(name, version) == recorded["graph"]
    assert dangling_links(recorded["graph"]) == []


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.refused])
async def test_what_has_no_way_through_is_refused_by_its_field(name: str, version: str) -> None:
    assert verdicts(version)["shapes"][name]["before"] is True
    with pytest.raises(UnprocessableError) as refused:
        await after(name, version)
    assert refused.value.error == "cannot_bypass"
    assert refused.value.details is not None
    assert refused.value.details["field"] == "off"


def test_there_are_at_least_twenty_shapes_and_all_were_asked(version: str) -> None:
    assert len([name for name, shape in SHAPES.items() if not shape.refused]) >= 20
    assert set(SHAPES) == set(verdicts(version)["shapes"])


@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_comfyui_found_the_example_valid(name: str, version: str) -> None:
    assert verdicts(version)["examples"][name] is True


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_fits_the_classes_as_comfyui_describes_them(path: Any, version: str) -> None:
    """The record may be older than the file; this is not."""
    graph: Graph = json.loads(path.read_text("utf-8"))
    classes = verdicts(version)["object_info"]
    for node_id, node in graph.items():
        required = classes[node["class_type"]]["input"].get("required", {})
        assert set(required) <= set(node["inputs"]) | {"value"}, node_id
        known = set(required) | set(classes[node["class_type"]]["input"].get("optional", {}))
        extra = set(node["inputs"]) - known
        assert not extra or node["class_type"].startswith("CozyGen"), (node_id, extra)
        for name, link in links_of(node):
            source = classes[graph[link.node_id]["class_type"]]["output"][link.slot]
            wanted = {**required, **classes[node["class_type"]]["input"].get("optional", {})}[name][0]
            assert source == wanted or source == "*" or isinstance(wanted, list), (node_id, name)


def test_there_are_examples_for_everybody(version: str) -> None:
    names = {path.stem for path in EXAMPLES}
    assert names == set(verdicts(version)["examples"])
    assert len([name for name in names if "no models" in name]) >= 3
    assert {"SDXL", "Flux dev", "Wan 2.1 text to video"} <= names
