"""The host's own lists and descriptions: what a ComfyUI around us, or elsewhere, offers."""

from __future__ import annotations

import asyncio
import time

from cozygen.host.protocol import Host, HostDownError
from cozygen.workflows.choices import resolved
from cozygen.workflows.node_info import NodeInfo, read_node_info

# A form asks for the same few classes many times; a model that was just added shows after this long.
_KEPT_S = 10.0


class HostChoices:
    """Model files, samplers and schedulers as the host lists them."""

    def __init__(self, host: Host) -> None:
        self._host = host

    async def choices(self, kind: str) -> tuple[str, ...] | None:
        """The list of a choice type; None where the host has none of that name."""
        return await asyncio.to_thread(self._read, kind, False)

    async def refresh(self, kind: str) -> None:
        """Make the host read the folders again."""
        await asyncio.to_thread(self._read, kind, True)

    def _read(self, kind: str, refresh: bool) -> tuple[str, ...] | None:
        """A type that the host knows by this very name comes before its alias."""
        for name in (kind, resolved(kind)):
            try:
                return tuple(self._host.choices(name, refresh=refresh))
            except KeyError:
                continue
        return None


class HostNodes:
    """Descriptions of node classes, by `object_info`."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._known: dict[str, tuple[float, NodeInfo | None]] = {}

    async def node_info(self, class_type: str) -> NodeInfo | None:
        """The description of a class; None where the host does not know it."""
        known = self._known.get(class_type)
        if known is None or time.monotonic() - known[0] > _KEPT_S:
            try:
                known = self._known[class_type] = (time.monotonic(), await self._read(class_type))
            except HostDownError:
                # While the host is away a form shows what was last known, else what the graph says itself.
                return known[1] if known else None
        return known[1]

    async def _read(self, class_type: str) -> NodeInfo | None:
        reply = await self._host.call("GET", f"/object_info/{class_type}")
        raw = reply.body.get(class_type) if isinstance(reply.body, dict) else None
        return read_node_info(class_type, raw) if isinstance(raw, dict) else None
