"""Sign-in, sign-out, sessions, API tokens and pairing over HTTP."""

from __future__ import annotations

from typing import Literal

from aiohttp import web
from pydantic import Field

from cozygen.access import Access, Session
from cozygen.accounts.records import SessionRecord
from cozygen.accounts.service import Accounts, Caller, SignedIn
from cozygen.auth import Guard, session_of
from cozygen.errors import ForbiddenError, InvalidError, UnauthorizedError
from cozygen.http.endpoint import KiB
from cozygen.http.models import Body, Flag, Query, Reply
from cozygen.http.peer import network_of
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body, read_query
from cozygen.http.tokens import cookie_of, drop_cookie, set_cookie

ACCOUNTS: web.AppKey[Accounts] = web.AppKey("accounts", Accounts)
GUARD: web.AppKey[Guard] = web.AppKey("guard", Guard)
# A password of 4 KiB, every character of it escaped.
LOGIN_LIMIT = 64 * KiB
DAY_S = 86_400


class LoginBody(Body):
    """Name and password; `device` names the session in the list."""

    username: str = Field(max_length=256)
    password: str
    device: str = Field(default="", max_length=256)


class LoginReply(Reply):
    """The token also lies in an HttpOnly cookie; a browser need not keep it."""

    token: str
    user: str
    expires_in: int
    default_credentials: bool


class StatusReply(Reply):
    """A stranger sees only the first three fields."""

    authenticated: bool
    user: str | None
    auth_enabled: bool
    exp: int | None = None
    access: str | None = None
    session: str | None = None
    default_credentials: bool | None = None
    password_in_settings: bool | None = None


class OkReply(Reply):
    """`{"status": "ok"}`."""

    status: str


class SessionItem(Reply):
    """One session. Times are Unix seconds; `expires` is the latest end."""

    id: str
    user: str
    device: str
    created: float
    used: float
    expires: float | None
    current: bool


class SessionsReply(Reply):
    """All live sessions, last used first."""

    sessions: list[SessionItem]


class ListQuery(Query):
    """`all=1`: everybody's, for administrators."""

    all: Flag = False


class RevokedReply(Reply):
    """How many sessions were ended."""

    revoked: int


Level = Literal["view", "queue", "delete", "admin"]


class TokenBody(Body):
    """A name for people, what the token may do, and for how many days (none: until revoked)."""

    name: str = Field(min_length=1, max_length=100)
    access: Level = "view"
    days: int | None = Field(default=None, ge=1, le=3650)


class TokenItem(Reply):
    """One API token, without the token."""

    id: str
    user: str
    name: str
    access: Level
    created: float
    used: float
    expires: float | None


class TokensReply(Reply):
    """All live API tokens, last used first."""

    tokens: list[TokenItem]


class NewTokenReply(TokenItem):
    """The only time that the token is shown."""

    token: str


class PairReply(Reply):
    """A one-time code; `path` opens the sign-in with it, relative to `/cozygen/`."""

    code: str
    path: str
    expires: float
    expires_in: int


class ClaimBody(Body):
    """A one-time code and a name for the device."""

    code: str = Field(max_length=64)
    device: str = Field(default="", max_length=256)


class PasswordBody(Body):
    """The present and the new password."""

    current: str
    new: str


async def login(request: web.Request) -> web.StreamResponse:
    """Sign in with a password."""
    accounts = _accounts(request)
    try:
        body = await read_body(request, LoginBody, limit=LOGIN_LIMIT)
    except InvalidError as error:
        raise InvalidError(error.message, code="invalid_body", details=error.details) from error
    signed_in = await accounts.sign_in(
        body.username,
        body.password,
        body.device or _device(request),
        _caller(request),
        old_token=_old_cookie(request),
    )
    return _welcome(request, accounts, signed_in)


async def logout(request: web.Request) -> web.StreamResponse:
    """End the session; answers the same without one."""
    session = session_of(request)
    accounts = request.config_dict[ACCOUNTS]
    if session is not None and session.id and not session.is_token:
        await accounts.revoke(session, session.id, tokens=False)
    response = json_reply({"status": "ok"})
    drop_cookie(response, secure=_secure(request))
    return response


async def auth_status(request: web.Request) -> web.StreamResponse:
    """Whether a login is configured and who is signed in; 401 for a stranger."""
    accounts = request.config_dict[ACCOUNTS]
    if not accounts.enabled():
        return json_reply({"authenticated": False, "user": None, "auth_enabled": False})
    session = session_of(request)
    if session is None:
        return json_reply({"authenticated": False, "user": None, "auth_enabled": True}, status=401)
    status = {
        "authenticated": True,
        "user": session.name,
        "auth_enabled": True,
        "exp": None if session.expires is None else int(session.expires),
        "access": session.access.value,
        "session": session.id,
        "default_credentials": accounts.has_default_password(session),
        "password_in_settings": accounts.has_password_of_settings(session),
    }
    return json_reply(status)


