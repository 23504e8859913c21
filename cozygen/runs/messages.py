"""Reading what the host says of its queue and its runs; what is not understood is empty."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

from cozygen.host.protocol import HostMessage


def split_preview(message: HostMessage) -> tuple[dict[str, Any], bytes]:
    """(metadata, picture) of a preview frame; empty where it is cut short or none."""
    data = message.data
    try:
        (first,) = struct.unpack_from(">I", data)
        if message.type == "binary:1":
            return {"image_type": "image/png" if first == 2 else "image/jpeg"}, data[4:]
        about = json.loads(data[4 : 4 + first]) if message.type == "binary:4" else None
    except (struct.error, ValueError):
        return {}, b""
    return (about, data[4 + first :]) if isinstance(about, dict) else ({}, b"")


def share_of(entry: Mapping[str, Any]) -> float:
    """How much of a node is done, 0 to 1."""
    if entry.get("state") == "finished":
        return 1.0
    value, maximum = entry.get("value"), entry.get("max")
    if not isinstance(value, (int, float)) or not isinstance(maximum, (int, float)) or maximum <= 0:
        return 0.0
    return max(0.0, min(1.0, value / maximum))


def messages_of(status: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """(kind, data) of what the history repeats of a run."""
    told = status.get("messages")
    return [
        (str(entry[0]), entry[1])
        for entry in (told if isinstance(told, list) else ())
        if isinstance(entry, (list, tuple)) and len(entry) == 2 and isinstance(entry[1], dict)
    ]


def remaining_of(data: Mapping[str, Any]) -> int:
    """How many prompts the host has left, those of others too."""
    status = data.get("status")
    info = status.get("exec_info") if isinstance(status, dict) else None
    count = info.get("queue_remaining") if isinstance(info, dict) else None
    return count if isinstance(count, int) else 0


def numbers_of(queue: Mapping[str, Any], key: str) -> dict[str, float]:
    """Prompt ids of a part of the queue and their places in it."""
    return {
        str(item[1]): float(item[0]) if isinstance(item[0], (int, float)) else 0.0
        for item in queue.get(key) or ()
        if isinstance(item, (list, tuple)) and len(item) > 1
    }
