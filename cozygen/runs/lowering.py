"""Graphs for a ComfyUI elsewhere: our nodes become its own where it lacks them, our pictures go to it.

Values become literals, pictures are uploaded, CozyGenOutput becomes SaveImage.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from cozygen.errors import CozyGenError, UnprocessableError
from cozygen.host.protocol import FarHost, Host
from cozygen.runs.references import PREFIX
from cozygen.storage.confine import resolve_inside
from cozygen.workflows.cozy_inputs import INPUT_CLASSES
from cozygen.workflows.graph import Graph, Node, as_link, copied, inputs_of, title_of
from cozygen.workflows.values import to_boolean, to_integer, to_number

IMAGE_INPUT: Final = "CozyGenImageInput"
OUTPUT: Final = "CozyGenOutput"
VIDEO_OUTPUT: Final = "CozyGenVideoOutput"
_ANNOTATION: Final = " [output]"
_ASKED_AGAIN_S: Final = 30.0
_UNSET: Final = ("", "None", None)
_MAKER: Final = "-frames"
# Inputs of its nodes and what they are called in ours.
_OUR_NAMES: Final = {IMAGE_INPUT: {"image": "image_filename"}, VIDEO_OUTPUT: {"fps": "frame_rate"}}
_PICTURE_INPUTS: Final = {
    IMAGE_INPUT: "image_filename",
    "LoadImage": "image",
    "LoadImageMask": "image",
    "LoadImageOutput": "image",
}


class Lowering:
    """Knows whether the host has our nodes; asked again now and then, because it may be restarted."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._has_ours = (0.0, False)
        self._uploaded: dict[tuple[str, int, int], str] = {}

    async def lowered(self, graph: Graph) -> Graph:
        """The graph as the host can run it. Raises UnprocessableError, HostDownError."""
        host = self._host
        if not isinstance(host, FarHost):
            return graph
        done = copied(graph)
        await self._send_pictures(host, done)
        return done if await self._knows_ours() else lower(done)

    async def _knows_ours(self) -> bool:
        asked, known = self._has_ours
        if time.monotonic() - asked > _ASKED_AGAIN_S or asked == 0.0:
            reply = await self._host.call("GET", f"/object_info/{OUTPUT}")
            known = isinstance(reply.body, dict) and OUTPUT in reply.body
            self._has_ours = (time.monotonic(), known)
        return known

    async def _send_pictures(self, host: FarHost, graph: Graph) -> None:
        for node in graph.values():
            name = _PICTURE_INPUTS.get(node["class_type"])
            reference = inputs_of(node).get(name) if name else None
            if name and isinstance(reference, str):
                path = await asyncio.to_thread(self._local, reference)
                if path is not None:
                    node["inputs"][name] = await self._sent(host, path)

    def _local(self, reference: str) -> Path | None:
        """The file of ours that a reference names, if there is one."""
        folders = self._host.folders
        if reference.startswith(PREFIX):
            places = [(folders.outputs()[0], reference.removeprefix(PREFIX).replace("::", "/"))]
        elif reference.endswith(_ANNOTATION):
            places = [(folders.outputs()[0], reference.removesuffix(_ANNOTATION))]
        else:
            places = [(folders.input, reference.lstrip("/"))]
        for folder, relative in places:
            try:
                path = resolve_inside(folder, relative)
            except CozyGenError:
                continue
            if path.is_file():
                return path
        return None

    async def _sent(self, host: FarHost, path: Path) -> str:
        """Upload once per content; its name tells the content, so that nothing is sent over another."""
        state = await asyncio.to_thread(path.stat)
        key = (str(path), state.st_size, state.st_mtime_ns)
        if key not in self._uploaded:
            digest = await asyncio.to_thread(_digest, path)
            self._uploaded[key] = await host.upload(path, f"{digest}{path.suffix.lower()}")
        return self._uploaded[key]


def _digest(path: Path) -> str:
    digest = hashlib.blake2b(digest_size=12)
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
    return digest.hexdigest()


def lower(graph: Graph) -> Graph:
    """The graph without our nodes; ids of the others stay. Raises UnprocessableError naming the node."""
    values = {
        node_id: _value(node_id, node)
        for node_id, node in graph.items()
        if node["class_type"] in INPUT_CLASSES and node["class_type"] != IMAGE_INPUT
    }
    lean: Graph = {}
    for node_id, node in graph.items():
        if node_id not in values:
            lean.update(_in_place(node_id, _with_values(node, values, graph)))
    return lean


