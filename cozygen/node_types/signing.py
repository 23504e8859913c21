"""What rides along in a saved file so that it can be told whose it is, should everything else be lost."""

from __future__ import annotations

import json
from typing import Any, Final

RUN_KEY: Final = "cozygen_run"
"""The prompt id, as JSON; every saver writes it, because it is part of `extra_pnginfo`."""
BATCH_KEY: Final = "cozygen_batch"
"""`{"node", "number", "of"}`: which picture of how many; only our own nodes know."""


def batch_text(extra_pnginfo: Any, node_id: str | None, number: int, count: int) -> dict[str, str]:
    """The text that counts the pictures of a node; none where CozyGen did not queue the graph."""
    if node_id is None or not isinstance(extra_pnginfo, dict) or RUN_KEY not in extra_pnginfo:
        return {}
    return {BATCH_KEY: json.dumps({"node": node_id, "number": number, "of": count})}
