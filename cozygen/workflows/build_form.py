"""A form out of a workflow: from CozyGen's nodes, else App mode, else the graph itself."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable
from dataclasses import replace
from typing import Any, Protocol

from cozygen.workflows import cozy_inputs, widget_inputs
from cozygen.workflows.form import Field, Form, Group, Problem, Target, merged
from cozygen.workflows.graph import Graph, cyclic_nodes, dangling_links, inputs_of, title_of
from cozygen.workflows.lora_pairs import with_pairs
from cozygen.workflows.node_info import NodeInfo, NodeInfoSource
from cozygen.workflows.roles import Roles
from cozygen.workflows.widget_inputs import ALWAYS, MORE

_AT_ONCE = 50


class ChoiceSource(Protocol):
    """Lists of files and names to choose from."""

    async def choices(self, kind: str) -> tuple[str, ...] | None:
        """The list of a choice type; None where there is no such list."""


async def build_form(graph: Graph, ui_graph: Any, nodes: NodeInfoSource, choices: ChoiceSource) -> Form:
    """The form of a workflow; problems are told, never raised."""
    infos = await _infos(graph, nodes)
    roles, problems = await asyncio.to_thread(_studied, graph, infos)
    cozy = [node_id for node_id, node in graph.items() if cozy_inputs.is_cozy_input(node)]
    targets, gone = widget_inputs.app_mode_targets(ui_graph, graph)
    if cozy:
        fields = await _in_turns(_cozy_field(graph, node_id, roles, infos, choices) for node_id in cozy)
        fields = sorted(fields, key=lambda entry: entry.priority)
        made = Form("cozygen", tuple(with_pairs(merged(fields))))
    elif targets:
        made = Form("app_mode", tuple(await _widgets(graph, targets, roles, infos, choices)))
        problems += (_missing_input(target) for target in gone)
    else:
        made = await _plain_form(graph, roles, infos, choices)
    return replace(made, problems=(*problems, *_field_problems(made)))


def _studied(graph: Graph, infos: dict[str, NodeInfo]) -> tuple[Roles, list[Problem]]:
    return Roles(graph), list(_graph_problems(graph, infos))


async def _infos(graph: Graph, nodes: NodeInfoSource) -> dict[str, NodeInfo]:
    """The description of every class in the graph that the host knows."""
    classes = sorted({str(node["class_type"]) for node in graph.values()})
    found = await asyncio.gather(*(nodes.node_info(name) for name in classes))
    return {name: info for name, info in zip(classes, found, strict=True) if info is not None}


async def _in_turns(making: Iterable[Awaitable[Field]]) -> list[Field]:
    """The fields one after another, with room for others in between: a form may have thousands."""
    fields: list[Field] = []
    for waiting in making:
        fields.append(await waiting)
        if len(fields) % _AT_ONCE == 0:
            await asyncio.sleep(0)
    return fields


async def _cozy_field(
    graph: Graph, node_id: str, roles: Roles, infos: dict[str, NodeInfo], choices: ChoiceSource
) -> Field:
    choice_type = cozy_inputs.choice_type_of(graph[node_id])
    listed = await choices.choices(choice_type) if choice_type else None
    fed = cozy_inputs.fed_input(graph, roles.readers.get(node_id, ()))
    info = infos.get(fed[0]) if fed else None
    target = info.inputs.get(fed[1]) if info and fed else None
    return cozy_inputs.read_field(graph, node_id, roles, listed, target)


async def _widgets(
    graph: Graph,
    targets: Iterable[Target],
    roles: Roles,
    infos: dict[str, NodeInfo],
    choices: ChoiceSource,
) -> list[Field]:
    """One field per input; equal names are made unique by the node id."""
    fields = await _in_turns(_widget(graph, target, roles, infos, choices) for target in targets)
    names = Counter(field.name for field in fields)
    return [
        replace(field, name=f"{field.name} ({field.targets[0].node_id})") if names[field.name] > 1 else field
        for field in fields
    ]


async def _widget(
    graph: Graph, target: Target, roles: Roles, infos: dict[str, NodeInfo], choices: ChoiceSource
) -> Field:
    info = infos.get(str(graph[target.node_id]["class_type"]))
    described = info.inputs.get(target.input) if info else None
    listed = None
    # The host's own list is the truth; our folders stand in where it is silent.
    if described is None or (described.type == "COMBO" and not described.choices):
        kind = widget_inputs.choice_type_of(target.input)
        listed = await choices.choices(kind) if kind else None
    return widget_inputs.read_widget(graph, target, roles, described, listed)


async def _plain_form(graph: Graph, roles: Roles, infos: dict[str, NodeInfo], choices: ChoiceSource) -> Form:
    shown: list[Target] = []
    rest: list[Target] = []
    for node_id, node in graph.items():
        info = infos.get(str(node["class_type"]))
        titled = title_of(node) not in (node["class_type"], info.display_name if info else node["class_type"])
        for name in widget_inputs.widgets_of(node, info):
            wanted = titled or roles.of(node_id, name) in ALWAYS or widget_inputs.is_image_input(node, name)
            (shown if wanted else rest).append(Target(node_id, name))
    fields = await _widgets(graph, [*shown, *rest], roles, infos, choices)
    folded = tuple(field.name for field in fields[len(shown) :])
    ordered = sorted(fields[: len(shown)], key=_usual_order) + fields[len(shown) :]
    return Form("titles", tuple(ordered), (Group(MORE, folded),) if folded else ())


_ORDER = ("positive", "negative", None, "model", "lora", "width", "height", "seed", "steps", "cfg")


def _usual_order(field: Field) -> int:
    """Prompts first, then pictures and titled inputs, then the model and the numbers."""
    role = field.role if field.role in ALWAYS else None
    return _ORDER.index(role) if role in _ORDER else len(_ORDER)


def _graph_problems(graph: Graph, infos: dict[str, NodeInfo]) -> Iterable[Problem]:
    for node_id, name, link in dangling_links(graph):
        yield Problem(
            "missing_link",
            f"“{title_of(graph[node_id])}” reads “{name}” from node {link.node_id}, which is not there.",
            node_id,
        )
    for node_id in cyclic_nodes(graph):
        yield Problem("cycle", f"“{title_of(graph[node_id])}” waits for itself.", node_id)
    if infos:
        yield from _missing_nodes(graph, infos)


def _missing_input(target: Target) -> Problem:
    message = f"The app asks for “{target.input}” of node {target.node_id}, which the workflow does not have."
    return Problem("missing_input", message, target.node_id)


def _missing_nodes(graph: Graph, infos: dict[str, NodeInfo]) -> Iterable[Problem]:
    """Classes that a host does not know, although it knows others; for ours there is a way round."""
    ours = cozy_inputs.INPUT_CLASSES | cozy_inputs.OUTPUT_CLASSES
    for node_id, node in graph.items():
        if node["class_type"] not in infos and node["class_type"] not in ours:
            yield Problem("missing_node", f"ComfyUI has no node “{node['class_type']}”.", node_id)


def _field_problems(form: Form) -> Iterable[Problem]:
    for field in form.fields:
        missing = field.kind == "choice" and field.choices is not None and field.default not in field.choices
        if missing and field.default:
            target = field.targets[0]
            yield Problem(
                "missing_choice",
                f"“{field.default}” is not there; choose another for “{field.label}”.",
                target.node_id,
                field.name,
            )
        if field.kind == "choice" and not field.choices:
            yield Problem("no_choices", f"There is nothing to choose for “{field.label}”.", field=field.name)


def model_inputs(graph: Graph) -> list[tuple[str, str, str]]:
    """(node id, input, file) of every model file that a graph names."""
    return [
        (node_id, name, value)
        for node_id, node in graph.items()
        for name, value in inputs_of(node).items()
        if isinstance(value, str) and value and name.endswith("_name") and widget_inputs.choice_type_of(name)
    ]
