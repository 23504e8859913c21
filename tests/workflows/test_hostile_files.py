"""Files that no editor writes, over HTTP: a clear error or a warning, bounded in time, beside the loop."""

from __future__ import annotations

import json
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from yarl import URL

from cozygen.host.folders import FixedFolders
from cozygen.storage import json_text
from cozygen.storage.document_text import MAX_DEPTH
from cozygen.workflows.graph import MOST_NODES
from tests.conftest import Client, error_of
from tests.workflows.graphs import dynamic, node, text_to_image

JSON = {"Content-Type": "application/json"}
FORM = "/cozygen/api/workflows/a.json/form"


@pytest.fixture
def path(folders: FixedFolders) -> Path:
    return folders.workflows / "a.json"


async def form_of(client: Client, path: Path, graph: Any) -> dict[str, Any]:
    path.write_text(graph if isinstance(graph, str) else json.dumps(graph))
    answer = await client.get(FORM)
    body: dict[str, Any] = await answer.json()
    assert answer.status == 200, body
    return body


def codes(form: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(problem["code"], problem.get("node_id")) for problem in form["problems"]]


@pytest.fixture
def parsed_in(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the threads that read JSON of more than a megabyte."""
    names: list[str] = []
    real = json_text.loads

    def loads(data: bytes) -> Any:
        if len(data) > 1_000_000:
            names.append(threading.current_thread().name)
        return real(data)

    monkeypatch.setattr(json_text, "loads", loads)
    return names


TWENTY_MB = 20_000_000


async def test_a_graph_of_twenty_megabytes_is_read_beside_the_loop(
    client: Client, path: Path, parsed_in: list[str]
) -> None:
    graph = text_to_image()
    graph["6"]["inputs"]["text"] = "x" * TWENTY_MB
    form = await form_of(client, path, graph)
    assert len(form["fields"][0]["default"]) == TWENTY_MB
    assert parsed_in
    assert "MainThread" not in parsed_in


async def test_a_save_of_twenty_megabytes_is_read_beside_the_loop(
    client: Client, path: Path, parsed_in: list[str]
) -> None:
    graph = text_to_image()
    graph["6"]["inputs"]["text"] = "x" * TWENTY_MB
    answer = await client.put(
        "/cozygen/api/workflows/a.json", data=BytesIO(json.dumps({"prompt": graph}).encode()), headers=JSON
    )
    assert answer.status == 200
    assert path.stat().st_size > TWENTY_MB
    assert "MainThread" not in parsed_in


async def test_a_file_over_the_limit_is_named_not_read(client: Client, path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(40 * 2**20)
    answer = await client.get(FORM)
    assert (answer.status, await error_of(answer)) == (413, "payload_too_large")
    listed = (await (await client.get("/cozygen/workflows")).json())["items"]
    assert [(item["name"], item["size"]) for item in listed] == [("a.json", 40 * 2**20)]


async def test_a_body_over_the_limit_is_refused(client: Client, path: Path) -> None:
    answer = await client.put(
        "/cozygen/api/workflows/a.json",
        data=BytesIO(b'{"prompt": "' + bytes(33 * 2**20) + b'"}'),
        headers=JSON,
    )
    assert (answer.status, await error_of(answer)) == (413, "payload_too_large")
    assert not path.exists()


async def test_too_many_nodes_are_refused_in_words(client: Client, path: Path) -> None:
    path.write_text(json.dumps({str(number): node("A") for number in range(MOST_NODES + 1)}))
    answer = await client.get(FORM)
    assert (answer.status, await error_of(answer)) == (422, "too_many_nodes")
    answer = await client.post("/cozygen/api/queue", json={"workflow": "a.json", "values": {}})
    assert (answer.status, await error_of(answer)) == (422, "too_many_nodes")


async def test_as_many_samplers_as_may_be_take_one_walk(client: Client, path: Path) -> None:
    """Each used to walk its whole past: minutes for a graph of half a megabyte."""
    graph: dict[str, Any] = {}
    for number in range(MOST_NODES // 2):
        before = [f"e{number - 1}", 0]
        graph[f"e{number}"] = node("CLIPTextEncode", text="x", clip=before)
        graph[f"k{number}"] = node("KSampler", positive=[f"e{number}", 0], negative=before)
    form = await form_of(client, path, graph)
    assert sum(field["role"] == "positive" for field in form["fields"]) == MOST_NODES // 2


@pytest.mark.parametrize("depth", [100, 250, 260, 400, 600, 900, 2000, 200_000])
async def test_deep_nesting_is_read_or_refused_and_never_breaks(
    client: Client, path: Path, depth: int
) -> None:
    inner = "[" * depth + "]" * depth
    path.write_text('{"1": {"class_type": "A", "inputs": {"a": ' + inner + "}}}")
    for address in (FORM, "/cozygen/workflows/a.json"):
        answer = await client.get(address)
        assert answer.status == (200 if depth < MAX_DEPTH - 3 else 400), await answer.text()
        if answer.status == 400:
            assert await error_of(answer) in ("bad json", "too_deep")
    for order in ({"workflow": "a.json"}, {"graph": {"1": node("A", a=[[]])}}):
        text = json.dumps({**order, "values": {}}).replace("[[]]", inner)
        answer = await client.post("/cozygen/api/queue", data=text, headers=JSON)
        assert answer.status in (200, 400, 422), await answer.text()


async def test_nan_and_infinity_become_valid_values(client: Client, path: Path) -> None:
    graph = text_to_image()
    graph["3"]["inputs"].update(cfg=float("nan"), denoise=float("inf"))
    graph["20"] = dynamic("size", "FLOAT", float("nan"), min_value=float("-inf"), max_value=float("nan"))
    form = await form_of(client, path, graph)
    (field,) = form["fields"]
    assert (field["name"], field["default"], field["min"], field["max"]) == ("size", 0.0, None, None)
    del graph["20"]
    fields = {field["input"]: field for field in (await form_of(client, path, graph))["fields"]}
    assert "NaN" not in json.dumps(fields)
    assert "Infinity" not in json.dumps(fields)


async def test_a_cycle_is_a_warning_at_its_nodes(client: Client, path: Path) -> None:
    graph = text_to_image()
    graph["4"]["inputs"]["model"] = ["3", 0]
    found = codes(await form_of(client, path, graph))
    assert ("cycle", "3") in found
    assert ("cycle", "4") in found


async def test_an_absent_input_is_a_warning_at_its_node(client: Client, path: Path) -> None:
    graph = text_to_image()
    del graph["5"]
    assert ("missing_link", "3") in codes(await form_of(client, path, graph))


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_an_unknown_class_is_a_warning_at_its_node(client: Client, path: Path) -> None:
    graph = {**text_to_image(), "99": node("NobodyKnowsThis", value=1)}
    assert ("missing_node", "99") in codes(await form_of(client, path, graph))


ODD: dict[str, Any] = {
    "ids that are links to themselves": {"1": node("A", a=["1", 0])},
    "links of odd shape": {"1": node("A", a=["1"], b=["1", "0"], c=["1", -1], d=[None, 0], e=["1", 0, 0])},
    "inputs that are a list": {"1": {"class_type": "A", "inputs": []}, "2": node("A", a=1)},
    "no inputs": {"1": {"class_type": "A"}, "2": node("CozyGenDynamicInput")},
    "a class that is a number": {"1": {"class_type": 5, "inputs": {}}, "2": node("A", a=1)},
    "an empty class": {"1": node(""), "2": node("A/../B"), "3": node("%00"), "4": node("?x=1#y")},
    "meta of odd shape": {"1": {**node("A", a=1), "_meta": {"title": ["x"]}}, "2": {**node("A"), "_meta": 5}},
    "settings of odd shape": {
        "1": node(
            "CozyGenDynamicInput",
            param_name=["x"],
            param_type={"a": 1},
            default_value=[1],
            min_value="low",
            max_value={},
            priority="first",
            choices={"a": 1},
            display_bypass="perhaps",
        ),
        "2": node("CozyGenChoiceInput", param_name="c", choice_type=5, default_choice=7, value=["a"]),
        "3": node("CozyGenImageInput", param_name="", image_filename=9),
    },
    "huge numbers": {
        "1": dynamic("n", "INT", 10**400, min_value=-(10**400), max_value=10**400, priority=10**400),
        "2": dynamic("f", "FLOAT", 10**400, increment=10**400),
    },
    "names of odd letters": {"1": dynamic("犬\u0000\u202e<b>" + "x" * 10_000, "STRING", "\u0000")},
    "a lone surrogate": '{"1": {"class_type": "A\\ud800", "inputs": {"\\udfff": "\\ud800"}}}',
    "equal keys": '{"1": {"class_type": "A", "inputs": {}}, "1": {"class_type": "B", "inputs": {"x": 1}}}',
    "a BOM": "\ufeff" + json.dumps(text_to_image()),
}


@pytest.mark.parametrize("case", ODD)
async def test_an_odd_graph_still_has_a_form(client: Client, path: Path, case: str) -> None:
    form = await form_of(client, path, ODD[case])
    assert isinstance(form["fields"], list)
    answer = await client.post("/cozygen/api/queue", json={"workflow": "a.json", "values": {}})
    assert answer.status in (200, 422), await answer.text()


@pytest.mark.parametrize("name", ["..%2F..%2Fetc%2Fpasswd.json", "a%2F..%2F..%2Fb.json", "..%5Cx.json"])
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/cozygen/workflows/{}"),
        ("GET", "/cozygen/api/workflows/{}/form"),
        ("PUT", "/cozygen/api/workflows/{}"),
        ("DELETE", "/cozygen/api/workflows/{}"),
        ("POST", "/cozygen/api/workflows/{}/rename"),
    ],
)
async def test_no_row_takes_a_name_that_leaves_the_folder(
    client: Client, folders: FixedFolders, name: str, method: str, address: str
) -> None:
    outside = folders.workflows.parent / "b.json"
    outside.write_text(json.dumps(text_to_image()))
    body = {"PUT": {"prompt": text_to_image()}, "POST": {"to": "x.json"}}.get(method)
    answer = await client.request(
        method, URL(address.format(name), encoded=True), json=body, headers={"If-Match": "*"}
    )
    assert (answer.status, await error_of(answer)) == (403, "forbidden")
    assert json.loads(outside.read_text()) == text_to_image()


async def test_a_queue_order_names_no_file_outside(client: Client) -> None:
    answer = await client.post("/cozygen/api/queue", json={"workflow": "../b.json", "values": {}})
    assert (answer.status, await error_of(answer)) == (403, "forbidden")
