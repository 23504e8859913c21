"""Whole forms as they were judged good once; `python -m tests.workflows.test_golden_forms` writes them anew.

Read the difference before you commit it.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from cozygen.workflows.build_form import build_form
from cozygen.workflows.endpoints import form_json
from cozygen.workflows.form import Form
from cozygen.workflows.graph import as_link, inputs_of, parse_graph
from cozygen.workflows.inject import complete, inject
from tests.conftest import CHECKOUT
from tests.workflows.bypass_shapes import MODELS
from tests.workflows.golden_graphs import GOLDEN, Case
from tests.workflows.graphs import FakeChoices
from tests.workflows.recorded import recorded_nodes

PAGE = CHECKOUT / "tests" / "vectors" / "forms.json"
LISTS = {"sampler": ("euler", "euler_ancestral", "uni_pc"), "scheduler": ("normal", "simple")}
CASES = [(source, name) for source, cases in GOLDEN.items() for name in cases]


async def form_of(case: Case) -> Form:
    lists = FakeChoices(**{**MODELS, **LISTS, "samplers_list": LISTS["sampler"]})
    return await build_form(parse_graph(case[0]), case[1], recorded_nodes(), lists)


def without_lists(value: Any) -> Any:
    """A form without long lists of choices: they are the host's."""
    for field in value["fields"]:
        if field["choices"] is not None and len(field["choices"]) > 5:
            field["choices"] = [*field["choices"][:5], "…"]
    return value


@pytest.mark.parametrize(("source", "name"), CASES, ids=[f"{source}: {name}" for source, name in CASES])
async def test_a_form_is_as_it_was_judged_good(source: str, name: str) -> None:
    golden = json.loads(PAGE.read_text("utf-8"))
    assert without_lists(form_json(await form_of(GOLDEN[source][name]))) == golden[source][name]


def test_every_source_has_at_least_ten_graphs() -> None:
    assert all(len(cases) >= 10 for source, cases in GOLDEN.items() if source != "examples")
    golden = json.loads(PAGE.read_text("utf-8"))
    assert {source: set(cases) for source, cases in GOLDEN.items()} == {k: set(v) for k, v in golden.items()}
    made = {source: {form["source"] for form in golden[source].values()} for source in golden}
    assert made["titles"] == {"titles"}
    assert made["predecessor"] == made["cozygen"] == {"cozygen"}


@pytest.mark.parametrize(("source", "name"), CASES, ids=[f"{source}: {name}" for source, name in CASES])
async def test_the_defaults_of_a_form_give_back_the_graphs_own_values(source: str, name: str) -> None:
    """But for values that ComfyUI would refuse, which the form has mended or names as a problem."""
    graph, ui = GOLDEN[source][name]
    form = await form_of((graph, ui))
    troubled = {problem.field for problem in form.problems}
    fine = {field.name: field.default for field in form.fields if field.name not in troubled}
    filled = inject(graph, form, fine)
    for node_id, node in filled.items():
        for key, value in inputs_of(node).items():
            own = inputs_of(graph[node_id]).get(key)
            assert as_link(own) is not None or value == own or source in ("cozygen", "predecessor"), (
                node_id,
                key,
            )
            assert key in inputs_of(graph[node_id]) or node["class_type"] == "CozyGenChoiceInput"
    if not troubled:
        assert complete(form, {})[0] == {
            field.name: field.default for field in form.fields if field.kind != "lora_pair"
        }


async def write() -> None:
    made = {
        source: {name: without_lists(form_json(await form_of(case))) for name, case in cases.items()}
        for source, cases in GOLDEN.items()
    }
    PAGE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    asyncio.run(write())
