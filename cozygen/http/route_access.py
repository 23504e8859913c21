"""Which access level a route asks for: our rows by the table, ComfyUI's own by a short list, the rest admin.

Decided on the matched route (its canonical path and the method), never on the
text of the path, so that encodings and ComfyUI's `/api` twins cannot slip by.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def canonical_path(request: web.Request) -> str:
    """The matched route's own path without ComfyUI's `/api` prefix; "" when nothing matched."""
    resource = request.match_info.route.resource
    if resource is None:
        return ""
    path = resource.canonical
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

    def row_of(self, request: web.Request) -> Endpoint | None:
        """The row that answers a request; HEAD is GET's."""
        return self._rows.get((_method(request), canonical_path(request)))

    def needed(self, request: web.Request) -> Access:
        """The level that the request needs while a login is configured."""
        method, path = _method(request), canonical_path(request)
        row = self._rows.get((method, path))
        if row is not None:
            return row.access
        if not self.guards(path):
            return Access.PUBLIC
        if method == hdrs.METH_POST and path.startswith(_UPLOADS):
            return Access.QUEUE
        return COMFYUI.get((method, path), Access.ADMIN)

    def guards(self, path: str) -> bool:
        """Whether the login guards a canonical path at all."""
        return self._everything or is_cozygen_path(path) or path in _QUEUEING


def _canonical(path: str) -> str:
    """A row's path as the router names it: `{path:.+}` becomes `{path}`."""
    return web.UrlDispatcher().add_resource(path).canonical


def _method(request: web.Request) -> str:
    return hdrs.METH_GET if request.method == hdrs.METH_HEAD else request.method
