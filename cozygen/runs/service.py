"""The runs of a server: queueing, following, cancelling, ordering, remembering."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final

from cozygen.aliases.prompts import Prompts
from cozygen.errors import ConflictError, CozyGenError, InvalidError
from cozygen.health import Health, Part
from cozygen.host.protocol import FarHost, Host, asked
from cozygen.http.events import Broker
from cozygen.runs.fetching import FAR, Fetching
from cozygen.runs.history import RunHistory
from cozygen.runs.left_behind import LeftBehind
from cozygen.runs.messages import numbers_of
from cozygen.runs.output_items import OutputItems
from cozygen.runs.prompt_raw import PromptRawStore
from cozygen.runs.queueing import Order, Queued, Queueing
from cozygen.runs.run import Run, RunError
from cozygen.runs.run_log import RunLog
from cozygen.runs.sending import Sending, withdraw
from cozygen.runs.tracker import Tracker
from cozygen.storage.library import Library
from cozygen.workflows.forms import Forms

Publish = Callable[[str, Mapping[str, Any]], None]


NEW_S: Final = 3600.0
"""How long after its end a run's pictures are still sought in the gallery when the server starts."""
# Only what became of a run is worth telling somebody who comes back.
_PASSING: Final = frozenset({"progress", "preview", "queue"})


def run_publisher(events: Broker) -> Publish:
    """Publishing into the `runs` topic."""

    def publish(name: str, data: Mapping[str, Any]) -> None:
        events.publish("runs", name, data, keep=name not in _PASSING, latest=name in _PASSING)

    return publish


