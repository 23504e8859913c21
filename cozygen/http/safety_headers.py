"""Headers that keep browsers from guessing, framing, leaking and sharing (H-10 to H-26).

Set when a response starts, so that streams, files and errors carry them too. A
handler's own header wins. Foreign routes get `nosniff` where the login guards
them, and are left alone otherwise.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import hdrs, web

# Whatever a stranger's file turns out to be, opened by itself it may do nothing.
DATA_CSP: Final = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; sandbox"
)
_CSP: Final = "Content-Security-Policy"
OURS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    _CSP: DATA_CSP,
    "Cache-Control": "no-store",
}
PAGE: Final = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
}
# Newer ComfyUI puts its own policy on every answer, ours included, after the handler (`keep_policy`).
_POLICY: Final[Any] = (
    web.RequestKey("cozygen.policy", str) if hasattr(web, "RequestKey") else "cozygen.policy"
)
_YEAR: Final = 31_536_000
_FIRST_ERROR: Final = 400

Signal = Callable[[web.Request, web.StreamResponse], Awaitable[None]]


def safety_headers(
    is_ours: Callable[[web.Request], bool],
    guards: Callable[[web.Request], bool],
    secure: Callable[[web.Request], bool],
) -> Signal:
    """A signal for `app.on_response_prepare`."""

    async def add(request: web.Request, response: web.StreamResponse) -> None:
        if is_ours(request):
            _add_ours(response, request.get(_POLICY))
            if secure(request) and _is_public_name(request.host):
                response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
        elif guards(request):
            response.headers.setdefault("X-Content-Type-Options", "nosniff")

    return add


def keep_policy(request: web.Request, response: web.StreamResponse) -> None:
    """Hold on to the policy that a handler chose, whatever middlewares put in its place."""
    request[_POLICY] = response.headers.get(_CSP, DATA_CSP)


def _add_ours(response: web.StreamResponse, policy: str | None) -> None:
    headers = response.headers
    if policy is not None:
        headers[_CSP] = policy
    for name, value in OURS.items():
        headers.setdefault(name, value)
    if response.status >= _FIRST_ERROR:
        headers[hdrs.CACHE_CONTROL] = "no-store"
    if response.content_type == "text/html":
        for name, value in PAGE.items():
            headers.setdefault(name, value)


def _is_public_name(host: str) -> bool:
    """Whether forcing TLS on the name for a year can hurt nobody in a home network."""
    name = host.rsplit(":", 1)[0].strip("[]").lower()
    if "." not in name or name.endswith((".local", ".localhost", ".lan", ".home.arpa")):
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return True
    return False
