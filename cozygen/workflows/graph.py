"""API-format graphs: what they are, how to walk them, and what is wrong with one.

A graph maps node ids to `{"class_type", "inputs", "_meta"?}`; an input is a
literal or a link `[node id, output slot]` (comfyui.md A.4).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from cozygen.errors import UnprocessableError
from cozygen.storage.document_text import MAX_DEPTH, depth_of

MOST_NODES: Final = 5000
"""Ten times what the largest real workflows have; keeps the time for a form within a second."""

Node = dict[str, Any]
Graph = dict[str, Node]


class Link(NamedTuple):  # there are hundreds in a graph: made four times faster than a frozen dataclass
    """Where an input comes from: a node and one of its output slots."""

    node_id: str
    slot: int


class Consumer(NamedTuple):
    """An input that reads from somebody's output."""

    node_id: str
    input: str
    slot: int


def parse_graph(document: Any) -> Graph:
    """The graph inside a document, nodes checked; raises UnprocessableError with what to do."""
    if isinstance(document, dict) and isinstance(document.get("nodes"), list):
        raise UnprocessableError(
            "This is the graph editor's own format; save it with “Save to CozyGen” or “Export (API)”.",
            code="ui_format",
        )
    if isinstance(document, dict) and isinstance(document.get("prompt"), dict):
        document = document["prompt"]
    if not isinstance(document, dict) or not document:
        raise UnprocessableError("This file holds no workflow.", code="not_a_workflow")
    if depth_of(document) > MAX_DEPTH:
        raise UnprocessableError("This workflow is nested too deeply.", code="too_deep")
    graph = {str(node_id): node for node_id, node in document.items() if _is_node(node)}
    if not graph:
        raise UnprocessableError("This file holds no workflow.", code="not_a_workflow")
    if len(graph) > MOST_NODES:
        message = f"This workflow has {len(graph)} nodes; more than {MOST_NODES} are not taken."
        raise UnprocessableError(message, code="too_many_nodes", details={"limit": MOST_NODES})
    return graph


def _is_node(node: Any) -> bool:
    return (
        isinstance(node, dict)
        and isinstance(node.get("class_type"), str)
        and isinstance(node.get("inputs", {}), dict)
    )


def inputs_of(node: Node) -> dict[str, Any]:
    """A node's inputs; a node without any has none."""
    inputs = node.get("inputs")
    return inputs if isinstance(inputs, dict) else {}


def copied(graph: Graph) -> Graph:
    """A copy whose nodes and inputs may be replaced; what an input holds is shared."""
    return {node_id: {**node, "inputs": dict(inputs_of(node))} for node_id, node in graph.items()}


def title_of(node: Node) -> str:
    """The title that its author gave a node, else its class."""
    meta = node.get("_meta")
    title = meta.get("title") if isinstance(meta, dict) else None
    return title.strip() if isinstance(title, str) and title.strip() else str(node["class_type"])


def as_link(value: Any) -> Link | None:
    """An input's value as a link, if it is one: `["12", 0]`."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    source, slot = value
    if isinstance(slot, bool) or not isinstance(slot, int) or not isinstance(source, (str, int)):
        return None
    return Link(str(source), slot)


def links_of(node: Node) -> Iterator[tuple[str, Link]]:
    """The linked inputs of a node, in order."""
    for name, value in inputs_of(node).items():
        link = as_link(value)
        if link is not None:
            yield name, link


def consumers_of(graph: Graph, node_id: str) -> list[Consumer]:
    """Every input that reads from a node, in the graph's order."""
    return [
        Consumer(other_id, name, link.slot)
        for other_id, node in graph.items()
        for name, link in links_of(node)
        if link.node_id == node_id
    ]


def upstream(graph: Graph, start: Iterable[str]) -> Iterator[str]:
    """Node ids reached by following links backwards, nearest first, each once."""
    waiting = deque(start)
    seen: set[str] = set()
    while waiting:
        node_id = waiting.popleft()
        if node_id in seen or node_id not in graph:
            continue
        seen.add(node_id)
        yield node_id
        waiting.extend(link.node_id for _name, link in links_of(graph[node_id]))


def readers_of(graph: Graph) -> dict[str, list[Consumer]]:
    """Every node id that is read, with the inputs that read it."""
    readers: dict[str, list[Consumer]] = {}
    for node_id, node in graph.items():
        for name, link in links_of(node):
            readers.setdefault(link.node_id, []).append(Consumer(node_id, name, link.slot))
    return readers


def downstream(readers: Mapping[str, list[Consumer]], start: str) -> Iterator[Consumer]:
    """Inputs reached by following links forwards (`readers_of`), nearest first, each node once."""
    waiting = deque(readers.get(start, ()))
    seen = {start}
    while waiting:
        consumer = waiting.popleft()
        yield consumer
        if consumer.node_id not in seen:
            seen.add(consumer.node_id)
            waiting.extend(readers.get(consumer.node_id, ()))


def dangling_links(graph: Graph) -> list[tuple[str, str, Link]]:
    """Links to nodes that are not there: (node id, input, link)."""
    return [
        (node_id, name, link)
        for node_id, node in graph.items()
        for name, link in links_of(node)
        if link.node_id not in graph
    ]


def cyclic_nodes(graph: Graph) -> list[str]:
    """Nodes that wait for themselves, in the graph's order (Kahn's algorithm)."""
    readers = readers_of(graph)
    open_links = dict.fromkeys(graph, 0)
    for node_id in graph:
        for reader in readers.get(node_id, ()):
            open_links[reader.node_id] += 1
    ready = deque(node_id for node_id, count in open_links.items() if count == 0)
    while ready:
        done = ready.popleft()
        for reader in readers.get(done, ()):
            open_links[reader.node_id] -= 1
            if open_links[reader.node_id] == 0:
                ready.append(reader.node_id)
    return [node_id for node_id, count in open_links.items() if count > 0]