class Runs:
    """`publish(name, data)` reaches the browsers' `runs` topic; `items` finds outputs in the gallery."""

    def __init__(
        self,
        host: Host,
        forms: Forms,
        prompts: Prompts,
        raw: PromptRawStore,
        publish: Publish,
        *,
        library: Library,
        health: Health,
        items: OutputItems,
        previews_wanted: Callable[[], bool] = lambda: False,
    ) -> None:
        client_id = f"cozygen-{uuid.uuid4().hex}"
        self.host = host
        self._publish = publish
        self._items = items
        self._finding: set[asyncio.Task[None]] = set()
        self._looked_for: set[str] = set()
        self._forgetting: set[asyncio.Task[None]] = set()
        self.history = RunHistory(library, health.notice)
        self.log = RunLog(self._changed, gone=self._gone)
        search = LeftBehind(host, self.log, self.history).search
        self.tracker = Tracker(host, self.log, client_id, publish, previews_wanted, search)
        self._sending = Sending(host, self.log, self.history, raw, search)
        self.queueing = Queueing(host, forms, prompts, self._sending, client_id, self.log.last_of)
        far = isinstance(host, FarHost) and not host.shares_output
        self._fetching = Fetching(host, host.folders, self._arrived) if far else None  # type: ignore[arg-type]  # a far one
        health.register("host", self.probe)

    async def start(self) -> None:
        """Take up the runs of earlier server runs, and follow the host."""
        runs = await self.history.load()
        for run in runs:
            run.missed = True
            self.log.restore(run)
        self.queueing.remember(runs)
        for run in runs:
            if self._fetching is not None and any(file.get(FAR) for file in run.files):
                self._fetching.add(run)
            elif run.finished is not None and time.time() - run.finished < NEW_S:
                self._look_for_items(run)
        await self.tracker.start()

    async def stop(self) -> None:
        """Stop following; what is noted is written first."""
        await self.tracker.stop()
        if self._fetching is not None:
            await self._fetching.stop()
        for task in self._finding:
            task.cancel()
        await asyncio.gather(*self._finding, *self._forgetting, return_exceptions=True)
        await self.queueing.stop()
        await self._sending.stop()
        await self.history.kept()

    def _changed(self, run: Run) -> None:
        if run.ended:
            run.pnginfo, run.left_out = {}, []
            self.history.note(run)
            if self._fetching is not None:
                self._fetching.add(run)
            else:
                self._look_for_items(run)
        elif run.made:
            self.history.note(run)
        self._publish("run", run.as_json(time.time()))

    def _arrived(self, run: Run) -> None:
        """The files of a run that was made elsewhere are here."""
        if run in self.log:
            self.log.changed(run)
            self._look_for_items(run)

    def _look_for_items(self, run: Run) -> None:
        if run.run_id not in self._looked_for and not all(file.get("id") for file in run.files):
            self._looked_for.add(run.run_id)
            _keep(self._finding, self._find_items(run))

    def _gone(self, run_ids: list[str]) -> None:
        self._publish("gone", {"run_ids": run_ids})
        _keep(self._forgetting, self.history.forget(run_ids))

    async def _find_items(self, run: Run) -> None:
        """Tell once more about a run whenever the gallery has got more of its pictures."""
        try:
            while await self._items.find(run.files) and run in self.log:
                self.log.changed(run)
        finally:
            self._looked_for.discard(run.run_id)

    def probe(self) -> Part:
        """Whether the host is there, for health."""
        figures = {**self.host.facts(), "kind": self.host.kind, "runs": len(self.log)}
        if self.tracker.connected and not self.tracker.reason:
            return Part("ok", figures=figures)
        return Part("warning", self.tracker.reason or "ComfyUI cannot be reached at the moment.", figures)

    async def queue(self, order: Order, user: str) -> Queued:
        """Queue an order (see `Queueing.queue`)."""
        return await self.queueing.queue(order, user)

    async def cancel(self, run_id: str) -> Run:
        """Take a run out of the queue, or interrupt it; an ended one stays as it is."""
        run = self.log.get(run_id)
        if run.ended:
            return run
        await withdraw(self.host, run)
        if run.state == "queued" and not await self.tracker.settle(run):
            run.state, run.finished = "cancelled", time.time()
            self.log.changed(run)
        return run

    async def cancel_queued(self) -> int:
        """Cancel every run that waits; returns how many."""
        waiting = [run for run in self.log.open() if run.state == "queued"]
        if not waiting:
            return 0
        await self.host.call("POST", "/queue", json={"delete": [run.prompt_id for run in waiting]})
        begun = await self._begun()
        gone = [run for run in waiting if run.prompt_id not in begun and run.state == "queued"]
        for run in gone:
            run.state, run.finished = "cancelled", time.time()
            self.log.changed(run)
        return len(gone)

    async def reorder(self, run_ids: list[str]) -> list[Run]:
        """Let waiting runs start in this order; the waiting runs as they then are.

        A graph that moves is taken out of the host's queue and put in again under
        another number. Raises NotFoundError, ConflictError for one that waits no more.
        """
        runs = [self.log.get(run_id) for run_id in dict.fromkeys(run_ids)]
        late = [run.run_id for run in runs if run.state != "queued" or run.posting]
        if late:
            raise ConflictError("Some of these runs wait no more.", code="not_queued", details={"runs": late})
        graphs = {run.run_id: await self.history.graph_of(run.run_id) for run in runs}
        if not all(graphs.values()):
            raise InvalidError("The graphs of these runs were not kept.", code="not_kept")
        numbers = sorted(run.number for run in runs)
        moving = [(run, number) for run, number in zip(runs, numbers, strict=True) if run.number != number]
        await self._move(moving, graphs)
        return sorted((run for run in self.log.open() if run.state == "queued"), key=lambda run: run.number)

    async def _move(self, moving: list[tuple[Run, float]], graphs: Mapping[str, Any]) -> None:
        for run, _number in moving:
            run.posting = True
        try:
            await self.host.call("POST", "/queue", json={"delete": [run.prompt_id for run, _ in moving]})
            begun = await self._begun()
            back = [(run, number) for run, number in moving if run.prompt_id not in begun]
            refused = [
                error
                for run, number in back
                if run.state == "queued"
                and (error := await self._put_back(run, graphs[run.run_id], number)) is not None
            ]
        finally:
            for run, _number in moving:
                run.posting = False
        if refused:
            raise refused[0]

    async def _begun(self) -> set[str]:
        """Prompts that began before they could be taken out."""
        queue = await asked(self.host, "/queue")
        history = await self.host.call("GET", "/history", query={"max_items": "64"})
        ended = history.body if isinstance(history.body, dict) else {}
        return {*numbers_of(queue, "queue_running"), *ended}

    async def _put_back(self, run: Run, graph: dict[str, Any], number: float) -> CozyGenError | None:
        """Why the host did not take it again; the others must not be lost for one."""
        try:
            await self._sending.send_again(run, graph, number)
        except CozyGenError as error:
            if not run.unsure:
                run.state, run.finished, run.error = "failed", time.time(), RunError(error.message)
                self.log.changed(run)
            return error
        return None


def _keep(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
