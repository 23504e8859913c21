"""Says when background work should rest: while the host has something to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Publish = Callable[[str, Mapping[str, Any]], None]


def resting(publish: Publish, rest: Callable[[bool], None]) -> Publish:
    """`publish`, that also calls `rest(True)` when the host begins to work, `rest(False)` at the end.

    The host's own count decides, so that prompts of the graph editor count too; a host
    that is lost does not keep anything waiting.
    """

    def tell(name: str, data: Mapping[str, Any]) -> None:
        publish(name, data)
        if name == "queue":
            rest(int(data["remaining"] or 0) > 0)
        elif name == "host" and not data["connected"]:
            rest(False)

    return tell
