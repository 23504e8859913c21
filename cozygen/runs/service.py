"""The runs of a server: queueing, following, cancelling."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Final

from cozygen.aliases.store import AliasStore
from cozygen.health import Part
from cozygen.host.protocol import Host
from cozygen.http.events import Broker
from cozygen.runs.prompt_raw import PromptRawStore
from cozygen.runs.queueing import Order, Queued, Queueing
from cozygen.runs.run import Run
from cozygen.runs.run_log import RunLog
from cozygen.runs.tracker import Tracker
from cozygen.workflows.forms import Forms

Publish = Callable[[str, Mapping[str, Any]], None]


# Only what became of a run is worth telling somebody who comes back.
_PASSING: Final = frozenset({"progress", "preview", "queue"})


def run_publisher(events: Broker) -> Publish:
    """Publishing into the `runs` topic."""

    def publish(name: str, data: Mapping[str, Any]) -> None:
        events.publish("runs", name, data, keep=name not in _PASSING)

    return publish


class Runs:
    """`publish(name, data)` reaches the browsers' `runs` topic."""

    def __init__(
        self,
        host: Host,
        forms: Forms,
        aliases: AliasStore,
        raw: PromptRawStore,
        publish: Publish,
        previews_wanted: Callable[[], bool] = lambda: False,
    ) -> None:
        client_id = f"cozygen-{uuid.uuid4().hex}"
        self._host = host
        self._publish = publish
        self.log = RunLog(self._changed)
        self.tracker = Tracker(host, self.log, client_id, publish, previews_wanted)
        self._queueing = Queueing(host, forms, aliases, raw, self.log, client_id)

    def _changed(self, run: Run) -> None:
        self._publish("run", run.as_json(time.time()))

    def probe(self) -> Part:
        """Whether the host is there, for health."""
        figures = {"kind": self._host.kind, "runs": len(self.log.newest_first())}
        if self.tracker.connected:
            return Part("ok", figures=figures)
        return Part("warning", "ComfyUI cannot be reached at the moment.", figures)

    async def queue(self, order: Order, user: str) -> Queued:
        """Queue an order (see `Queueing.queue`)."""
        return await self._queueing.queue(order, user)

    async def cancel(self, run_id: str) -> Run:
        """Take a run out of the queue, or interrupt it; an ended one stays as it is."""
        run = self.log.get(run_id)
        if run.ended:
            return run
        await self._host.call("POST", "/queue", json={"delete": [run.prompt_id]})
        # Harmless where it does not run: the host interrupts only this one.
        await self._host.call("POST", "/interrupt", json={"prompt_id": run.prompt_id})
        if run.state == "queued":
            run.state, run.finished = "cancelled", time.time()
            self.log.changed(run)
        return run

    async def cancel_queued(self) -> int:
        """Cancel every run that waits; returns how many."""
        waiting = [run for run in self.log.open() if run.state == "queued"]
        for run in waiting:
            await self.cancel(run.run_id)
        return len(waiting)
