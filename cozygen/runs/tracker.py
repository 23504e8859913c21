"""Follows the host and keeps the runs true: progress, results, errors; catches up after a break.

One listener for all browsers. Messages are the news, `/history` and `/queue`
are the truth: after every (re)connection the open runs are compared with them.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

from cozygen.errors import BadHostAnswerError
from cozygen.host.protocol import FarHost, Host, HostMessage, asked
from cozygen.runs.host_errors import failure
from cozygen.runs.left_behind import Kept, Search, nothing
from cozygen.runs.messages import messages_of, numbers_of, remaining_of, share_of, split_preview
from cozygen.runs.run import Run, RunError, State
from cozygen.runs.run_log import RunLog

log = logging.getLogger(__name__)

RETRY_S: Final = 2.0
LOST_AFTER_S: Final = 20.0
# How long nothing may be heard before the host is asked, or listened to afresh.
LOOK_EVERY_S: Final = 1.0
QUIET_S: Final = 10.0
STRANGER_S: Final = 3.0
DEAF_S: Final = 45.0
PREVIEW_LIMIT: Final = 256 * 1024
PREVIEW_EVERY_S: Final = 0.2
SLOW: Final = "ComfyUI answers slowly at the moment."
_FILE_NAMES: Final = ("filename", "subfolder", "type")
_FILE_KINDS: Final = ("images", "gifs", "video", "videos", "audio")

Publish = Callable[[str, Mapping[str, Any]], None]


class Tracker:
    """`publish(name, data)` tells the browsers; `previews_wanted()` says whether somebody looks.

    `search(runs)` finds what the host had saved of runs that it does not know any more.
    """

    def __init__(
        self,
        host: Host,
        log_: RunLog,
        client_id: str,
        publish: Publish,
        previews_wanted: Callable[[], bool],
        search: Search = nothing,
    ) -> None:
        self._host = host
        self._far = host if isinstance(host, FarHost) else None
        self._log = log_
        self._client_id = client_id
        self._publish = publish
        self._previews_wanted = previews_wanted
        self._search = search
        self._task: asyncio.Task[None] | None = None
        self._watch: asyncio.Task[None] | None = None
        self._heard = self._looked = time.monotonic()
        self._previewed = -PREVIEW_EVERY_S
        self._settling: set[asyncio.Task[None]] = set()
        self.connected = False
        self.reason = ""
        # Prompts of everybody that the host runs or will run.
        self._remaining = 0

    @property
    def is_busy(self) -> bool:
        """Whether the host has anything to do, also for those who asked it and not us."""
        return self._remaining > 0 or self._log.is_running()

    async def start(self) -> None:
        """Begin to follow the host."""
        self._task = asyncio.create_task(self._follow(), name="cozygen-runs")
        if self._far is not None:
            self._watch = asyncio.create_task(self._watch_pace(), name="cozygen-pace")

    async def stop(self) -> None:
        """Stop following."""
        for task in (self._task, self._watch, *self._settling):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    async def _follow(self) -> None:
        """Listen for ever; a host that hangs up is asked again every two seconds."""
        while True:
            try:
                async with self._host.listen(self._client_id) as messages:
                    self._heard = time.monotonic()
                    self._tell_host(True, "")
                    await self.catch_up()
                    await self._listen(messages)
                reason = "ComfyUI hung up."
            except BadHostAnswerError as error:
                reason = error.message
            for run in self._log.open():
                run.missed = True
            self._remaining = 0
            self._tell_host(False, reason)
            await asyncio.sleep(RETRY_S)

    async def _watch_pace(self) -> None:
        """Say when a host that is there takes long to answer, and when that is over."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self.connected:
                self._tell_host(True, SLOW if self._is_slow() else "")

    def _tell_host(self, connected: bool, reason: str) -> None:
        if (connected, reason) != (self.connected, self.reason):
            log.log(logging.INFO if connected else logging.DEBUG, "host connected: %s %s", connected, reason)
            self.connected, self.reason = connected, reason
            self._publish("host", {"connected": connected, "kind": self._host.kind, "message": reason})

    async def _listen(self, messages: AsyncIterator[HostMessage]) -> None:
        """Take messages until the host hangs up; ask it where it says nothing for long."""
        reading = asyncio.create_task(self._take(messages))
        try:
            while not (await asyncio.wait({reading}, timeout=LOOK_EVERY_S))[0]:
                await self._look()
                if self._is_deaf():
                    return
        finally:
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await reading

    async def _take(self, messages: AsyncIterator[HostMessage]) -> None:
        async for message in messages:
            self._heard = time.monotonic()
            self.handle(message)

    async def _look(self) -> None:
        """Compare with the host where messages alone would not do."""
        open_runs = self._log.open()
        strangers = any(run.client_id != self._client_id or run.unsure for run in open_runs)
        now = time.monotonic()
        due = min(now - self._looked, now - self._heard) > QUIET_S
        if open_runs and (due or (strangers and now - self._looked > STRANGER_S)):
            await self.catch_up()
        elif self._is_slow():
            await asked(self._host, "/prompt")  # to see when that is over, or that it is away

    def _is_slow(self) -> bool:
        return self._far is not None and self._far.is_slow()

    def _is_deaf(self) -> bool:
        """A socket that another one under our id has cut off says nothing, and does not end either."""
        running = any(run.state == "running" and run.client_id == self._client_id for run in self._log.open())
        return running and time.monotonic() - self._heard > DEAF_S

    async def catch_up(self) -> None:
        """Compare the open runs with the host's queue and history."""
        self._looked = time.monotonic()
        open_runs = [run for run in self._log.open() if not run.posting]
        if not open_runs:
            return
        queue = await asked(self._host, "/queue")
        running, pending = (numbers_of(queue, key) for key in ("queue_running", "queue_pending"))
        lost = []
        for run in open_runs:
            if run.prompt_id in running or run.prompt_id in pending:
                run.unsure = False
                run.number = pending.get(run.prompt_id, run.number)
            if run.prompt_id in running:
                self._begin(run)
            elif run.prompt_id not in pending and not await self.settle(run):
                lost.append(run)
        await self._give_up([run for run in lost if time.time() - run.created > LOST_AFTER_S])

    async def settle(self, run: Run) -> bool:
        """End a run that is no longer queued by what the history says; False where it says nothing."""
        entry = (await asked(self._host, f"/history/{run.prompt_id}")).get(run.prompt_id)
        if not run.ended and isinstance(entry, dict):
            self._end_by_history(run, entry)
        return run.ended

    async def _give_up(self, lost: list[Run]) -> None:
        """End runs that the host does not know (any more); what it had saved of them is not lost."""
        found = await self._search(lost) if lost else {}
        for run in lost:
            if not run.ended:
                self._end_lost(run, found.get(run.run_id, Kept()))

    def _end_lost(self, run: Run, kept: Kept) -> None:
        for file in kept.files:
            _add_file(run, file)
        if kept.everything:
            return self._end(run, "done")
        if run.unsure and not run.files:
            return self._end(run, "failed", RunError("ComfyUI hung up before it took this run."))
        words = "ComfyUI restarted before this run was finished."
        return self._end(
            run, "failed", RunError(f"{words} What it had saved is here." if run.files else words)
        )

    def _end_by_history(self, run: Run, entry: Mapping[str, Any]) -> None:
        run.unsure = False
        outputs = entry.get("outputs")
        for output in outputs.values() if isinstance(outputs, dict) else ():
            self._add_outputs(run, output)
        status = entry.get("status")
        status = status if isinstance(status, dict) else {"status_str": "success"}
        for kind, data in messages_of(status):
            if kind == "execution_error":
                return self._end(run, "failed", failure(data, run.node_fields))
            if kind == "execution_interrupted":
                return self._end(run, "cancelled")
        if status.get("status_str") == "success":
            return self._end(run, "done")
        return self._end(run, "failed", RunError("ComfyUI says that it failed, and not why."))

    def handle(self, message: HostMessage) -> None:
        """One message of the host; what is not understood is skipped."""
        if message.type.startswith("binary:"):
            self._preview(message)
            return
        data = message.data if isinstance(message.data, dict) else {}
        if message.type == "status":
            self._remaining = remaining_of(data)
            self._publish("queue", {"remaining": self._remaining})
            return
        run = self._log.of_prompt(str(data.get("prompt_id", "")))
        reaction = getattr(self, "_on_" + message.type, None)
        if run is not None and reaction is not None and not run.ended:
            reaction(run, data)

    def _on_execution_start(self, run: Run, _data: Mapping[str, Any]) -> None:
        self._begin(run)

    def _on_execution_cached(self, run: Run, data: Mapping[str, Any]) -> None:
        nodes = data.get("nodes")
        run.skipped = {str(node_id) for node_id in nodes} if isinstance(nodes, list) else set()

    def _on_executing(self, run: Run, data: Mapping[str, Any]) -> None:
        node_id = str(data.get("node"))
        if node_id in run.node_titles:
            self._begin(run)
            run.node = run.node_titles[node_id]
            run.begun += 1

    def _on_executed(self, run: Run, data: Mapping[str, Any]) -> None:
        self._add_outputs(run, data.get("output"))
        run.made += [str(data[key]) for key in ("node", "display_node") if data.get(key) is not None]
        self._log.changed(run)

    def _on_progress_state(self, run: Run, data: Mapping[str, Any]) -> None:
        nodes = data.get("nodes")
        if not isinstance(nodes, dict):
            return
        self._begin(run)
        done = sum(
            share_of(entry)
            for node_id, entry in nodes.items()
            if node_id in run.node_titles and node_id not in run.skipped and isinstance(entry, dict)
        )
        self._advance(run, done)

    def _on_progress(self, run: Run, data: Mapping[str, Any]) -> None:
        """What older hosts say, which do not tell the state of every node."""
        if str(data.get("node")) in run.node_titles:
            self._begin(run)
            self._advance(run, max(0, run.begun - 1) + share_of(data))

    def _advance(self, run: Run, done: float) -> None:
        total = max(1, len(run.node_titles) - len(run.skipped & run.node_titles.keys()))
        run.progress = max(run.progress, min(0.99, done / total))
        self._tell_progress(run)

    def _on_execution_success(self, run: Run, _data: Mapping[str, Any]) -> None:
        if not run.missed:
            return self._end(run, "done")
        # Some of its files may have been told while nobody listened.
        task = asyncio.get_running_loop().create_task(self._finish(run))
        self._settling.add(task)
        return task.add_done_callback(self._settling.discard)

    async def _finish(self, run: Run) -> None:
        """End a run by its history, which is written a moment after the last message."""
        for pause in (0.1, 0.3, 1.0):
            await asyncio.sleep(pause)
            try:
                if run.ended or await self.settle(run):
                    return
            except BadHostAnswerError:
                return  # the next catching up ends it

    def _on_execution_error(self, run: Run, data: Mapping[str, Any]) -> None:
        self._end(run, "failed", failure(data, run.node_fields))

    def _on_execution_interrupted(self, run: Run, _data: Mapping[str, Any]) -> None:
        self._end(run, "cancelled")

    def _begin(self, run: Run) -> None:
        if run.state == "queued":
            run.state, run.started = "running", time.time()
            self._log.changed(run)

    def _end(self, run: Run, state: State, error: RunError | None = None) -> None:
        run.state, run.error, run.finished = state, error, time.time()
        run.progress = 1.0 if state == "done" else run.progress
        run.node = None
        self._log.changed(run)

    def _add_outputs(self, run: Run, output: Any) -> None:
        for kind in _FILE_KINDS:
            files = output.get(kind) if isinstance(output, dict) else None
            for file in files if isinstance(files, list) else ():
                if isinstance(file, dict) and "filename" in file:
                    _add_file(run, file)

    def _tell_progress(self, run: Run) -> None:
        body = {"run_id": run.run_id, "progress": round(run.progress, 4), "node": run.node}
        self._publish("progress", {**body, "eta_s": run.eta_s(time.time())})

    def _preview(self, message: HostMessage) -> None:
        """A frame goes to whoever looks, a few a second; big ones are dropped."""
        now = time.monotonic()
        if not self._previews_wanted() or len(message.data) > PREVIEW_LIMIT:
            return
        if now - self._previewed < PREVIEW_EVERY_S:
            return
        about, image = split_preview(message)
        run = self._log.of_prompt(str(about.get("prompt_id", ""))) or self._only_running(message)
        if run is not None and image:
            self._previewed = now
            kind = about.get("image_type", "image/jpeg")
            picture = f"data:{kind};base64,{base64.b64encode(image).decode()}"
            self._publish(
                "preview", {"run_id": run.run_id, "node_id": about.get("node_id"), "image": picture}
            )

    def _only_running(self, message: HostMessage) -> Run | None:
        """Whose preview it is when an older host does not say: one graph runs at a time."""
        if message.type != "binary:1":
            return None
        return next((run for run in self._log.open() if run.state == "running"), None)


def _add_file(run: Run, file: Mapping[str, Any]) -> None:
    entry = {key: str(file.get(key, "")) for key in _FILE_NAMES}
    if not any(all(known.get(key) == entry[key] for key in _FILE_NAMES) for known in run.files):
        run.files.append(entry)
