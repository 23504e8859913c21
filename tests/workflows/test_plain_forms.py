"""Forms of graphs without any of our nodes, and of App-mode definitions."""

from __future__ import annotations

from typing import Any

import pytest

from cozygen.errors import UnprocessableError
from cozygen.workflows.build_form import build_form
from cozygen.workflows.form import Form
from cozygen.workflows.graph import Graph, cyclic_nodes, parse_graph
from cozygen.workflows.node_info import NoNodeInfo
from tests.workflows.graphs import FakeChoices, FakeNodes, node, text_to_image


async def form_of(graph: Graph, ui: Any = None) -> Form:
    return await build_form(graph, ui, FakeNodes(), FakeChoices())


def shown(form: Form) -> list[str]:
    folded = {name for group in form.groups for name in group.fields}
    return [field.name for field in form.fields if field.name not in folded]


async def test_a_plain_graph_shows_what_matters_and_folds_the_rest() -> None:
    form = await form_of(text_to_image())
    assert form.source == "titles"
    assert [field.role for field in form.fields if field.name in shown(form)] == [
        "positive",
        "negative",
        "model",
        "width",
        "height",
        "seed",
        "steps",
        "cfg",
        "sampler",
        "scheduler",
        "batch",
    ]
    assert [group.name for group in form.groups] == ["More"]
    assert set(form.groups[0].fields) == {"KSampler · denoise", "SaveImage · filename_prefix"}


async def test_equal_titles_are_told_apart_by_their_node() -> None:
    form = await form_of(text_to_image())
    assert shown(form)[:2] == ["CLIPTextEncode · text (6)", "CLIPTextEncode · text (7)"]


async def test_a_title_of_its_own_brings_a_node_into_the_form() -> None:
    graph = text_to_image()
    graph["9"]["_meta"] = {"title": "Where to save"}
    assert "Where to save · filename_prefix" in shown(await form_of(graph))


async def test_the_hosts_display_name_is_no_title_of_its_own() -> None:
    graph = text_to_image()
    graph["8"]["_meta"] = {"title": "VAEDecode"}
    graph["9"]["_meta"] = {"title": "SaveImage"}
    assert "SaveImage · filename_prefix" not in shown(await form_of(graph))


async def test_without_a_host_the_graph_speaks_for_itself() -> None:
    form = await build_form(text_to_image(), None, NoNodeInfo(), FakeChoices(sampler=("euler", "heun")))
    kinds = {field.name: field.kind for field in form.fields}
    assert kinds["KSampler · seed"] == "integer"
    assert kinds["KSampler · cfg"] == "number"
    assert kinds["KSampler · sampler_name"] == "choice"
    assert kinds["CLIPTextEncode · text (6)"] == "text"
    assert form.problems == ()


async def test_limits_and_choices_come_from_the_host() -> None:
    fields = {field.name: field for field in (await form_of(text_to_image())).fields}
    steps, scheduler = fields["KSampler · steps"], fields["KSampler · scheduler"]
    assert (steps.minimum, steps.maximum) == (1, 10000)
    assert scheduler.choices == ("normal", "karras")
    assert fields["EmptyLatentImage · width"].step == 8


async def test_a_model_that_is_gone_is_named_and_kept() -> None:
    graph = text_to_image()
    graph["4"]["inputs"]["ckpt_name"] = "gone.safetensors"
    form = await form_of(graph)
    problem = next(entry for entry in form.problems if entry.code == "missing_choice")
    assert (problem.node_id, problem.field) == ("4", "CheckpointLoaderSimple · ckpt_name")
    field = form.get("CheckpointLoaderSimple · ckpt_name")
    assert field is not None
    assert field.default == "gone.safetensors"


async def test_a_node_that_the_host_lacks_is_named() -> None:
    graph = text_to_image()
    graph["20"] = node("RareUpscaler", images=["8", 0])
    assert [(entry.code, entry.node_id) for entry in (await form_of(graph)).problems] == [
        ("missing_node", "20")
    ]


async def test_image_inputs_are_shown() -> None:
    form = await form_of({"1": node("LoadImage", image="a.png"), "2": node("SaveImage", images=["1", 0])})
    assert [(field.kind, field.default) for field in form.fields] == [("image", "a.png")]


@pytest.mark.parametrize(
    ("linear", "names"),
    [
        ([[6, "text"], ["3", "seed"]], ["CLIPTextEncode · text", "KSampler · seed"]),
        ([["3", "steps", {"height": 40}]], ["KSampler · steps"]),
        ([["3", "cfg"], ["99", "text"], ["3", "absent"], "junk", ["3"]], ["KSampler · cfg"]),
    ],
)
async def test_an_app_mode_definition_gives_its_inputs_in_its_order(linear: Any, names: list[str]) -> None:
    form = await form_of(text_to_image(), {"extra": {"linearMode": True, "linearData": {"inputs": linear}}})
    assert form.source == "app_mode"
    assert [field.name for field in form.fields] == names


@pytest.mark.parametrize(
    "ui",
    [None, {}, [], {"extra": None}, {"extra": {"linearData": {}}}, {"extra": {"linearData": {"inputs": []}}}],
)
async def test_an_empty_app_mode_definition_is_none(ui: Any) -> None:
    assert (await form_of(text_to_image(), ui)).source == "titles"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (None, "not_a_workflow"),
        ([], "not_a_workflow"),
        ({}, "not_a_workflow"),
        ("text", "not_a_workflow"),
        ({"1": 7}, "not_a_workflow"),
        ({"1": {"class_type": 3}}, "not_a_workflow"),
        ({"nodes": [], "links": []}, "ui_format"),
    ],
)
def test_what_is_no_graph_is_refused_with_what_to_do(document: Any, code: str) -> None:
    with pytest.raises(UnprocessableError) as refused:
        parse_graph(document)
    assert refused.value.error == code
    assert refused.value.message.endswith(".")


def test_a_queue_item_is_read_as_its_graph() -> None:
    assert parse_graph({"prompt": text_to_image(), "client_id": "x"}) == text_to_image()


async def test_a_cycle_and_a_missing_link_are_problems_of_their_nodes() -> None:
    graph = {
        "1": node("ImageScale", image=["2", 0], upscale_method="lanczos"),
        "2": node("ImageScale", image=["1", 0], upscale_method="lanczos"),
        "3": node("SaveImage", images=["99", 0]),
    }
    assert cyclic_nodes(graph) == ["1", "2"]
    codes = {(entry.code, entry.node_id) for entry in (await form_of(graph)).problems}
    assert codes == {("cycle", "1"), ("cycle", "2"), ("missing_link", "3")}


async def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    graph = {str(i): node("ImageScale", image=[str(i - 1), 0]) for i in range(1, 20_000)}
    graph["0"] = node("LoadImage", image="a.png")
    assert cyclic_nodes(graph) == []
    assert (await form_of(graph)).problems == ()
