"""`If-Match` and `If-None-Match` (RFC 9110 §13): nobody overwrites what they have not seen."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final

from cozygen.errors import PreconditionRequiredError, StaleError
from cozygen.storage import json_text

_TAG: Final = re.compile(r'\s*(W/)?"([^"]*)"\s*(?:,|$)')


def item_etag(item: Any) -> str:
    """A strong ETag of one entry of a document, from its content."""
    return f'"i-{hashlib.blake2b(json_text.dumps(item), digest_size=8).hexdigest()}"'


def matches(header: str, *etags: str) -> bool:
    """Whether `If-Match` names one of `etags` (or is `*`); a weak tag never matches."""
    if header.strip() == "*":
        return bool(etags)
    strong = {f'"{tag}"' for weak, tag in _TAG.findall(header) if not weak}
    return not strong.isdisjoint(etags)


def require_match(header: str | None, *etags: str, current: Any) -> None:
    """Raise unless the caller has seen the present version.

    PreconditionRequiredError (428) without a header; StaleError (412) with the
    present ETag and content. The first of `etags` is the one that is reported.
    """
    if header is None:
        raise PreconditionRequiredError("Say which version you change: send If-Match with the ETag you read.")
    if matches(header, *etags):
        return
    now = etags[0] if etags else None
    raise StaleError(
        "Somebody else changed this in the meantime.",
        details={"etag": now, "current": current},
        headers={"ETag": now} if now else {},
    )


def require_absent(header: str | None, exists: bool, *, current: Any) -> None:
    """Raise StaleError when `If-None-Match: *` is sent and the thing exists."""
    if header is not None and header.strip() == "*" and exists:
        raise StaleError("There is already one of that name.", details={"current": current}, code="exists")
