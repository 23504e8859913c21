"""Runs graphs one after the other on a thread, with ComfyUI's messages in ComfyUI's order."""

from __future__ import annotations

import json
import logging
import threading
import time
import traceback
from dataclasses import dataclass, field
from typing import Any

from cozygen.host.sketch.messages import Messages
from cozygen.host.sketch.object_info import NodeClasses
from cozygen.host.sketch.run_queue import Item, RunQueue

log = logging.getLogger(__name__)


class InterruptedRunError(Exception):
    """Somebody asked the run to stop."""


@dataclass
class Run:
    """What one run has done so far."""

    item: Item
    progress: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    executed: list[str] = field(default_factory=list)
    messages: list[list[Any]] = field(default_factory=list)
    current: str | None = None


@dataclass(frozen=True)
class Kept:
    """A node's result of the last run, for the next one that asks the same."""

    results: tuple[Any, ...]
    shown: Any


class Executor:
    """The worker thread. `node_running` tells nodes which run and node they belong to."""

    def __init__(self, queue: RunQueue, messages: Messages, classes: NodeClasses) -> None:
        self._queue = queue
        self._messages = messages
        self._classes = classes
        self._stop = threading.Event()
        self._cache: dict[str, Kept] = {}
        self._instances: dict[tuple[str, str], Any] = {}
        self._run: Run | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="cozygen-sketch", daemon=True)
            self._thread.start()

    def interrupt(self, prompt_id: str | None) -> None:
        """Stop the running graph, or only that one."""
        if prompt_id is None or self._queue.running_id() == prompt_id:
            self._stop.set()

    def close(self) -> None:
        """End the thread; a running node is interrupted at its next step."""
        self._queue.close()
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=1.0)

    def node_running(self) -> tuple[str | None, str | None]:
        """(prompt id, node id) of what runs now."""
        run = self._run
        return (run.item.prompt_id, run.current) if run else (None, None)

    def report(self, value: int, maximum: int, jpeg: bytes | None) -> None:
        """A node's progress. Raises InterruptedRunError when the run is to stop."""
        run = self._run
        if run is None or run.current is None:
            return
        self._set_progress(run, run.current, float(value), float(maximum), "running")
        data = {"value": value, "max": maximum, "prompt_id": run.item.prompt_id, "node": run.current}
        self._messages.send("progress", data, run.item.client_id)
        if jpeg is not None:
            about = {**_identity(run, run.current)}
            self._messages.send_preview(jpeg, about, run.item.client_id)
        if self._stop.is_set():
            raise InterruptedRunError

    def _work(self) -> None:
        while (item := self._queue.take()) is not None:
            self._stop.clear()
            self._run = Run(item)
            status = self._execute(self._run)
            run, self._run = self._run, None
            meta = {node_id: _meta(node_id) for node_id in run.shown}
            self._queue.finish(item, run.shown, status, meta)
            if item.client_id is not None:
                self._messages.send("executing", {"node": None, "prompt_id": item.prompt_id}, item.client_id)

    def _execute(self, run: Run) -> dict[str, Any]:
        """Run all outputs; returns the status for the history."""
        self._tell(run, "execution_start", {})
        order = execution_order(run.item.prompt, run.item.outputs)
        signatures = {node_id: self._signature(run.item.prompt, node_id) for node_id in order}
        cached = [node_id for node_id in order if signatures[node_id] in self._cache]
        self._tell(run, "execution_cached", {"nodes": cached})
        try:
            for node_id in order:
                self._node(run, node_id, signatures[node_id])
        except InterruptedRunError:
            self._tell(run, "execution_interrupted", _failure(run), everybody=run.item.client_id is None)
            return _status("error", run)
        except Exception as error:  # noqa: BLE001 - a node may raise anything; the run's client is told all of it
            self._failed(run, error)
            return _status("error", run)
        # Like ComfyUI's classic cache: only what the last run used is kept.
        self._cache = {signatures[node_id]: self._cache[signatures[node_id]] for node_id in order}
        self._tell(run, "execution_success", {})
        return _status("success", run)

    def _node(self, run: Run, node_id: str, signature: str) -> None:
        if self._stop.is_set():
            run.current = node_id
            raise InterruptedRunError
        kept = self._cache.get(signature)
        if kept is None:
            kept = self._cache[signature] = self._run_node(run, node_id)
        elif kept.shown is not None:
            self._announce(run, node_id, kept.shown)
        run.results[node_id] = kept.results
        if kept.shown is not None:
            run.shown[node_id] = kept.shown

    def _run_node(self, run: Run, node_id: str) -> Kept:
        run.current = node_id
        self._set_progress(run, node_id, 0.0, 1.0, "running")
        if run.item.client_id is not None:
            data = {"node": node_id, "display_node": node_id, "prompt_id": run.item.prompt_id}
            self._messages.send("executing", data, run.item.client_id)
        node = run.item.prompt[node_id]
        instance = self._instance(node_id, node["class_type"])
        answer = getattr(instance, instance.FUNCTION)(**self._arguments(run, node_id))
        kept = _kept(answer)
        if kept.shown is not None:
            self._announce(run, node_id, kept.shown)
        self._set_progress(run, node_id, 1.0, 1.0, "finished")
        run.executed.append(node_id)
        return kept

    def _instance(self, node_id: str, class_type: str) -> Any:
        """One instance per node, reused between runs as in ComfyUI."""
        key = (node_id, class_type)
        if key not in self._instances:
            self._instances[key] = self._classes[class_type]()
        return self._instances[key]

    def _arguments(self, run: Run, node_id: str) -> dict[str, Any]:
        node = run.item.prompt[node_id]
        declared = self._classes[node["class_type"]].INPUT_TYPES()
        names = {name for group in ("required", "optional", "hidden") for name in declared.get(group, {})}
        hidden = {
            "PROMPT": run.item.prompt,
            "EXTRA_PNGINFO": run.item.extra_data.get("extra_pnginfo"),
            "UNIQUE_ID": node_id,
        }
        arguments = {
            name: hidden[kind]
            for name, kind in declared.get("hidden", {}).items()
            if isinstance(kind, str) and kind in hidden
        }
        for name, value in node.get("inputs", {}).items():
            if name in names:
                arguments[name] = run.results[str(value[0])][value[1]] if _is_link(value) else value
        return arguments

    def _signature(self, prompt: dict[str, Any], node_id: str) -> str:
        """What a node's result depends on: itself and all it reads, with their files' versions."""
        order = execution_order(prompt, [node_id])
        parts = []
        for number, other in enumerate(order):
            node = prompt[other]
            inputs = {
                name: [order.index(str(value[0])), value[1]] if _is_link(value) else value
                for name, value in node.get("inputs", {}).items()
            }
            parts.append([number, node["class_type"], inputs, self._changed(node)])
        return json.dumps(parts, sort_keys=True, default=str)

    def _changed(self, node: dict[str, Any]) -> str:
        check = getattr(self._classes[node["class_type"]], "IS_CHANGED", None)
        if check is None:
            return ""
        inputs = {name: value for name, value in node.get("inputs", {}).items() if not _is_link(value)}
        try:
            return str(check(**inputs))
        except (TypeError, ValueError, OSError) as error:
            # As ComfyUI does: a check that fails means "changed".
            log.warning("IS_CHANGED of %s failed: %s", node["class_type"], error)
            return str(time.monotonic_ns())

    def _set_progress(self, run: Run, node_id: str, value: float, maximum: float, state: str) -> None:
        run.progress[node_id] = {"value": value, "max": maximum, "state": state, **_identity(run, node_id)}
        nodes = {other: dict(entry) for other, entry in run.progress.items()}
        self._messages.send(
            "progress_state", {"prompt_id": run.item.prompt_id, "nodes": nodes}, run.item.client_id
        )

    def _announce(self, run: Run, node_id: str, shown: Any) -> None:
        if run.item.client_id is not None:
            data = {
                "node": node_id,
                "display_node": node_id,
                "output": shown,
                "prompt_id": run.item.prompt_id,
            }
            self._messages.send("executed", data, run.item.client_id)

    def _tell(self, run: Run, kind: str, data: dict[str, Any], *, everybody: bool = False) -> None:
        """Record a message in the history and send it to the run's client."""
        body = {**data, "prompt_id": run.item.prompt_id, "timestamp": int(time.time() * 1000)}
        run.messages.append([kind, body])
        if run.item.client_id is not None or everybody:
            self._messages.send(kind, body, run.item.client_id)

    def _failed(self, run: Run, error: Exception) -> None:
        log.info("node %s failed: %s", run.current, error)
        inputs = run.item.prompt[run.current or ""].get("inputs", {}) if run.current else {}
        body = {
            **_failure(run),
            "exception_message": f"{error}\n",
            "exception_type": type(error).__name__,
            "traceback": traceback.format_tb(error.__traceback__),
            "current_inputs": {name: [str(value)[:200]] for name, value in inputs.items()},
            "current_outputs": list(run.results),
        }
        self._tell(run, "execution_error", body)


