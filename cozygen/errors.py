"""What can go wrong, by name: every error carries a stable code and an HTTP status.

Raise these where the thing happens; `cozygen.http.border` turns them into the
one JSON shape `{"error", "message", "details"?}`. A message is one sentence for
a person and holds no path of the machine and no secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class CozyGenError(Exception):
    """Base of all errors that reach a client with a meaning."""

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.error = code or self.code
        self.details = dict(details) if details else None
        self.headers = dict(headers) if headers else {}


class InvalidError(CozyGenError):
    """The request is malformed: wrong type, missing field, unreadable body."""

    code = "invalid_request"
    status = 400


class UnauthorizedError(CozyGenError):
    """No session, or one that has ended."""

    code = "unauthorized"
    status = 401


class ForbiddenError(CozyGenError):
    """The session may not do this, or the path leaves the allowed folders."""

    code = "forbidden"
    status = 403


class NotFoundError(CozyGenError):
    """Nothing is there (any more)."""

    code = "not found"
    status = 404


class ConflictError(CozyGenError):
    """The state has moved on, or two things cannot both be."""

    code = "conflict"
    status = 409


class StaleError(CozyGenError):
    """`If-Match` names an older version than the stored one."""

    code = "stale"
    status = 412


class PayloadTooLargeError(CozyGenError):
    """The body exceeds its limit; the details name the limit in bytes."""

    code = "payload_too_large"
    status = 413


class UnsupportedMediaTypeError(CozyGenError):
    """The body, or the file, is of a kind that is not accepted here."""

    code = "unsupported_media_type"
    status = 415


class UnprocessableError(CozyGenError):
    """Understood, but impossible: a broken picture, values out of range."""

    code = "unprocessable"
    status = 422


class PreconditionRequiredError(CozyGenError):
    """A change of one item needs `If-Match`."""

    code = "precondition_required"
    status = 428


class TooManyRequestsError(CozyGenError):
    """Slow down; the header Retry-After says for how long."""

    code = "too_many_requests"
    status = 429

    def __init__(self, message: str, *, retry_after_s: int, code: str | None = None) -> None:
        super().__init__(message, code=code, headers={"Retry-After": str(retry_after_s)})


class BadHostAnswerError(CozyGenError):
    """ComfyUI is unreachable or answered badly."""

    code = "host_error"
    status = 502


class NotReadyError(CozyGenError):
    """Not now: still loading, locked, or a part is missing."""

    code = "not_ready"
    status = 503


class StorageFullError(CozyGenError):
    """The disk is full; nothing was changed."""

    code = "storage_full"
    status = 507
