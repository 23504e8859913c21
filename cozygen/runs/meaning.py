"""Inputs of a graph found by what they mean: the seed, the positive prompt, the width."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cozygen.workflows.cozy_inputs import is_cozy_input
from cozygen.workflows.graph import Graph, as_link, inputs_of
from cozygen.workflows.roles import Roles

# Where nodes that only supply a value keep it, the likeliest first.
_HELD = (
    "value",
    "default_value",
    "default_choice",
    "image_filename",
    "text",
    "string",
    "int",
    "float",
    "seed",
    "number",
)


@dataclass(frozen=True)
class Place:
    """An input that holds a literal, and its value."""

    node_id: str
    input: str
    value: Any


def places_of(graph: Graph, role: str) -> list[Place]:
    """Every literal that ends up where `role` is meant, each once, in the graph's order."""
    roles = Roles(graph)
    found: dict[tuple[str, str], Place] = {}
    for node_id, node in graph.items():
        if is_cozy_input(node):
            continue
        for name, value in inputs_of(node).items():
            if roles.of(node_id, name) == role:
                for place in _literals(graph, node_id, name, value):
                    found.setdefault((place.node_id, place.input), place)
    return list(found.values())


def _literals(graph: Graph, node_id: str, name: str, value: Any) -> Iterator[Place]:
    """The input itself, or what the node that it is linked to holds."""
    link = as_link(value)
    if link is None:
        yield Place(node_id, name, value)
        return
    source = graph.get(link.node_id)
    held = inputs_of(source) if source else {}
    for candidate in _HELD:
        if candidate in held and as_link(held[candidate]) is None:
            yield Place(link.node_id, candidate, held[candidate])
            return
