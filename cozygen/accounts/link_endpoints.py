"""Short-lived links to pictures and clips, for programs that hold no cookie."""

from __future__ import annotations

import re
from typing import Final

from aiohttp import web
from pydantic import Field
from yarl import URL

from cozygen.accounts.endpoints import GUARD
from cozygen.auth import session_of
from cozygen.errors import InvalidError, UnauthorizedError
from cozygen.http.models import Body, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body
from cozygen.http.signed_links import LIFETIME_S

_ROOT: Final = URL("/cozygen/")
_SIGNABLE: Final = re.compile(r"/cozygen/(?:media/[^/]+|thumb)")


class LinkBody(Body):
    """`url` or `thumb` of an item: relative to `/cozygen/`."""

    url: str = Field(min_length=1, max_length=8192)


class LinkReply(Reply):
    """The same address, good for anybody who has it; without a login it needs no signature."""

    url: str
    expires_in: int | None


async def sign_link(request: web.Request) -> web.StreamResponse:
    """A link that works for a minute without a cookie, and ends with the session that asked for it."""
    target = _target((await read_body(request, LinkBody)).url)
    session = session_of(request)
    if session is None:
        raise UnauthorizedError("Sign in to use this.")
    if not session.id:
        return json_reply({"url": _relative(target), "expires_in": None})
    signed = request.config_dict[GUARD].links.sign(target, session.id)
    return json_reply({"url": _relative(signed), "expires_in": LIFETIME_S})


def _target(text: str) -> URL:
    try:
        target = _ROOT.join(URL(text))
    except ValueError as error:
        raise InvalidError("This is no address.", code="invalid_url") from error
    if target.absolute or _SIGNABLE.fullmatch(target.path) is None:
        raise InvalidError("Links are made for `media/…` and `thumb` only.", code="invalid_url")
    return target


def _relative(target: URL) -> str:
    return str(target).removeprefix(str(_ROOT))
