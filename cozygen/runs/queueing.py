"""From a filled form to queued runs: validate, draw, bypass, expand, inject, queue."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.store import AliasStore
from cozygen.aliases.wildcards import WildcardFiles
from cozygen.errors import BadHostAnswerError, CozyGenError
from cozygen.host.protocol import Host
from cozygen.runs.host_errors import fields_of_nodes, refusal
from cozygen.runs.prompt_raw import PromptRawStore
from cozygen.runs.prompts import Expanded, expand_prompts
from cozygen.runs.run import Run
from cozygen.runs.run_log import RunLog
from cozygen.workflows.cozy_inputs import is_cozy_input
from cozygen.workflows.form import Form, Problem
from cozygen.workflows.forms import FilledGraph, Forms
from cozygen.workflows.graph import Graph, parse_graph, title_of
from cozygen.workflows.inject import inject
from cozygen.workflows.seeds import SeedMode

REMEMBERED_KEYS: Final = 1000


@dataclass(frozen=True)
class Order:
    """What somebody asks for: a workflow or a graph, values by field name, and how often."""

    workflow: str | None = None
    graph: Mapping[str, Any] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    bypassed: tuple[str, ...] = ()
    seeds: Mapping[str, SeedMode] = field(default_factory=dict)
    count: int = 1
    front: bool = False
    idempotency_key: str | None = None


@dataclass(frozen=True)
class Queued:
    """The runs of an order, and what its owner should know."""

    runs: list[Run]
    warnings: list[Problem]


class Queueing:
    """Turns orders into runs. `client_id` is the one under which the tracker listens."""

    def __init__(
        self, host: Host, forms: Forms, aliases: AliasStore, raw: PromptRawStore, log: RunLog, client_id: str
    ) -> None:
        self._host = host
        self._forms = forms
        self._aliases = aliases
        self._wildcards = WildcardFiles(lambda: host.folders.data)
        self._raw = raw
        self._log = log
        self._client_id = client_id
        self._answered: OrderedDict[tuple[str, str], asyncio.Future[Queued]] = OrderedDict()

    async def queue(self, order: Order, user: str) -> Queued:
        """Queue an order; one with a known idempotency key gets the first answer again.

        Raises NotFoundError, UnprocessableError (`invalid_values`, `cannot_bypass`,
        `invalid_graph`), HostDownError.
        """
        if order.idempotency_key is None:
            return await self._queue(order)
        key = (user, order.idempotency_key)
        if key not in self._answered:
            self._answered[key] = asyncio.ensure_future(self._queue(order))
            self._drop_old_keys()
        try:
            # Shielded: whoever repeats an order must get its answer even if the first caller went away.
            return await asyncio.shield(self._answered[key])
        except CozyGenError:
            # What was not queued may be tried again under the same key.
            self._answered.pop(key, None)
            raise

    async def _queue(self, order: Order) -> Queued:
        graph, ui_graph, title = await self._graph(order)
        form = await self._forms.form_of_graph(graph, ui_graph)
        filled, warnings = await self._forms.fill(
            graph, form, order.values, bypassed=order.bypassed, modes=order.seeds, count=order.count
        )
        document = (await self._aliases.read()).value
        library = await asyncio.to_thread(AliasLibrary.from_document, document)
        queued = Queued([], warnings)
        for one in filled:
            expanded = await asyncio.to_thread(expand_prompts, form, one.values, library, self._wildcards)
            queued.warnings.extend(entry for entry in expanded.warnings if entry not in queued.warnings)
            queued.runs.append(await self._queue_one(order, title, form, one, expanded, ui_graph))
        return queued

    def _drop_old_keys(self) -> None:
        while len(self._answered) > REMEMBERED_KEYS:
            self._answered.popitem(last=False)

    async def _graph(self, order: Order) -> tuple[Graph, Any, str]:
        if order.workflow is None:
            return parse_graph(dict(order.graph or {})), None, "Graph"
        workflow = await self._forms.read(order.workflow)
        title = workflow.name.rsplit("/", 1)[-1].removesuffix(".json")
        return parse_graph(workflow.document), workflow.ui_graph, title

    async def _queue_one(
        self, order: Order, title: str, form: Form, one: FilledGraph, expanded: Expanded, ui_graph: Any
    ) -> Run:
        graph = inject(one.graph, form, expanded.values)
        fields = fields_of_nodes(form)
        prompt_id = str(uuid.uuid4())
        if expanded.raw:
            await self._raw.store(prompt_id, expanded.raw)
        run = Run(
            run_id=uuid.uuid4().hex,
            prompt_id=prompt_id,
            number=0,
            workflow=order.workflow,
            title=title,
            values=dict(one.values),
            created=time.time(),
            node_fields=fields,
            node_titles={
                node_id: title_of(node) for node_id, node in graph.items() if not is_cozy_input(node)
            },
        )
        # Known before it is queued, so that no message of a quick run is missed.
        self._log.add(run)
        try:
            run.number = await self._post(run, order, graph, fields, _pnginfo(order, expanded, ui_graph))
        except BaseException:
            run.state = "cancelled"
            self._log.forget([run.run_id])
            raise
        return run

    async def _post(
        self, run: Run, order: Order, graph: Graph, fields: Mapping[str, str], pnginfo: dict[str, Any]
    ) -> float:
        body: dict[str, Any] = {
            "prompt": graph,
            "client_id": self._client_id,
            "prompt_id": run.prompt_id,
            "extra_data": {"extra_pnginfo": pnginfo},
        }
        if order.front:
            body["front"] = True
        reply = await self._host.call("POST", "/prompt", json=body)
        if reply.status == 400:
            raise refusal(reply.body, graph, fields)
        if reply.status != 200 or not isinstance(reply.body, dict):
            raise BadHostAnswerError(f"ComfyUI answered {reply.status} to the graph.")
        return float(reply.body.get("number", 0))


def _pnginfo(order: Order, expanded: Expanded, ui_graph: Any) -> dict[str, Any]:
    """What goes into the picture's text chunks; never null, which breaks ComfyUI's job list."""
    info: dict[str, Any] = {}
    if isinstance(ui_graph, dict):
        info["workflow"] = ui_graph
    if expanded.raw:
        info["cozygen_prompt_raw"] = expanded.raw
    if order.workflow:
        info["cozygen_workflow"] = order.workflow
    return info
