"""What real ComfyUIs said of its node classes and of our graphs (written by `record_verdicts`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from cozygen.workflows.node_info import NodeInfo, read_node_info

VECTORS = Path(__file__).resolve().parent.parent / "vectors"
OLDEST = "0.3.64"
PAGES = {
    OLDEST: VECTORS / "comfyui_verdicts.json",
    "0.33.0": VECTORS / "comfyui_verdicts_0.33.0.json",
}
"""By version: the oldest that is supported, and the newest that was there."""


class RecordedNodes:
    """Node descriptions out of a recorded `object_info`."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw

    async def node_info(self, class_type: str) -> NodeInfo | None:
        raw = self._raw.get(class_type)
        return read_node_info(class_type, raw) if raw is not None else None


@cache
def verdicts(version: str = OLDEST) -> Any:
    """The whole record: `object_info`, `shapes`, `examples`."""
    return json.loads(PAGES[version].read_text("utf-8"))


@cache
def recorded_nodes(version: str = OLDEST) -> RecordedNodes:
    """The classes as recorded."""
    return RecordedNodes(verdicts(version)["object_info"])
