"""From a filled form to queued runs: validate, draw, bypass, expand, inject, queue."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.prompts import Prompts
from cozygen.aliases.wildcards import WildcardFiles
from cozygen.errors import CozyGenError
from cozygen.host.protocol import Host
from cozygen.node_types.signing import RUN_KEY
from cozygen.runs.host_errors import fields_of_nodes
from cozygen.runs.prompts import Expanded, expand_prompts
from cozygen.runs.references import require_pictures, with_references
from cozygen.runs.run import Run
from cozygen.runs.sending import Sending
from cozygen.workflows.cozy_inputs import is_cozy_input
from cozygen.workflows.form import Form, Problem
from cozygen.workflows.forms import Forms
from cozygen.workflows.graph import Graph, parse_graph, title_of
from cozygen.workflows.inject import inject
from cozygen.workflows.seeds import NOTHING, Before, SeedMode

log = logging.getLogger(__name__)

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
class Prepared:
    """A graph with everything in place, and what is to be remembered of it."""

    graph: Graph
    form: Form
    values: Mapping[str, Any]
    workflow: str | None
    title: str
    pnginfo: dict[str, Any]
    front: bool = False
    key: str | None = None
    counted_from: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Queued:
    """The runs of an order, and what its owner should know."""

    runs: list[Run]
    warnings: list[Problem]


class Queueing:
    """Turns orders into runs. `client_id` is the one under which the tracker listens."""

    def __init__(
        self,
        host: Host,
        forms: Forms,
        prompts: Prompts,
        sending: Sending,
        client_id: str,
        last_of: Callable[[str | None, str], Run | None],
    ) -> None:
        self._forms = forms
        self._prompts = prompts
        self._wildcards = WildcardFiles(lambda: host.folders.data)
        self._sending = sending
        self._client_id = client_id
        self._last_of = last_of
        self._used: list[str] = []
        self._counting: asyncio.Task[None] | None = None
        self._answered: OrderedDict[tuple[str, str], asyncio.Future[Queued]] = OrderedDict()

    def remember(self, runs: list[Run]) -> None:
        """Orders of an earlier server run that must not be queued again under their keys."""
        by_key: dict[tuple[str, str], list[Run]] = {}
        for run in runs:
            if run.key is not None and not run.unsure:
                by_key.setdefault((run.user, run.key), []).append(run)
        for key, known in by_key.items():
            self._answered[key] = asyncio.get_running_loop().create_future()
            self._answered[key].set_result(Queued(known, []))
        self._drop_old_keys()

    async def queue(self, order: Order, user: str) -> Queued:
        """Queue an order; one with a known idempotency key gets the first answer again.

        Raises NotFoundError, UnprocessableError (`invalid_values`, `cannot_bypass`,
        `invalid_graph`), HostDownError.
        """
        if order.idempotency_key is None:
            return await self._queue(order, user)
        key = (user, order.idempotency_key)
        if key not in self._answered:
            self._answered[key] = asyncio.ensure_future(self._queue(order, user))
            self._drop_old_keys()
        answer = self._answered[key]
        try:
            # Shielded: whoever repeats an order must get its answer even if the first caller went away.
            return await asyncio.shield(answer)
        except CozyGenError:
            # What was not queued may be tried again under the same key, unless somebody does already.
            if self._answered.get(key) is answer:
                del self._answered[key]
            raise

    async def _queue(self, order: Order, user: str) -> Queued:
        found = await self._sending.found_again(user, order.idempotency_key)
        if found:
            return Queued(found, [])
        graph, ui_graph, title = await self._graph(order)
        form = await self._forms.form_of_graph(graph, ui_graph)
        filled, warnings = await self._forms.fill(
            graph,
            form,
            order.values,
            bypassed=order.bypassed,
            modes=order.seeds,
            count=order.count,
            before=self._before(order, user),
        )
        library = await self.library()
        queued = Queued([], warnings)
        for one in filled:
            expanded = await self.expand(form, one.values, library)
            queued.warnings.extend(entry for entry in expanded.warnings if entry not in queued.warnings)
            prepared = Prepared(
                graph=inject(one.graph, form, with_references(form, one.graph, expanded.values)),
                form=form,
                values=one.values,
                counted_from=one.counted_from,
                workflow=order.workflow,
                title=title,
                pnginfo=pnginfo_of(order.workflow, expanded.raw, ui_graph),
                front=order.front,
                key=order.idempotency_key,
            )
            try:
                queued.runs.append(await self.send(prepared, user))
                self._count_use(expanded.used)
            except CozyGenError as error:
                if not queued.runs:
                    raise
                # What is queued stays queued: to refuse the order now would make its owner repeat all of it.
                queued.warnings.append(Problem("not_all_queued", _part_of_order(len(queued.runs), error)))
                break
        return with_complaints(queued)

    def _before(self, order: Order, user: str) -> Before:
        last = self._last_of(order.workflow, user)
        return Before(last.values, last.counted_from) if last else NOTHING

    async def stop(self) -> None:
        """Finish what is being counted."""
        if self._counting is not None:
            await self._counting

    def _count_use(self, keys: list[str]) -> None:
        """In the background: nobody waits for a count, and what comes meanwhile shares the next write."""
        self._used += keys
        if self._used and (self._counting is None or self._counting.done()):
            self._counting = asyncio.get_running_loop().create_task(self._count())

    async def _count(self) -> None:
        while self._used:
            keys, self._used = self._used, []
            try:
                await self._prompts.record_use(keys)
            except CozyGenError as error:
                # The run stands; what suffers is only the order in which aliases are suggested.
                log.warning("The use of aliases is not counted: %s", error)

    def _drop_old_keys(self) -> None:
        while len(self._answered) > REMEMBERED_KEYS:
            self._answered.popitem(last=False)

    async def _graph(self, order: Order) -> tuple[Graph, Any, str]:
        if order.workflow is None:
            return parse_graph(dict(order.graph or {})), None, "Graph"
        workflow = await self._forms.read(order.workflow)
        return parse_graph(workflow.document), workflow.ui_graph, title_of_file(workflow.name)

    async def library(self) -> AliasLibrary:
        """The aliases as they are now."""
        return (await self._prompts.view()).library

    async def expand(self, form: Form, values: Mapping[str, Any], library: AliasLibrary) -> Expanded:
        """The prompts of a filled form, with aliases and choices put in."""
        return await asyncio.to_thread(expand_prompts, form, values, library, self._wildcards)

    async def send(self, prepared: Prepared, user: str) -> Run:
        """Hand one graph to the host. Raises UnprocessableError, HostDownError; then there is no run."""
        require_pictures(prepared.form, prepared.graph)
        prompt_id = str(uuid.uuid4())
        run = Run(
            run_id=uuid.uuid4().hex,
            prompt_id=prompt_id,
            number=0,
            workflow=prepared.workflow,
            title=prepared.title,
            values=dict(prepared.values),
            counted_from=dict(prepared.counted_from),
            created=time.time(),
            node_fields=fields_of_nodes(prepared.form),
            node_titles={
                node_id: title_of(node) for node_id, node in prepared.graph.items() if not is_cozy_input(node)
            },
            user=user,
            client_id=self._client_id,
            key=prepared.key,
            pnginfo={**prepared.pnginfo, RUN_KEY: prompt_id},
        )
        await self._sending.send(run, prepared.graph, front=prepared.front)
        return run


def _part_of_order(count: int, error: CozyGenError) -> str:
    return f"Only the first {count} {'was' if count == 1 else 'were'} queued. {error.message}"


def with_complaints(queued: Queued) -> Queued:
    """Adds what the host said of outputs that it will not make."""
    said = dict.fromkeys(text for run in queued.runs for text in run.left_out)
    queued.warnings.extend(Problem("output_left_out", text) for text in said)
    return queued


def title_of_file(name: str) -> str:
    """What a workflow is called: its file's name without folder and ending."""
    return name.rsplit("/", 1)[-1].removesuffix(".json")


def pnginfo_of(workflow: str | None, raw: Mapping[str, str], ui_graph: Any) -> dict[str, Any]:
    """What goes into the picture's text chunks; never null, which breaks ComfyUI's job list."""
    info: dict[str, Any] = {}
    if isinstance(ui_graph, dict):
        info["workflow"] = ui_graph
    if raw:
        info["cozygen_prompt_raw"] = dict(raw)
    if workflow:
        info["cozygen_workflow"] = workflow
    return info
