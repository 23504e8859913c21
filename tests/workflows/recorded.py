"""What a real ComfyUI said of its node classes and of our graphs (written by `record_verdicts`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from cozygen.workflows.node_info import NodeInfo, read_node_info

PAGE = Path(__file__).resolve().parent.parent / "vectors" / "comfyui_verdicts.json"


class RecordedNodes:
    """Node descriptions out of a recorded `object_info`."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw

    async def node_info(self, class_type: str) -> NodeInfo | None:
        raw = self._raw.get(class_type)
        return read_node_info(class_type, raw) if raw is not None else None


@cache
def verdicts() -> Any:
    """The whole record: `object_info`, `shapes`, `examples`."""
    return json.loads(PAGE.read_text("utf-8"))


@cache
def recorded_nodes() -> RecordedNodes:
    """The classes as recorded."""
    return RecordedNodes(verdicts()["object_info"])
