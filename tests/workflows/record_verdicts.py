"""Asks a real ComfyUI what it thinks of bypassed graphs and of the examples; by hand, since CI has none.

With ComfyUI's Python: `python -m tests.workflows.record_verdicts <folder of ComfyUI> [--check]` from the
checkout. It writes the page of that version in `tests/vectors` (see `recorded.PAGES`): what ComfyUI says of
the classes, its verdict on each graph before and after, and on each example. With `--check` it writes
nothing and ends with 1 where ComfyUI says something else now.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from cozygen.errors import UnprocessableError
from cozygen.host.comfyui_nodes import ComfyNodeHost
from cozygen.nodes import node_classes
from cozygen.workflows.build_form import build_form
from cozygen.workflows.bypass import bypass
from cozygen.workflows.graph import Graph
from tests.workflows.bypass_shapes import MODELS, PICTURE, SHAPES
from tests.workflows.graphs import FakeChoices
from tests.workflows.recorded import PAGES, RecordedNodes

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "example_workflows"


async def bypassed_graph(graph: Graph, names: tuple[str, ...], nodes: RecordedNodes) -> Graph | None:
    """The graph without what is switched off; None where that is refused."""
    form = await build_form(graph, None, nodes, FakeChoices())
    try:
        return await bypass(graph, form, names, nodes)
    except UnprocessableError:
        return None


def prepare(folder: Path) -> Any:
    """Import ComfyUI with empty files for models; returns its modules `execution` and `nodes`."""
    sys.path.insert(0, str(folder))
    # ComfyUI reads the options of whoever imports it.
    sys.argv = [sys.argv[0], "--cpu"]
    import_module("comfy.options").enable_args_parsing()
    # ComfyUI's own `utils` comes before the module of that name that some of its nodes bring.
    import_module("utils.install_util")
    execution, folders, nodes = map(import_module, ("execution", "folder_paths", "nodes"))
    scratch = Path(tempfile.mkdtemp())
    for kind, names in MODELS.items():
        (scratch / kind).mkdir()
        for name in names:
            (scratch / kind / name).touch()
        folders.add_model_folder_path(kind, str(scratch / kind))
    folders.set_input_directory(str(scratch))
    (scratch / PICTURE).touch()
    asyncio.run(nodes.init_extra_nodes(init_custom_nodes=False, init_api_nodes=False))
    nodes.NODE_CLASS_MAPPINGS.update(node_classes(ComfyNodeHost()))
    return execution, nodes


def described(nodes: Any, class_type: str) -> dict[str, Any]:
    """What `/object_info` would say, shortened to what forms read."""
    made = nodes.NODE_CLASS_MAPPINGS[class_type]
    return {
        "input": made.INPUT_TYPES(),
        "output": list(made.RETURN_TYPES),
        "output_node": bool(getattr(made, "OUTPUT_NODE", False)),
        "display_name": nodes.NODE_DISPLAY_NAME_MAPPINGS.get(class_type, class_type),
    }


async def verdict(execution: Any, graph: Graph | None) -> Any:
    """True, or the kinds of the errors by node."""
    if graph is None:
        return None
    sent = json.loads(json.dumps(graph))
    valid, error, _outputs, by_node = await execution.validate_prompt("id", sent, None)
    if valid and not by_node:
        return True
    found = {node_id: [entry["type"] for entry in node["errors"]] for node_id, node in by_node.items()}
    return {"error": error and error["type"], "nodes": found}


async def record(execution: Any, nodes: Any) -> dict[str, Any]:
    examples = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.json"))}
    graphs = [*(shape.graph for shape in SHAPES.values()), *examples.values()]
    classes = sorted({str(node["class_type"]) for graph in graphs for node in graph.values()})
    raw = json.loads(json.dumps({name: described(nodes, name) for name in classes}, default=str))
    source = RecordedNodes(raw)
    shapes = {}
    for name, shape in SHAPES.items():
        after = await bypassed_graph(shape.graph, shape.bypassed, source)
        shapes[name] = {
            "before": await verdict(execution, shape.graph),
            "after": await verdict(execution, after),
            "graph": after,
        }
    verdicts = {name: await verdict(execution, with_picture(graph)) for name, graph in examples.items()}
    version = import_module("comfyui_version").__version__
    return {"comfyui": version, "object_info": raw, "shapes": shapes, "examples": verdicts}


def with_picture(graph: Graph) -> Graph:
    """An example as somebody queues it: with a picture chosen."""
    given = {"image_filename": PICTURE}
    return {
        node_id: {**node, "inputs": {**node["inputs"], **given}}
        if node["class_type"] == "CozyGenImageInput"
        else node
        for node_id, node in graph.items()
    }


def differences(made: dict[str, Any], page: dict[str, Any]) -> list[str]:
    """Where a page says something else, by name."""
    return [
        f"{part}: {name}"
        for part in ("object_info", "shapes", "examples")
        for name in sorted({*made[part], *page[part]})
        if made[part].get(name) != page[part].get(name)
    ]


def main(folder: str, *options: str) -> int:
    """Record, or check what was recorded; prints every verdict."""
    made = asyncio.run(record(*prepare(Path(folder).resolve())))
    for name, shape in made["shapes"].items():
        print(name, shape["before"], shape["after"], sep=" | ")
    for name, said in made["examples"].items():
        print(name, said, sep=" | ")
    page = PAGES[made["comfyui"]]
    if "--check" in options:
        found = differences(made, json.loads(page.read_text("utf-8")))
        print(f"ComfyUI {made['comfyui']}:", ", ".join(found) or "all as recorded")
        return int(bool(found))
    page.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
