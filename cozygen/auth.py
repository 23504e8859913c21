"""The guard: who may call what. Deny by default.

One middleware, outermost, for every route of the server. The checks stand in
`Guard.check` in the order in which they are made; each lives in its own module.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, Final, Protocol

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from cozygen.access import DEFAULT_USER, OWNER, Access, Session, lower
from cozygen.errors import CozyGenError, ForbiddenError, NotReadyError, UnauthorizedError
from cozygen.http import csrf
from cozygen.http.border import is_ours
from cozygen.http.endpoint import Endpoint
from cozygen.http.host_check import AllowedHosts
from cozygen.http.open_requests import OpenRequests
from cozygen.http.peer import Proxies
from cozygen.http.replies import error_reply
from cozygen.http.route_access import RouteAccess, is_cozygen_path
from cozygen.http.safety_headers import safety_headers
from cozygen.http.signed_links import SignedLinks
from cozygen.http.tokens import bearer_of, cookie_of

__all__ = ["DEFAULT_USER", "OWNER", "Guard", "Session", "Sessions", "session_of"]

log = logging.getLogger(__name__)

SIGN_IN: Final = "cozygen/#/login?next=/"


class Sessions(Protocol):
    """What the guard asks of `accounts`. All answers come from memory."""

    def closed_because(self) -> str:
        """Why nobody can be let in at the moment, as a sentence; "" when the door works."""

    def enabled(self) -> bool:
        """Whether a login is configured."""

    def find(self, token: str) -> Session | None:
        """The live session of a token; finding it counts as use."""

    def by_id(self, session_id: str) -> Session | None:
        """The live session of an id, which is no secret: only for what was signed here."""

    def is_alive(self, session_id: str) -> bool:
        """Whether a session still lives; the id "" stands for a server without a login."""


# Typed request keys came only after the oldest aiohttp that we support; newer ones warn of strings.
_SESSION: Final[Any] = (
    web.RequestKey("cozygen.session", object) if hasattr(web, "RequestKey") else "cozygen.session"
)


class Guard:
    """Decides over every request.

    `everything`: the login guards all of the server, not only what is CozyGen's.
    `own_server`: all routes are CozyGen's.
    """

    def __init__(
        self,
        rows: Iterable[Endpoint],
        sessions: Sessions,
        *,
        everything: bool = True,
        proxies: Proxies | None = None,
        allowed_hosts: Collection[str] = (),
    ) -> None:
        self.routes = RouteAccess(rows, everything=everything)
        self.sessions = sessions
        self.proxies = proxies or Proxies()
        self.links = SignedLinks()
        self._origins: frozenset[str] = frozenset()
        self._preflights = False
        self.open_requests = OpenRequests(sessions.is_alive)
        self.own_server = False
        self._hosts = AllowedHosts(allowed_hosts)

    def check(self, request: web.Request) -> Session | None:
        """Let a request in, or raise the error that answers it. The body has not been read."""
        rule = self.routes.rule(request)
        login = self._has_login()
        if not login and not (self.own_server or is_cozygen_path(rule.path)):
            # Without a login ComfyUI and the other packs are left alone.
            return OWNER
        if not rule.guarded or self._is_preflight(request):
            return None
        host = self.proxies.host(request)
        if not login:
            self._hosts.check(host)
        session, by_bearer = self._identify(request, login)
        _check_access(rule.needed, session)
        if not by_bearer:
            csrf.check_origin(request, host, self._origins)
        if rule.row is not None:
            csrf.check_body_type(request, rule.row)
        return session

    def follow_cors(self, origin: str) -> None:
        """Let in the other site that ComfyUI's `--enable-cors-header` names; `*` names nobody.

        With that option ComfyUI answers preflights itself, without asking a handler.
        """
        self._preflights = bool(origin)
        self._origins = frozenset({origin.lower()} - {"", "*"})

    def adds_nosniff(self, request: web.Request) -> bool:
        """Whether a foreign route's responses get our `nosniff`: where the login guards it."""
        return self.own_server or (self.sessions.enabled() and self.routes.rule(request).guarded)

    def _has_login(self) -> bool:
        reason = self.sessions.closed_because()
        if reason:
            raise NotReadyError(reason, code="login_unavailable")
        return self.sessions.enabled()

    def _is_preflight(self, request: web.Request) -> bool:
        return (
            self._preflights
            and request.method == hdrs.METH_OPTIONS
            and hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers
        )

    def _identify(self, request: web.Request, login: bool) -> tuple[Session | None, bool]:
        """Who is calling, and whether a bearer token says so; a bearer beats the cookie (A-12)."""
        if not login:
            return OWNER, False
        bearer = bearer_of(request)
        if bearer is not None:
            return self.sessions.find(bearer), True
        cookie = cookie_of(request, secure=self.proxies.secure(request))
        session = self.sessions.find(cookie) if cookie else None
        return session or self._by_link(request), False

    def _by_link(self, request: web.Request) -> Session | None:
        """Whose signed link this is; it shows one file and allows nothing else."""
        session_id = self.links.session_id(request)
        session = None if session_id is None else self.sessions.by_id(session_id)
        return None if session is None else replace(session, access=lower(session.access, Access.VIEW))


def _check_access(needed: Access, session: Session | None) -> None:
    if needed is Access.PUBLIC:
        return
    if session is None:
        raise UnauthorizedError("Sign in to use this.")
    if not session.access.includes(needed):
        raise ForbiddenError("Your account may not do this.")


def token_of(request: web.Request, *, secure: bool) -> str | None:
    """The token of a request: `Authorization: Bearer …`, else the cookie."""
    return bearer_of(request) or cookie_of(request, secure=secure)


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
            session = guard.check(request)
        except UnauthorizedError as error:
            return _to_sign_in(request) or error_reply(error)
        except CozyGenError as error:
            return error_reply(error)
        except Exception as error:
            log.error("the guard failed on %s %r", request.method, request.path, exc_info=error)
            return error_reply(NotReadyError("The login cannot be checked now.", code="login_unavailable"))
        if session is not None:
            request[_SESSION] = session
        with nullcontext() if session is None else guard.open_requests.answering(request, session.id):
            return await handler(request)

    return middleware


def _to_sign_in(request: web.Request) -> web.Response | None:
    """A person who opens `/` is led to the sign-in; relative, so that it holds under a sub-path."""
    wants_page = request.method == hdrs.METH_GET and "text/html" in request.headers.get(hdrs.ACCEPT, "")
    if request.path != "/" or not wants_page:
        return None
    return web.Response(status=302, headers={hdrs.LOCATION: SIGN_IN, hdrs.CACHE_CONTROL: "no-store"})


def install_guard(app: web.Application, guard: Guard) -> None:
    """What the guard needs besides its middleware: headers on every response, the end of dead streams."""
    app.on_response_prepare.append(safety_headers(is_ours, guard.adds_nosniff, guard.proxies.secure))
    app.cleanup_ctx.append(guard.open_requests.sweeping)
