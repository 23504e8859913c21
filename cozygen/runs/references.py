"""Pictures of the gallery as inputs: one way to write them, as every node takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cozygen.errors import UnprocessableError
from cozygen.workflows.form import Form, Value
from cozygen.workflows.graph import Graph, inputs_of, links_of

PREFIX: Final = "output::"


def with_references(form: Form, graph: Graph, values: Mapping[str, Value]) -> dict[str, Value]:
    """Values with `output::folder::file` as ComfyUI's own nodes write it: `folder/file [output]`."""
    done = dict(values)
    for field in form.fields:
        value = values.get(field.name)
        if field.kind != "image" or not isinstance(value, str) or not value.startswith(PREFIX):
            continue
        classes = {graph[target.node_id]["class_type"] for target in field.targets if target.node_id in graph}
        if classes and "CozyGenImageInput" not in classes:
            done[field.name] = annotated(value)
    return done


def annotated(reference: str) -> str:
    """`output::a/b::c.png` → `a/b/c.png [output]`."""
    folder, _, name = reference.removeprefix(PREFIX).rpartition("::")
    return f"{folder}/{name} [output]" if folder else f"{name} [output]"


def require_pictures(form: Form, graph: Graph) -> None:
    """Raises UnprocessableError `invalid_values` for pictures that are read and not chosen.

    ComfyUI takes no name for the input folder itself, and falls over it only when the graph runs.
    """
    empty = [
        (field.name, target)
        for field in form.fields
        if field.kind == "image"
        for target in field.targets
        if not _holds_text(graph, target.node_id, target.input)
    ]
    read = {link.node_id for node in graph.values() for _name, link in links_of(node)} if empty else set()
    said = {
        name: f"“{name}” has no picture yet; choose one." for name, target in empty if target.node_id in read
    }
    if said:
        raise UnprocessableError(
            next(iter(said.values())),
            code="invalid_values",
            details={"fields": {name: [sentence] for name, sentence in said.items()}},
        )


def _holds_text(graph: Graph, node_id: str, name: str) -> bool:
    """False where the input is there and blank."""
    held = inputs_of(graph[node_id]).get(name) if node_id in graph else None
    return not isinstance(held, str) or bool(held.strip())
