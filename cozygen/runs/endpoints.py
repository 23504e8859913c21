"""Runs over HTTP."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Annotated, Any, Literal

from aiohttp import web
from pydantic import Field, model_validator

from cozygen.auth import session_of
from cozygen.errors import InvalidError
from cozygen.http.endpoint import MiB
from cozygen.http.models import Body, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body, read_query
from cozygen.runs.queueing import Order, Queued
from cozygen.runs.run import Run
from cozygen.runs.service import Runs
from cozygen.storage import json_text
from cozygen.workflows.form_replies import ProblemReply, Wire
from cozygen.workflows.seeds import SeedMode

RUNS: web.AppKey[Runs] = web.AppKey("runs", Runs)
QUEUE_LIMIT = 16 * MiB
State = Literal["queued", "running", "done", "failed", "cancelled"]


class QueueBody(Body):
    """A workflow file or a graph, and the values of its form."""

    workflow: str | None = Field(default=None, max_length=400)
    graph: dict[str, Any] | None = None
    values: dict[str, Any] = Field(default_factory=dict)
    bypassed: list[str] = Field(default_factory=list, max_length=200)
    seeds: dict[str, SeedMode] = Field(default_factory=dict)
    count: Annotated[int, Field(ge=1, le=100)] = 1
    front: bool = False
    idempotency_key: str | None = Field(default=None, max_length=200)

    @model_validator(mode="after")
    def _one_of_both(self) -> QueueBody:
        if (self.workflow is None) == (self.graph is None):
            raise ValueError("give a workflow or a graph, and not both")
        return self


class QueuedReply(Reply):
    """A run that was queued, with the values that it got."""

    run_id: str
    prompt_id: str
    number: float
    values: dict[str, Wire]


class QueueReply(Reply):
    """The runs in order, and what was left out or not understood."""

    runs: list[QueuedReply]
    warnings: list[ProblemReply]


class RunErrorReply(Reply):
    """Why a run failed; `field` is the form's, `details` the host's own words."""

    message: str
    node_id: str | None = None
    node_type: str | None = None
    field: str | None = None
    details: str | None = None


class OutputReply(Reply):
    """A file as the host names it, and which item of the gallery it is."""

    filename: str
    subfolder: str
    type: str
    id: str | None = None


class RunReply(Reply):
    """A run from being asked for to what came of it; times in Unix seconds, progress 0 to 1."""

    run_id: str
    prompt_id: str
    state: State
    number: float = Field(description="the host's: of waiting runs the lowest starts first")
    workflow: str | None
    title: str
    values: dict[str, Wire]
    created: float
    started: float | None
    finished: float | None
    progress: float
    node: str | None
    eta_s: float | None
    outputs: list[str] = Field(description="ids of the gallery's items, as soon as it knows them")
    files: list[OutputReply]
    error: RunErrorReply | None


class ClearReply(Reply):
    """How many runs were cancelled and forgotten."""

    cancelled: int
    forgotten: int


class RunsQuery(Query):
    """`state` and `workflow` narrow the list; newest first."""

    state: State | None = None
    workflow: str | None = None
    offset: int = Field(default=0, ge=0)
    limit: int = Field(default=50, ge=1, le=1000)


class RunsReply(Reply):
    """A stretch of the list, and how many there are."""

    runs: list[RunReply]
    total: int
    connected: bool
    message: str = Field(description="why the host is away, or that it is slow; else empty")


class ClearBody(Body):
    """`queued` cancels what waits; `ended` forgets what is over (all, or these run ids)."""

    queued: bool = False
    ended: bool = False
    run_ids: list[str] | None = Field(default=None, max_length=1000)


class ReorderBody(Body):
    """Waiting runs in the order in which they are to start."""

    run_ids: list[str] = Field(min_length=1, max_length=1000)


class ReorderReply(Reply):
    """All waiting runs in their order."""

    runs: list[RunReply]


async def queue(request: web.Request) -> web.StreamResponse:
    """Queue a filled form."""
    body = await read_body(request, QueueBody, limit=QUEUE_LIMIT)
    session = session_of(request)
    order = Order(**{**body.model_dump(), "bypassed": tuple(body.bypassed)})
    queued = await request.config_dict[RUNS].queue(order, session.user if session else "default")
    return json_reply(queued_reply(queued))


def queued_reply(queued: Queued) -> dict[str, Any]:
    """The reply to an order."""
    warnings = [
        {key: value for key, value in asdict(entry).items() if value is not None} for entry in queued.warnings
    ]
    return {"runs": [_queued(run) for run in queued.runs], "warnings": warnings}


def _queued(run: Run) -> dict[str, Any]:
    body = run.as_json(time.time())
    return {"run_id": run.run_id, "prompt_id": run.prompt_id, "number": run.number, "values": body["values"]}


async def list_runs(request: web.Request) -> web.StreamResponse:
    """Runs, newest first."""
    query = read_query(request, RunsQuery)
    runs = request.config_dict[RUNS]
    found = runs.log.newest_first(query.state, query.workflow)
    shown = found[query.offset : query.offset + query.limit]
    now = time.time()
    listed = b",".join(runs.log.encoded(run, now) for run in shown)
    host = {"connected": runs.tracker.connected, "message": runs.tracker.reason}
    rest = json_text.dumps({"total": len(found), **host})
    return json_reply(b'{"runs":[' + listed + b"]," + rest[1:])


async def read_run(request: web.Request) -> web.StreamResponse:
    """One run."""
    run = request.config_dict[RUNS].log.get(request.match_info["id"])
    return json_reply(run.as_json(time.time()))


async def cancel_run(request: web.Request) -> web.StreamResponse:
    """Cancel one run."""
    run = await request.config_dict[RUNS].cancel(request.match_info["id"])
    return json_reply(run.as_json(time.time()))


async def clear_runs(request: web.Request) -> web.StreamResponse:
    """Cancel what waits, or forget what is over."""
    body = await read_body(request, ClearBody)
    if not body.queued and not body.ended:
        raise InvalidError("Say what to clear: queued, ended or both.")
    runs = request.config_dict[RUNS]
    cancelled = await runs.cancel_queued() if body.queued else 0
    forgotten = runs.log.forget(body.run_ids) if body.ended else 0
    return json_reply({"cancelled": cancelled, "forgotten": forgotten})


async def reorder_runs(request: web.Request) -> web.StreamResponse:
    """Let waiting runs start in another order."""
    body = await read_body(request, ReorderBody)
    runs = await request.config_dict[RUNS].reorder(body.run_ids)
    now = time.time()
    return json_reply({"runs": [run.as_json(now) for run in runs]})
