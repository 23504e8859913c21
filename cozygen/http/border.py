"""The border: the one place where errors become replies."""

from __future__ import annotations

import logging
import re
import uuid

from aiohttp import ClientConnectionResetError, web
from aiohttp.typedefs import Handler, Middleware

from cozygen.errors import CozyGenError, InvalidError
from cozygen.http.replies import error_reply, json_reply

log = logging.getLogger(__name__)

_OURS = re.compile(r"^(/api)?/cozygen(/|$)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WORDS = {
    404: ("not found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take this method."),
    413: ("payload_too_large", "The body is too large."),
}


def is_ours(request: web.Request) -> bool:
    """Whether a path is CozyGen's, also under ComfyUI's `/api`; for wording, never for access."""
    return bool(_OURS.match(request.path))


def error_border() -> Middleware:
    """A middleware that answers every failure of CozyGen's paths in the error shape."""

    @web.middleware
    async def border(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not is_ours(request):
            return await handler(request)
        return await _answer(request, handler)

    return border


async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        if _CONTROL.search(request.path):
            raise InvalidError("The address holds a control character.", code="invalid path")
        return await handler(request)
    except CozyGenError as error:
        return error_reply(error)
    except web.HTTPException as error:
        return _translate(error)
    except ClientConnectionResetError:
        # The client left while it was being answered: nothing reaches it, and an
        # error that is passed on would fill the log with a trace for every tile that scrolls by.
        return web.Response(status=499)
    except (ConnectionError, TimeoutError):
        # What was promised cannot be kept: aiohttp breaks the connection off.
        raise
    except Exception as error:  # noqa: BLE001 - the border: nothing unexpected leaves the server as text
        return _unexpected(request, error)


def _translate(error: web.HTTPException) -> web.StreamResponse:
    if error.status < 400:
        raise error
    code, message = _WORDS.get(error.status, ("http_error", error.reason))
    headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
    return json_reply({"error": code, "message": message}, status=error.status, headers=headers)


def _unexpected(request: web.Request, error: Exception) -> web.Response:
    request_id = uuid.uuid4().hex[:12]
    # The path is logged without its query and with control characters escaped.
    log.error("request %s: %s %r failed", request_id, request.method, request.path, exc_info=error)
    message = f"Something went wrong on the server. Its log tells more (request {request_id})."
    body = {"error": "internal_error", "message": message, "details": {"request_id": request_id}}
    return json_reply(body, status=500)
