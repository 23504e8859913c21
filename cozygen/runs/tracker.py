"""Follows the host and keeps the runs true: progress, results, errors; catches up after a break.

One listener for all browsers. Messages are the news, `/history` and `/queue`
are the truth: after every (re)connection the open runs are compared with them.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import logging
import struct
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from cozygen.host.protocol import Host, HostDownError, HostMessage
from cozygen.runs.host_errors import failure
from cozygen.runs.run import Run, RunError, State
from cozygen.runs.run_log import RunLog

log = logging.getLogger(__name__)

RETRY_S: Final = 2.0
LOST_AFTER_S: Final = 20.0
PREVIEW_LIMIT: Final = 256 * 1024
_FILE_KINDS: Final = ("images", "gifs", "video", "videos", "audio")

Publish = Callable[[str, Mapping[str, Any]], None]


class Tracker:
    """`publish(name, data)` tells the browsers; `previews_wanted()` says whether somebody looks."""

    def __init__(
        self, host: Host, log_: RunLog, client_id: str, publish: Publish, previews_wanted: Callable[[], bool]
    ) -> None:
        self._host = host
        self._log = log_
        self._client_id = client_id
        self._publish = publish
        self._previews_wanted = previews_wanted
        self._task: asyncio.Task[None] | None = None
        self.connected = False

    async def start(self) -> None:
        """Begin to follow the host."""
        self._task = asyncio.create_task(self._follow(), name="cozygen-runs")

    async def stop(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self) -> None:
        """Listen for ever; a host that hangs up is asked again every two seconds."""
        while True:
            try:
                async with self._host.listen(self._client_id) as messages:
                    self.connected = True
                    await self.catch_up()
                    async for message in messages:
                        self.handle(message)
            except HostDownError as error:
                log.debug("the host is away: %s", error.message)
            self.connected = False
            await asyncio.sleep(RETRY_S)

    async def catch_up(self) -> None:
        """Compare the open runs with the host's queue and history."""
        open_runs = self._log.open()
        if not open_runs:
            return
        queue = await self._host.call("GET", "/queue")
        running, pending = (_prompt_ids(queue.body, key) for key in ("queue_running", "queue_pending"))
        for run in open_runs:
            if run.prompt_id in running:
                self._begin(run)
            elif run.prompt_id not in pending:
                await self._settle(run)

    async def _settle(self, run: Run) -> None:
        """A run that is no longer queued: its history says how it ended; without one it is lost."""
        reply = await self._host.call("GET", f"/history/{run.prompt_id}")
        entry = reply.body.get(run.prompt_id) if isinstance(reply.body, dict) else None
        if isinstance(entry, dict):
            self._end_by_history(run, entry)
        elif time.time() - run.created > LOST_AFTER_S:
            self._end(run, "failed", RunError("ComfyUI restarted before this run was finished."))

    def _end_by_history(self, run: Run, entry: Mapping[str, Any]) -> None:
        for output in (entry.get("outputs") or {}).values():
            self._add_outputs(run, output)
        status = entry.get("status") or {}
        for kind, data in status.get("messages") or ():
            if kind == "execution_error":
                return self._end(run, "failed", failure(data, run.node_fields))
            if kind == "execution_interrupted":
                return self._end(run, "cancelled")
        return self._end(run, "done" if status.get("status_str") == "success" else "failed")

    def handle(self, message: HostMessage) -> None:
        """One message of the host; what is not understood is skipped."""
        if message.type.startswith("binary:"):
            self._preview(message)
            return
        data = message.data if isinstance(message.data, dict) else {}
        if message.type == "status":
            self._publish("queue", {"remaining": _remaining(data)})
            return
        run = self._log.of_prompt(str(data.get("prompt_id", "")))
        reaction = getattr(self, "_on_" + message.type, None)
        if run is not None and reaction is not None and not run.ended:
            reaction(run, data)

    def _on_execution_start(self, run: Run, _data: Mapping[str, Any]) -> None:
        self._begin(run)

    def _on_executing(self, run: Run, data: Mapping[str, Any]) -> None:
        node_id = str(data.get("node"))
        if node_id in run.node_titles:
            run.node = run.node_titles[node_id]

    def _on_executed(self, run: Run, data: Mapping[str, Any]) -> None:
        self._add_outputs(run, data.get("output"))
        self._log.changed(run)

    def _on_progress_state(self, run: Run, data: Mapping[str, Any]) -> None:
        nodes = data.get("nodes")
        if not isinstance(nodes, dict):
            return
        self._begin(run)
        done = sum(
            _share(entry)
            for node_id, entry in nodes.items()
            if node_id in run.node_titles and isinstance(entry, dict)
        )
        run.progress = max(run.progress, min(0.99, done / max(1, len(run.node_titles))))
        self._tell_progress(run)

    def _on_execution_success(self, run: Run, _data: Mapping[str, Any]) -> None:
        self._end(run, "done")

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
            for file in output.get(kind, ()) if isinstance(output, dict) else ():
                if not isinstance(file, dict) or "filename" not in file:
                    continue
                entry = {key: str(file.get(key, "")) for key in ("filename", "subfolder", "type")}
                if entry not in run.outputs:
                    run.outputs.append(entry)

    def _tell_progress(self, run: Run) -> None:
        body = {"run_id": run.run_id, "progress": round(run.progress, 4), "node": run.node}
        self._publish("progress", {**body, "eta_s": run.eta_s(time.time())})

    def _preview(self, message: HostMessage) -> None:
        """A frame with metadata goes to whoever looks; others and big ones are dropped."""
        if message.type != "binary:4" or not self._previews_wanted() or len(message.data) > PREVIEW_LIMIT:
            return
        about, image = _split_preview(message.data)
        run = self._log.of_prompt(str(about.get("prompt_id", "")))
        if run is not None:
            kind = about.get("image_type", "image/jpeg")
            picture = f"data:{kind};base64,{base64.b64encode(image).decode()}"
            self._publish(
                "preview", {"run_id": run.run_id, "node_id": about.get("node_id"), "image": picture}
            )


def _split_preview(data: bytes) -> tuple[dict[str, Any], bytes]:
    """(metadata, picture) of a binary frame of kind 4; empty where it is cut short."""
    try:
        (length,) = struct.unpack_from(">I", data)
        about = json.loads(data[4 : 4 + length])
    except (struct.error, ValueError):
        return {}, b""
    return (about if isinstance(about, dict) else {}), data[4 + length :]


def _share(entry: Mapping[str, Any]) -> float:
    maximum = entry.get("max") or 1
    return 1.0 if entry.get("state") == "finished" else min(1.0, float(entry.get("value") or 0) / maximum)


def _remaining(data: Mapping[str, Any]) -> int:
    status = data.get("status")
    info = status.get("exec_info") if isinstance(status, dict) else None
    return int(info.get("queue_remaining", 0)) if isinstance(info, dict) else 0


def _prompt_ids(body: Any, key: str) -> set[str]:
    items = body.get(key) if isinstance(body, dict) else None
    return {str(item[1]) for item in items or () if isinstance(item, list) and len(item) > 1}
