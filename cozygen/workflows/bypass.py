"""Switching an optional node off: its consumers read what it read, by type and slot.

The predecessor matched by input name and left links dangling; here output slot k
of the bypassed node has type T, and the consumer gets the node's own input of
type T (same name first). Where nothing passes through, a strength of 0 does, or
the person is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cozygen.errors import UnprocessableError
from cozygen.workflows.cozy_inputs import is_cozy_input
from cozygen.workflows.form import Form
from cozygen.workflows.graph import Consumer, Graph, Link, consumers_of, copied, inputs_of, links_of, title_of
from cozygen.workflows.node_info import NodeInfo, NodeInfoSource

_STRENGTHS = ("strength_model", "strength_clip", "strength")


async def bypass(graph: Graph, form: Form, names: Iterable[str], nodes: NodeInfoSource) -> Graph:
    """A copy of the graph without the nodes that the named fields control.

    Raises UnprocessableError `cannot_bypass` naming the field.
    """
    changed = copied(graph)
    for name in names:
        field = form.get(name)
        for target in field.targets if field else ():
            await _bypass_controlled(changed, target.node_id, name, nodes)
    return changed


async def _bypass_controlled(graph: Graph, controller: str, name: str, nodes: NodeInfoSource) -> None:
    """Switch off every node that the controller feeds, then the controller."""
    if controller not in graph:
        return
    for node_id in dict.fromkeys(consumer.node_id for consumer in consumers_of(graph, controller)):
        info = await nodes.node_info(str(graph[node_id]["class_type"]))
        if not _pass_through(graph, node_id, info) and not _silence(graph, node_id):
            raise UnprocessableError(
                f"“{title_of(graph[node_id])}” cannot be switched off: nothing can take its place.",
                code="cannot_bypass",
                details={"field": name, "node_id": node_id},
            )
    if not consumers_of(graph, controller):
        graph.pop(controller, None)


def _pass_through(graph: Graph, node_id: str, info: NodeInfo | None) -> bool:
    """Rewire all consumers past a node and remove it with its own controllers; False changes nothing."""
    consumers = consumers_of(graph, node_id)
    sources = {consumer: _source(graph, node_id, consumer, info) for consumer in consumers}
    if not consumers or any(source is None for source in sources.values()):
        return False
    for consumer, source in sources.items():
        if source is not None:
            graph[consumer.node_id]["inputs"][consumer.input] = [source.node_id, source.slot]
    _remove_with_controllers(graph, node_id)
    return True


def _source(graph: Graph, node_id: str, consumer: Consumer, info: NodeInfo | None) -> Link | None:
    """What a consumer should read instead of the node's output."""
    linked = {name: link for name, link in links_of(graph[node_id]) if link.node_id in graph}
    offered = {name: link for name, link in linked.items() if not is_cozy_input(graph[link.node_id])}
    if info is None or consumer.slot >= len(info.outputs):
        return offered.get(consumer.input)
    wanted = info.outputs[consumer.slot]
    fitting = [name for name in offered if name in info.inputs and info.inputs[name].type == wanted]
    if consumer.input in fitting:
        return offered[consumer.input]
    return offered[fitting[0]] if fitting else None


def _remove_with_controllers(graph: Graph, node_id: str) -> None:
    feeding = [link.node_id for _name, link in links_of(graph[node_id])]
    del graph[node_id]
    for source in feeding:
        if source in graph and is_cozy_input(graph[source]) and not consumers_of(graph, source):
            del graph[source]


def _silence(graph: Graph, node_id: str) -> bool:
    """Set a node's strengths to 0; False where it has none."""
    inputs: dict[str, Any] = inputs_of(graph[node_id])
    present = [name for name in _STRENGTHS if name in inputs]
    for name in present:
        inputs[name] = 0.0
    return bool(present)
