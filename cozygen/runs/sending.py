"""Hands a graph to the host exactly once, whatever becomes of the connection.

A run is recorded before it is handed over. Where the host hangs up without an
answer, nobody knows whether it took the run: it is looked for under its prompt
id when the host is back, and before the same order is tried again.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import Any, Final

from cozygen.errors import BadHostAnswerError, CozyGenError
from cozygen.host.protocol import Host, HostDownError, HostReply, asked
from cozygen.runs.history import RunHistory
from cozygen.runs.host_errors import complaints, refusal
from cozygen.runs.left_behind import Search
from cozygen.runs.lowering import Lowering, told_of
from cozygen.runs.prompt_raw import PromptRawStore
from cozygen.runs.run import Run
from cozygen.runs.run_log import RunLog
from cozygen.workflows.graph import Graph

log = logging.getLogger(__name__)

_LOOK_AGAIN_S: Final = (0.2, 0.5, 1.0, 2.0)
LOOK_FOR_S: Final = 15.0


class Sending:
    """`raw` remembers prompts as they were typed, for files that cannot say it themselves."""

    def __init__(
        self, host: Host, log_: RunLog, history: RunHistory, raw: PromptRawStore, search: Search
    ) -> None:
        self._host = host
        self._lowering = Lowering(host)
        self._log = log_
        self._history = history
        self._raw = raw
        self._search = search
        self._storing: set[asyncio.Task[None]] = set()

    async def send(self, run: Run, graph: Graph, *, front: bool = False) -> None:
        """Record the run, post it. Raises UnprocessableError, HostDownError: then it is not queued."""
        run.posting = True
        # Known before it is queued, so that no message of a quick run is missed, and a crash forgets none.
        self._history.note(run, graph)
        self._log.add(run)
        await self._history.kept()
        try:
            run.number = await self._post(run, graph, {"front": True} if front else {})
        except BaseException:
            if run.unsure:
                self._remember_raw(run)
                self._log.changed(run)
            else:
                run.state = "cancelled"
                self._log.forget([run.run_id])
            raise
        finally:
            run.posting = False
        self._remember_raw(run)
        await self._tell_taken(run)

    async def send_again(self, run: Run, graph: Graph, number: float) -> None:
        """Post a run that was taken out of the queue, at another place. Raises as `send`."""
        run.posting = True
        try:
            run.number = await self._post(run, graph, {"number": number})
        finally:
            run.posting = False
        await self._tell_taken(run)

    async def _tell_taken(self, run: Run) -> None:
        if run.state == "cancelled":
            await withdraw(self._host, run)  # somebody did not want it any more while it was on its way
        elif run.state == "queued":
            self._log.changed(run)  # with its place in the queue

    async def found_again(self, user: str, key: str | None) -> list[Run]:
        """Runs of this very order that the host took although it did not say so. Raises HostDownError."""
        unsure = [run for run in self._log.open() if run.unsure and run.user == user and run.key == key]
        if key is None or not unsure:
            return []
        found = [run for run in unsure if await self._is_known(run) or await self._has_saved(run)]
        for run in unsure:
            run.unsure = False
            if run not in found:
                run.state = "cancelled"
                self._log.forget([run.run_id])
        return found

    async def _post(self, run: Run, graph: Graph, place: dict[str, Any]) -> float:
        body: dict[str, Any] = {
            "prompt": graph,
            "client_id": run.client_id,
            "prompt_id": run.prompt_id,
            "extra_data": {"extra_pnginfo": run.pnginfo},
            **place,
        }
        body["prompt"] = await self._lowering.lowered(graph)
        try:
            reply = await self._host.call("POST", "/prompt", json=body)
        except HostDownError as error:
            if not error.maybe_done:
                raise
            if await self._took(run, error):
                return run.number
            # It did not get it: a connection that was kept open had been closed meanwhile.
            reply = await self._host.call("POST", "/prompt", json=body)
        return _number(reply, graph, run)

    async def _took(self, run: Run, error: HostDownError) -> bool:
        """The host hung up: is the run in its queue? Raises HostDownError while nobody can say."""
        run.unsure = True
        try:
            known = await asyncio.wait_for(self._look_for(run), LOOK_FOR_S)
        except asyncio.TimeoutError:
            raise error from None
        run.unsure = False
        return known

    async def _look_for(self, run: Run) -> bool:
        for pause in itertools.chain(_LOOK_AGAIN_S, itertools.repeat(_LOOK_AGAIN_S[-1])):
            await asyncio.sleep(pause)
            try:
                return await self._is_known(run)
            except HostDownError:
                continue
        raise AssertionError("it looks for ever")

    async def _is_known(self, run: Run) -> bool:
        queue = await asked(self._host, "/queue")
        items = [item for items in queue.values() if isinstance(items, list) for item in items]
        if any(isinstance(item, (list, tuple)) and run.prompt_id in item[1:2] for item in items):
            return True
        return run.prompt_id in await asked(self._host, f"/history/{run.prompt_id}")

    async def _has_saved(self, run: Run) -> bool:
        """Whether the host took it, saved something, and forgot it with a restart."""
        kept = (await self._search([run])).get(run.run_id)
        return kept is not None and bool(kept.files)

    def _remember_raw(self, run: Run) -> None:
        """In the background: the picture and the run's record carry it, too."""
        raw = run.pnginfo.get("cozygen_prompt_raw")
        if raw:
            task = asyncio.get_running_loop().create_task(self._store_raw(run.prompt_id, raw))
            self._storing.add(task)
            task.add_done_callback(self._storing.discard)

    async def _store_raw(self, prompt_id: str, raw: dict[str, str]) -> None:
        try:
            await self._raw.store(prompt_id, raw)
        except CozyGenError as error:
            log.warning("the prompt of a run was not recorded: %s", error.message)

    async def stop(self) -> None:
        """Finish what is being stored."""
        await asyncio.gather(*self._storing)


async def withdraw(host: Host, run: Run) -> None:
    """Take a run out of the host's queue, or interrupt it. Raises HostDownError."""
    await host.call("POST", "/queue", json={"delete": [run.prompt_id]})
    # Harmless where it does not run: the host interrupts only this one.
    await host.call("POST", "/interrupt", json={"prompt_id": run.prompt_id})


def _number(reply: HostReply, graph: Graph, run: Run) -> float:
    body = told_of(graph, reply.body)
    if reply.status == 400:
        raise refusal(body, graph, run.node_fields)
    if reply.status != 200 or not isinstance(body, dict):
        raise BadHostAnswerError(f"ComfyUI answered {reply.status} to the graph.")
    run.left_out = complaints(body, graph, run.node_fields)
    number = body.get("number")
    return float(number) if isinstance(number, (int, float)) else 0.0