def execution_order(prompt: dict[str, Any], outputs: list[str]) -> list[str]:
    """Nodes that the outputs need, each after what it reads; the graph has no cycles by now."""
    order: list[str] = []
    done: set[str] = set()
    waiting = list(reversed(outputs))
    while waiting:
        current = waiting[-1]
        links = [value for value in prompt[current].get("inputs", {}).values() if _is_link(value)]
        missing = [str(link[0]) for link in links if str(link[0]) not in done and str(link[0]) in prompt]
        if current in done or not missing:
            waiting.pop()
            if current not in done:
                done.add(current)
                order.append(current)
        else:
            waiting.extend(reversed(missing))
    return order


def _is_link(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[1], int)


def _kept(answer: Any) -> Kept:
    if isinstance(answer, dict):
        return Kept(tuple(answer.get("result", ())), answer.get("ui"))
    return Kept(tuple(answer), None)


def _identity(run: Run, node_id: str) -> dict[str, Any]:
    return {
        "node_id": node_id,
        "prompt_id": run.item.prompt_id,
        "display_node_id": node_id,
        "parent_node_id": None,
        "real_node_id": node_id,
    }


def _meta(node_id: str) -> dict[str, Any]:
    return {"node_id": node_id, "display_node": node_id, "parent_node": None, "real_node_id": node_id}


def _failure(run: Run) -> dict[str, Any]:
    class_type = run.item.prompt[run.current]["class_type"] if run.current else None
    return {"node_id": run.current, "node_type": class_type, "executed": list(run.executed)}


def _status(word: str, run: Run) -> dict[str, Any]:
    return {"status_str": word, "completed": word == "success", "messages": run.messages}
