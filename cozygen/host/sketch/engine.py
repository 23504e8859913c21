"""The engine as a host: ComfyUI's API by method and path, and its messages."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from cozygen import __version__
from cozygen.host.folders import Folders
from cozygen.host.protocol import HostDownError, HostMessage, HostReply
from cozygen.host.sketch.executor import Executor
from cozygen.host.sketch.folders import SketchFolders
from cozygen.host.sketch.image_nodes import CORE_NODES
from cozygen.host.sketch.messages import Client, Messages
from cozygen.host.sketch.node_host import SketchNodeHost
from cozygen.host.sketch.object_info import NodeClasses, object_info
from cozygen.host.sketch.run_queue import Item, RunQueue
from cozygen.host.sketch.sketch_node import NODE_ID, CozyGenSketch
from cozygen.host.sketch.validation import validate
from cozygen.nodes import display_names, node_classes
from cozygen.workflows.choices import model_file

UPLOAD_LIMIT: Final = 100 * 1024 * 1024
_NO_PROMPT: Final = {
    "type": "no_prompt",
    "message": "No prompt provided",
    "details": "No prompt provided",
    "extra_info": {},
}


class SketchHost:
    """A ComfyUI without models, in this process."""

    kind = "sketch"

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self.places = SketchFolders(folders)
        self.messages = Messages()
        self.queue = RunQueue(self._queue_changed)
        self.classes: NodeClasses = {}
        self.executor = Executor(self.queue, self.messages, self.classes)
        self.nodes = SketchNodeHost(self.places, folders.models, self.executor.node_running)
        self.classes.update(self._node_classes())
        self._number = 0

    def _node_classes(self) -> NodeClasses:
        core: NodeClasses = {
            node.__name__: type(node.__name__, (node,), {"folders": self.places}) for node in CORE_NODES
        }
        sketch = type(NODE_ID, (CozyGenSketch,), {"report": staticmethod(self.executor.report)})
        ours = node_classes(self.nodes)
        for node_id, name in display_names().items():
            ours[node_id].DISPLAY_NAME = name
        return {**core, **ours, NODE_ID: sketch}

    @property
    def folders(self) -> Folders:
        """The folders of the server."""
        return self._folders

    def close(self) -> None:
        """Stop the worker and remove temporary files."""
        self.executor.close()
        self.places.close()

    async def call(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, json: Any = None
    ) -> HostReply:
        """Answer one of ComfyUI's addresses."""
        parts = path.strip("/").split("/")
        answer = getattr(self, f"_{method.lower()}_{parts[0]}", None)
        if answer is None or len(parts) > 2:
            raise HostDownError(f"The sketch engine does not answer {method} {path}.", code="host_error")
        return await asyncio.to_thread(answer, parts[1] if len(parts) == 2 else None, query or {}, json)

    @asynccontextmanager
    async def listen(self, client_id: str) -> AsyncIterator[AsyncIterator[HostMessage]]:
        """The messages for one client id."""
        client = self.attach(client_id)
        client.wants_metadata = True
        try:
            yield client.messages()
        finally:
            self.messages.detach(client)

    def attach(self, client_id: str | None) -> Client:
        """A new client, greeted as ComfyUI does."""
        client = self.messages.attach(client_id)
        client.put(HostMessage("status", {**self._status(), "sid": client.id}))
        return client

    def choice_types(self) -> list[str]:
        """Every kind that `choices` knows."""
        return self.nodes.choice_types()

    def choices(self, kind: str, *, refresh: bool = False) -> list[str]:
        """The values of one kind; always read anew."""
        return self.nodes.choices(kind)

    def model_file(self, kind: str, name: str) -> Path | None:
        """The file of a model that `choices` lists."""
        return model_file(self._folders.models, kind, name)

    def facts(self) -> dict[str, Any]:
        """What the engine is."""
        return {"kind": self.kind, "version": __version__}

    def _status(self) -> dict[str, Any]:
        return {"status": {"exec_info": {"queue_remaining": self.queue.remaining()}}}

    def _queue_changed(self) -> None:
        self.messages.send("status", self._status(), None)

    # --- ComfyUI's addresses: _<method>_<first part>(second part, query, body) ---

    def _post_prompt(self, _id: str | None, _query: Mapping[str, str], body: Any) -> HostReply:
        body = body if isinstance(body, dict) else {}
        prompt = body.get("prompt")
        if not isinstance(prompt, dict):
            return HostReply(400, {"error": _NO_PROMPT, "node_errors": {}})
        prompt = {node_id: _own(node) for node_id, node in prompt.items()}
        verdict = validate(prompt, self.classes)
        if verdict.error is not None:
            return HostReply(400, {"error": verdict.error, "node_errors": verdict.node_errors})
        item = self._item(body, prompt, verdict.outputs)
        self.executor.start()
        self.queue.put(item)
        return HostReply(
            200, {"prompt_id": item.prompt_id, "number": item.number, "node_errors": verdict.node_errors}
        )

    def _item(self, body: dict[str, Any], prompt: dict[str, Any], outputs: list[str]) -> Item:
        order = self._number
        self._number += 1
        number = float(body["number"]) if "number" in body else (-order if body.get("front") else order)
        extra = dict(body.get("extra_data") or {})
        if body.get("client_id") is not None:
            extra["client_id"] = body["client_id"]
        prompt_id = body.get("prompt_id")
        return Item(number, order, str(prompt_id) if prompt_id else str(uuid.uuid4()), prompt, extra, outputs)

    def _get_prompt(self, _id: str | None, _query: Mapping[str, str], _body: Any) -> HostReply:
        return HostReply(200, self._status()["status"])

    def _get_queue(self, _id: str | None, _query: Mapping[str, str], _body: Any) -> HostReply:
        return HostReply(200, self.queue.state())

    def _post_queue(self, _id: str | None, _query: Mapping[str, str], body: Any) -> HostReply:
        body = body if isinstance(body, dict) else {}
        if body.get("clear"):
            self.queue.clear()
        if isinstance(body.get("delete"), list):
            self.queue.delete([str(prompt_id) for prompt_id in body["delete"]])
        return HostReply(200, None)

    def _post_interrupt(self, _id: str | None, _query: Mapping[str, str], body: Any) -> HostReply:
        prompt_id = body.get("prompt_id") if isinstance(body, dict) else None
        self.executor.interrupt(str(prompt_id) if prompt_id else None)
        return HostReply(200, None)

    def _get_history(self, prompt_id: str | None, query: Mapping[str, str], _body: Any) -> HostReply:
        most = int(query["max_items"]) if query.get("max_items", "").isdecimal() else None
        offset = int(query["offset"]) if query.get("offset", "").isdecimal() else -1
        return HostReply(200, self.queue.history(prompt_id, most=most, offset=offset))

    def _post_history(self, _id: str | None, _query: Mapping[str, str], body: Any) -> HostReply:
        body = body if isinstance(body, dict) else {}
        if body.get("clear"):
            self.queue.forget(None)
        if isinstance(body.get("delete"), list):
            self.queue.forget([str(prompt_id) for prompt_id in body["delete"]])
        return HostReply(200, None)

    def _get_object_info(self, node_id: str | None, _query: Mapping[str, str], _body: Any) -> HostReply:
        wanted = list(self.classes) if node_id is None else [node_id]
        infos = {name: object_info(name, self.classes[name]) for name in wanted if name in self.classes}
        return HostReply(200, infos)

    def _get_models(self, kind: str | None, _query: Mapping[str, str], _body: Any) -> HostReply:
        kinds = [name for name in self.choice_types() if name not in ("sampler", "scheduler")]
        if kind is None:
            return HostReply(200, kinds)
        return HostReply(200, self.choices(kind)) if kind in kinds else HostReply(404, None)

    def _get_embeddings(self, _id: str | None, _query: Mapping[str, str], _body: Any) -> HostReply:
        return HostReply(200, [name.rsplit(".", 1)[0] for name in self.choices("embeddings")])

    def _get_features(self, _id: str | None, _query: Mapping[str, str], _body: Any) -> HostReply:
        return HostReply(200, features())

    def _get_system_stats(self, _id: str | None, _query: Mapping[str, str], _body: Any) -> HostReply:
        system = {"os": "sketch", "comfyui_version": f"sketch {__version__}", "argv": []}
        return HostReply(200, {"system": system, "devices": [{"name": "cpu", "type": "cpu", "index": None}]})


def _own(node: Any) -> Any:
    """A node whose inputs may be cast without touching the caller's."""
    inputs = node.get("inputs") if isinstance(node, dict) else None
    return {**node, "inputs": dict(inputs)} if isinstance(inputs, dict) else node


def features() -> dict[str, Any]:
    """What the engine tells of its dialect."""
    return {"supports_preview_metadata": True, "max_upload_size": UPLOAD_LIMIT}