def _with_values(node: Node, values: dict[str, Any], graph: Graph) -> Node:
    inputs = {name: _followed(value, values) for name, value in inputs_of(node).items()}
    return {**node, "inputs": inputs}


def _followed(value: Any, values: dict[str, Any]) -> Any:
    """What a link to a value leads to; a value may itself be fed by another node."""
    for _ in range(len(values) + 1):
        link = as_link(value)
        if link is None or link.node_id not in values:
            return value
        value = values[link.node_id]
    return value


def _value(node_id: str, node: Node) -> Any:
    """What an input node of ours gives: a literal, or the link that feeds it."""
    inputs = inputs_of(node)
    if node["class_type"] == "CozyGenChoiceInput":
        chosen = [inputs.get(name) for name in ("value", "default_choice") if inputs.get(name) not in _UNSET]
        return chosen[0] if chosen else ""
    value = inputs.get("default_value")
    if as_link(value) is not None or node["class_type"] != "CozyGenDynamicInput":
        return value
    read: Callable[[Any], Any] | None = _READERS.get(str(inputs.get("param_type")))
    if read is None:
        return "" if value is None else str(value)
    number = read(value)
    if number is None:
        raise UnprocessableError(
            f"“{title_of(node)}” does not hold a value of its type.",
            code="invalid_graph",
            details={"node_id": node_id},
        )
    return number


_READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "INT": to_integer,
    "FLOAT": to_number,
    "BOOLEAN": to_boolean,
}


def _in_place(node_id: str, node: Node) -> Graph:
    """A node as ComfyUI has it, under the same id."""
    inputs = inputs_of(node)
    if node["class_type"] == IMAGE_INPUT:
        image = str(inputs.get("image_filename", ""))
        return {node_id: {**node, "class_type": "LoadImage", "inputs": {"image": image}}}
    if node["class_type"] == OUTPUT:
        prefix = inputs.get("filename_prefix", "CozyGen/output")
        kept = {"images": inputs.get("images"), "filename_prefix": prefix}
        return {node_id: {**node, "class_type": "SaveImage", "inputs": kept}}
    if node["class_type"] == VIDEO_OUTPUT:
        return _video(node_id, node, inputs)
    return {node_id: node}


def _video(node_id: str, node: Node, inputs: dict[str, Any]) -> Graph:
    """ComfyUI's own nodes make MP4, or an animated WebP where a GIF was wanted; frames once, forwards."""
    prefix, frames = inputs.get("filename_prefix", "CozyGen/video"), inputs.get("images")
    rate = inputs.get("frame_rate", 8)
    if inputs.get("format") == "image/gif":
        saved = {"images": frames, "filename_prefix": prefix, "fps": rate, "lossless": False, "quality": 85,
                 "method": "default"}  # fmt: skip
        return {node_id: {**node, "class_type": "SaveAnimatedWEBP", "inputs": saved}}
    maker = f"{node_id}{_MAKER}"
    return {
        maker: {"class_type": "CreateVideo", "inputs": {"images": frames, "fps": rate}},
        node_id: {
            **node,
            "class_type": "SaveVideo",
            "inputs": {"video": [maker, 0], "filename_prefix": prefix, "format": "mp4", "codec": "h264"},
        },
    }


def told_of(graph: Graph, answer: Any) -> Any:
    """An answer about the lowered graph, told of the nodes and inputs of the graph that it was made of."""
    errors = answer.get("node_errors") if isinstance(answer, dict) else None
    if not isinstance(errors, dict):
        return answer
    told: dict[str, Any] = {}
    for node_id, said in errors.items():
        ours = node_id if node_id in graph else str(node_id).removesuffix(_MAKER)
        if ours not in graph or not isinstance(said, dict) or not isinstance(said.get("errors"), list):
            told[node_id] = said
            continue
        names = _OUR_NAMES.get(graph[ours]["class_type"], {})
        before = told.get(ours, {}).get("errors", [])
        told[ours] = {**said, "errors": [*before, *(_renamed(entry, names) for entry in said["errors"])]}
    return {**answer, "node_errors": told}


def _renamed(entry: Any, names: dict[str, str]) -> Any:
    info = entry.get("extra_info") if isinstance(entry, dict) else None
    name = info.get("input_name") if isinstance(info, dict) else None
    if info is None or not isinstance(name, str) or name not in names:
        return entry
    return {**entry, "extra_info": {**info, "input_name": names[name]}}
