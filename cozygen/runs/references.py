"""Pictures of the gallery as inputs: one way to write them, as every node takes it."""

from __future__ import annotations

from collections.abc import Mapping

from cozygen.workflows.form import Form, Value
from cozygen.workflows.graph import Graph

PREFIX = "output::"


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
