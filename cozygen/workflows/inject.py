"""Values into a graph: pure functions on a copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cozygen.errors import UnprocessableError
from cozygen.workflows.form import Form, Value
from cozygen.workflows.graph import Graph, copied
from cozygen.workflows.values import ValueRefusedError, checked


def complete(form: Form, values: Mapping[str, Any]) -> tuple[dict[str, Value], list[str]]:
    """(a value for every field, names that no field has).

    A missing name takes its field's default. Raises UnprocessableError
    `invalid_values` with `details.fields.<name>[]` when a value does not fit.
    """
    complete_values: dict[str, Value] = {}
    refused: dict[str, list[str]] = {}
    for field in form.fields:
        if field.kind == "lora_pair":
            continue
        try:
            sent = values.get(field.name)
            complete_values[field.name] = field.default if sent is None else checked(field, sent)
        except ValueRefusedError as error:
            refused[field.name] = [f"must be {error}"]
    if refused:
        raise UnprocessableError(
            "Some values do not fit their fields.", code="invalid_values", details={"fields": refused}
        )
    known = {field.name for field in form.fields}
    return complete_values, [name for name in values if name not in known]


def inject(graph: Graph, form: Form, values: Mapping[str, Value]) -> Graph:
    """A copy of the graph with the values in place; a node that is gone is skipped."""
    filled = copied(graph)
    for field in form.fields:
        if field.name not in values:
            continue
        for target in field.targets:
            node = filled.get(target.node_id)
            if node is not None:
                node["inputs"][target.input] = values[field.name]
    return filled
