"""The guard: who may call what. Deny by default.

Access is decided on the *matched route* (its resource's canonical path and the
method), never on the text of the path, so that encodings and ComfyUI's `/api`
twins cannot slip by. A route without a row is an administrator's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from cozygen.errors import ForbiddenError, UnauthorizedError
from cozygen.http.endpoint import Access, Endpoint
from cozygen.http.replies import error_reply

COOKIE: Final = "cozygen_token"
_BEARER = re.compile(r"^bearer\s+(\S+)\s*$", re.IGNORECASE)
_ORDER: Final = list(Access)


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in, and what they may do."""

    user: str
    access: Access


class Sessions(Protocol):
    """What the guard asks of `accounts`."""

    def enabled(self) -> bool:
        """Whether a login is configured."""

    def find(self, token: str) -> Session | None:
        """The live session of a token."""


class NoLogin:
    """Sessions of a server without a login: everybody is its owner."""

    def enabled(self) -> bool:
        """No login is configured."""
        return False

    def find(self, token: str) -> Session | None:
        """There are no sessions."""
        return None


# Typed request keys came only after the oldest aiohttp that we support; newer ones warn of strings.
_SESSION: Final[Any] = (
    web.RequestKey("cozygen.session", object) if hasattr(web, "RequestKey") else "cozygen.session"
)
OWNER: Final = Session(user="default", access=Access.ADMIN)


class Guard:
    """Knows the access of every row, and asks `sessions` who is calling."""

    def __init__(self, rows: Iterable[Endpoint], sessions: Sessions) -> None:
        self._access: dict[tuple[str, str], Access] = {(row.method, row.path): row.access for row in rows}
        self.sessions = sessions

    def access_of(self, request: web.Request) -> Access:
        """The access level that the matched route asks for."""
        resource = request.match_info.route.resource
        canonical = resource.canonical if resource is not None else ""
        if canonical.startswith("/api/cozygen"):
            canonical = canonical.removeprefix("/api")
        method = "GET" if request.method == hdrs.METH_HEAD else request.method
        return self._access.get((method, canonical), Access.ADMIN)

    def identify(self, request: web.Request) -> Session | None:
        """Who is calling: by bearer token, else by cookie; the owner without a login."""
        if not self.sessions.enabled():
            return OWNER
        token = token_of(request)
        return self.sessions.find(token) if token else None

    def check(self, request: web.Request) -> None:
        """Raise UnauthorizedError or ForbiddenError unless the call is allowed."""
        session = self.identify(request)
        if session is not None:
            request[_SESSION] = session
        needed = self.access_of(request)
        if needed is Access.PUBLIC:
            return
        if session is None:
            raise UnauthorizedError("Sign in to use this.")
        if _ORDER.index(session.access) < _ORDER.index(needed):
            raise ForbiddenError("Your account may not do this.")


def token_of(request: web.Request) -> str | None:
    """The token of a request: `Authorization: Bearer …`, else the cookie."""
    bearer = _BEARER.match(request.headers.get(hdrs.AUTHORIZATION, ""))
    return bearer.group(1) if bearer else request.cookies.get(COOKIE)


def session_of(request: web.Request) -> Session | None:
    """The session that the guard found, if any."""
    session = request.get(_SESSION)
    return session if isinstance(session, Session) else None


def may_see_details(request: web.Request) -> bool:
    """Whether versions, paths' names and figures may be shown to the caller."""
    return session_of(request) is not None


def guard_middleware(guard: Guard) -> Middleware:
    """The outermost middleware: nothing is handled before the guard has agreed."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            guard.check(request)
        except (UnauthorizedError, ForbiddenError) as error:
            return error_reply(error)
        return await handler(request)

    return middleware
