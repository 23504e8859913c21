"""The index and the watcher as parts of the server's health."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cozygen.health import Part


def index_part(status: Mapping[str, Any]) -> Part:
    """The index as a part of the server's health."""
    figures = {name: status.get(name) for name in ("state", "done", "total", "per_second", "cache")}
    if status["state"] == "unavailable":
        return Part("error", "The output folder is not there; what was known is kept.", figures)
    if status.get("cache") == "memory":
        return Part(
            "warning", "The index cannot be written to the data folder; it is kept in memory.", figures
        )
    if status.get("cache") == "rebuilt":
        return Part("warning", "The index was damaged and has been built anew.", figures)
    if status.get("failed_folders") or status.get("refused_links"):
        unread = {name: status[name] for name in ("failed_folders", "refused_links")}
        return Part(
            "warning", "Some folders or links in the output folder are not shown.", {**figures, **unread}
        )
    return Part("ok", "", figures)


def watcher_part(status: Mapping[str, Any]) -> Part:
    """The watcher as a part of the server's health."""
    mode = status.get("watch", "off")
    if mode == "polling":
        return Part(
            "warning", f"New files are found by looking regularly: {status['watch_reason']}.", {"mode": mode}
        )
    return Part("ok", "", {"mode": mode})
