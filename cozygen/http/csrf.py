"""Refuse what another site makes a browser send (A-24 to A-30).

A browser says where a request comes from: `Sec-Fetch-Site` over TLS and on
this machine, `Origin` everywhere. Neither can be set by a page. What sends
neither is no browser, and holds no cookie that it did not mean to send.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from aiohttp import hdrs, web

from cozygen.errors import ForbiddenError, UnsupportedMediaTypeError
from cozygen.http.endpoint import Endpoint

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ORIGIN: Final = re.compile(r"(https?)://(\[[0-9a-f:.]+\]|[^\s/:@?#\[\]]+)(?::(\d{1,5}))?", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}
_HIGHEST_PORT: Final = 65535
_SAME: Final = frozenset({"same-origin", "none"})


def changes_state(request: web.Request) -> bool:
    """Whether a forged request could do harm: a write, or a WebSocket, which reads across origins."""
    return request.method not in SAFE_METHODS or "Upgrade" in request.headers


def check_origin(request: web.Request, host: str, allowed: Collection[str] = ()) -> None:
    """Raise ForbiddenError for a write or a WebSocket from another origin than `host` or `allowed`."""
    if not changes_state(request):
        return
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None and origin.lower() in allowed:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        # The browser compared the origins itself; it alone knows what a proxy made of the host.
        trusted = site.strip().lower() in _SAME and (origin is None or _parse(origin) is not None)
    else:
        trusted = origin is None or is_same_origin(origin, host)
    if not trusted:
        raise ForbiddenError("Another site sent this request.", code="cross_site_request")


def is_same_origin(origin: str, host: str) -> bool:
    """Whether an `Origin` names `host`; a proxy may have ended TLS, so the scheme gives only its port."""
    parsed = _parse(origin)
    if parsed is None:
        return False
    scheme, name, port = parsed
    target = _parse(f"{scheme}://{host}")
    return target is not None and (name, port) == target[1:]


def _parse(origin: str) -> tuple[str, str, int] | None:
    match = _ORIGIN.fullmatch(origin.strip())
    if match is None:
        return None
    scheme = match.group(1).lower()
    port = int(match.group(3) or _PORTS[scheme])
    return (scheme, match.group(2).lower(), port) if 0 < port <= _HIGHEST_PORT else None


def check_body_type(request: web.Request, row: Endpoint) -> None:
    """Our writes take JSON only, which no form can send; an empty body needs no type."""
    if row.multipart or request.method in SAFE_METHODS or not request.body_exists:
        return
    if request.content_type != "application/json":
        raise UnsupportedMediaTypeError("Send the body as application/json.")
