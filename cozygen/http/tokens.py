"""Where a token travels: in `Authorization: Bearer …` or in one cookie; never in an address."""

from __future__ import annotations

import re
from typing import Final

from aiohttp import hdrs, web

COOKIE: Final = "cozygen_token"
SECURE_COOKIE: Final = "__Host-cozygen_token"
_BEARER: Final = re.compile(r"bearer[ \t]+(\S+)[ \t]*", re.IGNORECASE)


def cookie_name(*, secure: bool) -> str:
    """Under TLS the prefix `__Host-` keeps neighbours from planting the cookie."""
    return SECURE_COOKIE if secure else COOKIE


def bearer_of(request: web.Request) -> str | None:
    """The bearer token, if there is one."""
    match = _BEARER.fullmatch(request.headers.get(hdrs.AUTHORIZATION, ""))
    return match.group(1) if match else None


def cookie_of(request: web.Request, *, secure: bool) -> str | None:
    """The cookie's token. Two cookies of that name are a planted one too many: neither counts.

    Parsed by hand, because one odd cookie of a neighbour on the same host makes
    the standard parser lose the others.
    """
    name = cookie_name(secure=secure)
    found = [
        value.strip().strip('"')
        for key, _, value in (part.partition("=") for part in request.headers.get(hdrs.COOKIE, "").split(";"))
        if key.strip() == name
    ]
    return found[0] if len(found) == 1 and found[0] else None


def set_cookie(response: web.StreamResponse, token: str, *, secure: bool, max_age: int) -> None:
    """Hand the token to the browser; scripts cannot read it, other sites cannot send it."""
    _write(response, cookie_name(secure=secure), token, secure=secure, max_age=max_age)


def drop_cookie(response: web.StreamResponse, *, secure: bool) -> None:
    """Take the cookie back, with the attributes it was set with."""
    _write(response, cookie_name(secure=secure), "", secure=secure, max_age=0)
    response.headers["Clear-Site-Data"] = '"cache"'


def _write(response: web.StreamResponse, name: str, value: str, *, secure: bool, max_age: int) -> None:
    response.set_cookie(
        name, value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="Strict"
    )
