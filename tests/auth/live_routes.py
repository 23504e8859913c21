"""Every route of a running server, read from its router: nothing can hide from the matrix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aiohttp import web

# `*` answers every method; static folders answer the first two.
ANY_METHOD = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class LiveRoute:
    method: str
    canonical: str

    @property
    def url(self) -> str:
        return re.sub(r"\{\w+\}", "x", self.canonical) or "/"

    @property
    def path(self) -> str:
        """Without ComfyUI's prefix."""
        return self.canonical.removeprefix("/api") if self.canonical.startswith("/api/") else self.canonical


def live_routes(app: web.Application) -> Iterator[LiveRoute]:
    for resource in app.router.resources():
        if isinstance(resource, web.PrefixedSubAppResource):
            yield from _of_sub_app(resource)
        for route in resource:
            for method in ANY_METHOD if route.method == "*" else (route.method,):
                is_folder = isinstance(resource, web.StaticResource)
                suffix = "/x.txt" if is_folder else ""
                yield LiveRoute(method, resource.canonical + suffix)


def _of_sub_app(resource: web.PrefixedSubAppResource) -> Iterator[LiveRoute]:
    for route in resource:
        if route.resource is not None:
            yield LiveRoute(route.method, route.resource.canonical)
