"""An address as a QR code, for the graph editor and whoever has no drawing code of its own."""

from __future__ import annotations

from aiohttp import hdrs, web
from pydantic import Field

from cozygen.http.models import Query
from cozygen.http.requests import read_query
from cozygen_core import qr_text

# Half-block characters of `qr_text`, which draws for a dark terminal: (upper, lower) is light.
_LIGHT = {"█": (True, True), "▀": (True, False), "▄": (False, True), " ": (False, False)}


class QrQuery(Query):
    """What the code says."""

    text: str = Field(min_length=1, max_length=512)


async def qr(request: web.Request) -> web.StreamResponse:
    """The text as a QR code, an SVG picture."""
    query = read_query(request, QrQuery)
    headers = {hdrs.CACHE_CONTROL: "no-store", "X-Content-Type-Options": "nosniff"}
    return web.Response(text=svg(qr_text(query.text)), content_type="image/svg+xml", headers=headers)


def svg(blocks: str) -> str:
    """Half-block text as a picture: dark squares on white."""
    halves = [row for line in blocks.splitlines() for row in _rows(line)]
    rows = halves[: len(halves[0])]  # an odd code leaves half a line over
    dark = [(x, y) for y, row in enumerate(rows) for x, light in enumerate(row) if not light]
    path = "".join(f"M{x} {y}h1v1h-1z" for x, y in dark)
    size = f"{len(rows[0])} {len(rows)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{len(rows[0])}v{len(rows)}h-{len(rows[0])}z"/><path d="{path}"/></svg>'
    )


def _rows(line: str) -> tuple[list[bool], list[bool]]:
    halves = [_LIGHT[character] for character in line]
    return [upper for upper, _ in halves], [lower for _, lower in halves]
