"""Which access level a route asks for: our rows by the table, ComfyUI's own by a short list, the rest admin.

Decided on the matched route (its canonical path and the method), never on the
text of the path, so that encodings and ComfyUI's `/api` twins cannot slip by.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from aiohttp import hdrs, web

from cozygen.access import Access
from cozygen.http.endpoint import Endpoint

_VIEW_PATHS: Final = ("/view", "/queue", "/history", "/history/{prompt_id}", "/ws")
_QUEUE_PATHS: Final = ("/prompt", "/interrupt", "/queue")
COMFYUI: Final = {
    **{("GET", path): Access.VIEW for path in _VIEW_PATHS},
    **{("POST", path): Access.QUEUE for path in _QUEUE_PATHS},
}
_UPLOADS: Final = "/upload/"
# With COZYGEN_AUTH_SCOPE=cozygen the login guards CozyGen's routes and, of ComfyUI's, what queues.
_QUEUEING: Final = frozenset({"/prompt"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for a route: its own path, its row if it is one of ours, who may call it, and whether
    the login guards it at all."""

    path: str
    row: Endpoint | None
    needed: Access
    guarded: bool


def canonical_path(request: web.Request) -> str:
    """The matched route's own path without ComfyUI's `/api` prefix; "" when nothing matched."""
    resource = request.match_info.route.resource
    return "" if resource is None else _without_api(resource.canonical)


def _without_api(path: str) -> str:
    # ComfyUI registers `/api/…` by itself as well, so a twin may carry the prefix twice.
    while path.startswith("/api/"):
        path = path.removeprefix("/api")
    return path


def is_cozygen_path(path: str) -> bool:
    """Whether a canonical path is CozyGen's."""
    return path == "/cozygen" or path.startswith("/cozygen/")


class RouteAccess:
    """Knows every row. A route without a row, or added later, is an administrator's.

    Unless `everything` is guarded, other packs' and most of ComfyUI's routes stay open.
    """

    def __init__(self, rows: Iterable[Endpoint], *, everything: bool = True) -> None:
        self._rows: dict[tuple[str, str], Endpoint] = {
            (row.method, _canonical(row.path)): row for row in rows
        }
        self._everything = everything
        # Rules follow from the table alone; methods may be anything that somebody sends.
        self._rule = functools.lru_cache(maxsize=2048)(self._make_rule)

    def rule(self, request: web.Request) -> Rule:
        """What holds for the route that answers a request; HEAD is GET's."""
        resource = request.match_info.route.resource
        return self._rule(request.method, "" if resource is None else resource.canonical)

    def _make_rule(self, method: str, canonical: str) -> Rule:
        path = _without_api(canonical)
        method = hdrs.METH_GET if method == hdrs.METH_HEAD else method
        row = self._rows.get((method, path))
        guarded = self._everything or is_cozygen_path(path) or path in _QUEUEING
        return Rule(path, row, self._needed(row, method, path, guarded=guarded), guarded)

    def _needed(self, row: Endpoint | None, method: str, path: str, *, guarded: bool) -> Access:
        """The level that a route needs while a login is configured."""
        if row is not None:
            return row.access
        if not guarded:
            return Access.PUBLIC
        if method == hdrs.METH_POST and path.startswith(_UPLOADS):
            return Access.QUEUE
        return COMFYUI.get((method, path), Access.ADMIN)


def _canonical(path: str) -> str:
    """A row's path as the router names it: `{path:.+}` becomes `{path}`."""
    return web.UrlDispatcher().add_resource(path).canonical
