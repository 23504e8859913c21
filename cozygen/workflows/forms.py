"""Forms of workflow files, and graphs made from filled forms."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

from cozygen.workflows import inject, seeds
from cozygen.workflows.build_form import build_form
from cozygen.workflows.bypass import bypass
from cozygen.workflows.choices import Choices
from cozygen.workflows.files import Workflow, WorkflowFiles
from cozygen.workflows.form import Form, Problem, Value
from cozygen.workflows.graph import Graph, parse_graph
from cozygen.workflows.made_forms import Asked, MadeForms
from cozygen.workflows.node_info import NodeInfoSource
from cozygen.workflows.seeds import NOTHING, Before, SeedMode

Follow = Callable[[str, str], Awaitable[None]]


@dataclass(frozen=True)
class FilledGraph:
    """One graph ready to queue, and the values that went into it."""

    graph: Graph
    values: Mapping[str, Value]
    counted_from: Mapping[str, Value]


class Forms:
    """Makes forms and fills them; the host describes nodes and lists choices."""

    def __init__(self, files: WorkflowFiles, nodes: NodeInfoSource, choices: Choices) -> None:
        self.files = files
        self.choices = choices
        self._nodes = nodes
        self._made = MadeForms()
        self._followers: list[Follow] = []

    def on_rename(self, follow: Follow) -> None:
        """Call `follow(old, new)` after a file was renamed."""
        self._followers.append(follow)

    async def rename(self, name: str, to: str) -> str:
        """Rename a file and what belongs to it; returns the new name."""
        new = await asyncio.to_thread(self.files.rename, name, to)
        for follow in self._followers:
            await follow(name, new)
        return new

    async def read(self, name: str) -> Workflow:
        """A workflow file."""
        return await asyncio.to_thread(self.files.read, name)

    async def form_of(self, workflow: Workflow) -> Form:
        """The form of a workflow. Raises UnprocessableError where it holds no graph."""
        known = await self._made.get(workflow)
        if known is not None:
            return known
        asked = Asked(self._nodes, self.choices)
        form = await build_form(parse_graph(workflow.document), workflow.ui_graph, asked, asked)
        self._made.keep(workflow, asked, form)
        return form

    async def form_of_graph(self, graph: Graph, ui_graph: Any = None) -> Form:
        """The form of a graph."""
        return await build_form(graph, ui_graph, self._nodes, self.choices)

    async def fill(
        self,
        graph: Graph,
        form: Form,
        values: Mapping[str, Any],
        *,
        bypassed: Collection[str] = (),
        modes: Mapping[str, SeedMode] | None = None,
        count: int = 1,
        before: Before = NOTHING,
    ) -> tuple[list[FilledGraph], list[Problem]]:
        """`count` graphs with the values in place, and warnings; `before` is the run that came before.

        Raises UnprocessableError `invalid_values` or `cannot_bypass`.
        """
        complete, unknown = inject.complete(form, values)
        lean = await bypass(graph, form, bypassed, self._nodes)
        filled = []
        modes, dice = modes or {}, SystemRandom()
        counting = seeds.counted_from(complete, modes)
        for run in range(count):
            drawn = seeds.draw_values(form, complete, modes, run=run, dice=dice, before=before)
            filled.append(FilledGraph(inject.inject(lean, form, drawn), drawn, counting))
        warnings = [
            Problem("unknown_field", f"The workflow has no field “{name}”.", field=name) for name in unknown
        ]
        return filled, warnings