async def list_sessions(request: web.Request) -> web.StreamResponse:
    """The devices that are signed in."""
    session = _person(request)
    records = _accounts(request).sessions(session, everybody=read_query(request, ListQuery).all)
    return json_reply({"sessions": [_session_item(record, session) for record in records]})


async def revoke_session(request: web.Request) -> web.StreamResponse:
    """Sign a device out; its streams end within 30 seconds."""
    await _accounts(request).revoke(_person(request), request.match_info["id"], tokens=False)
    return json_reply({"status": "ok"})


async def revoke_other_sessions(request: web.Request) -> web.StreamResponse:
    """Sign all other devices out."""
    return json_reply({"revoked": await _accounts(request).revoke_others(_person(request))})


async def list_tokens(request: web.Request) -> web.StreamResponse:
    """The API tokens."""
    records = _accounts(request).tokens(_person(request), everybody=read_query(request, ListQuery).all)
    return json_reply({"tokens": [_token_item(record) for record in records]})


async def create_token(request: web.Request) -> web.StreamResponse:
    """Make an API token for a program."""
    session, body = _person(request), await read_body(request, TokenBody)
    lifetime = None if body.days is None else body.days * DAY_S
    made = await _accounts(request).create_token(session, body.name, Access(body.access), lifetime)
    return json_reply({**_token_item(made.record), "token": made.token})


async def revoke_token(request: web.Request) -> web.StreamResponse:
    """End an API token."""
    await _accounts(request).revoke(_person(request), request.match_info["id"], tokens=True)
    return json_reply({"status": "ok"})


async def start_pairing(request: web.Request) -> web.StreamResponse:
    """A one-time code that signs in a phone."""
    code, invitation = _accounts(request).start_pairing(_person(request))
    # Behind the #: a browser sends that to nobody, and no log holds it.
    path = f"#/login?pair={code}"
    return json_reply({"code": code, "path": path, "expires": invitation.expires, "expires_in": 120})


async def claim_pairing(request: web.Request) -> web.StreamResponse:
    """Sign in with a one-time code."""
    accounts = _accounts(request)
    body = await read_body(request, ClaimBody, limit=LOGIN_LIMIT)
    signed_in = await accounts.claim_pairing(
        body.code, body.device or _device(request), _caller(request), old_token=_old_cookie(request)
    )
    return _welcome(request, accounts, signed_in)


async def change_password(request: web.Request) -> web.StreamResponse:
    """Set a new password; all other devices and all API tokens are signed out."""
    accounts, session = _accounts(request), _person(request)
    body = await read_body(request, PasswordBody, limit=LOGIN_LIMIT)
    signed_in = await accounts.change_password(session, body.current, body.new, _caller(request))
    return _welcome(request, accounts, signed_in)


def _accounts(request: web.Request) -> Accounts:
    accounts = request.config_dict[ACCOUNTS]
    if not accounts.enabled():
        raise InvalidError("This server has no login.", code="auth_disabled")
    return accounts


def _person(request: web.Request) -> Session:
    """The session of a person: an API token manages no sessions and no tokens."""
    session = session_of(request)
    if session is None:
        raise UnauthorizedError("Sign in to use this.")
    if session.is_token:
        raise ForbiddenError("An API token cannot do this; sign in with a password.")
    return session


def _welcome(request: web.Request, accounts: Accounts, signed_in: SignedIn) -> web.Response:
    record = signed_in.record
    lifetime = int((record.expires or record.created) - record.created)
    session = accounts.find(signed_in.token)
    weak = session is not None and accounts.has_default_password(session)
    response = json_reply(
        {
            "token": signed_in.token,
            "user": signed_in.login.name,
            "expires_in": lifetime,
            "default_credentials": weak,
        }
    )
    set_cookie(response, signed_in.token, secure=_secure(request), max_age=lifetime)
    return response


def _secure(request: web.Request) -> bool:
    return request.config_dict[GUARD].proxies.secure(request)


def _old_cookie(request: web.Request) -> str | None:
    return cookie_of(request, secure=_secure(request))


def _caller(request: web.Request) -> Caller:
    peer = request.config_dict[GUARD].proxies.peer(request)
    return Caller(network_of(peer.address), peer.is_local)


def _device(request: web.Request) -> str:
    """A device name from what the browser says of itself."""
    agent = request.headers.get("User-Agent", "")
    systems = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    browsers = ("Edg", "Firefox", "Chrome", "Safari", "curl", "python")
    found = [next((word for word in words if word in agent), "") for words in (browsers, systems)]
    named = {"Edg": "Edge", "Macintosh": "Mac", "python": "Python"}
    return ", ".join(named.get(word, word) for word in found if word)


def _session_item(record: SessionRecord, session: Session) -> dict[str, object]:
    return {
        "id": record.id,
        "user": record.name,
        "device": record.device,
        "created": record.created,
        "used": record.used,
        "expires": record.expires,
        "current": record.id == session.id,
    }


def _token_item(record: SessionRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "user": record.name,
        "name": record.device,
        "access": record.access.value,
        "created": record.created,
        "used": record.used,
        "expires": record.expires,
    }
