"""Addresses of one picture or clip that work without a cookie for a minute (A-45).

For what takes an address and nothing else: a player, a cast device, a download
program. A link holds no token. It is bound to its path, its query and the
session that asked for it, and ends with that session. The key lives as long as
the server: what is valid for a minute needs no file that could leak.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from collections.abc import Callable
from typing import Final

from aiohttp import web
from itsdangerous import BadData, TimestampSigner
from yarl import URL

from cozygen.http.route_access import canonical_path

LIFETIME_S: Final = 60
PARAMETER: Final = "sig"
_PURPOSE: Final = "cozygen.media-link"
_ROWS: Final = frozenset({"/cozygen/media/{id}", "/cozygen/thumb"})
_READS: Final = frozenset({"GET", "HEAD"})


class SignedLinks:
    """Signs and recognises the links of one server."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)

    def sign(self, target: URL, session_id: str) -> URL:
        """`target` with a signature in its query; `target` is a path below the server's root."""
        signature = self._signer(target).sign(session_id).decode("ascii")
        return target.update_query({PARAMETER: signature})

    def session_id(self, request: web.Request) -> str | None:
        """The id of the session that signed this request's address, if one did within the minute."""
        signature = request.query.get(PARAMETER)
        if signature is None or request.method not in _READS or canonical_path(request) not in _ROWS:
            return None
        try:
            signed: bytes = self._signer(request.rel_url).unsign(signature, max_age=LIFETIME_S)
        except BadData:
            return None
        return signed.decode("ascii")

    def _signer(self, target: URL) -> TimestampSigner:
        """One whose signatures are good for this address only."""
        path = target.path.removeprefix("/api")
        query = [pair for pair in target.query.items() if pair[0] != PARAMETER]
        return _Signer(self._clock, self._key, salt=f"{_PURPOSE} {json.dumps([path, query])}")


class _Signer(TimestampSigner):
    """SHA-256, on a clock that can be set."""

    def __init__(self, clock: Callable[[], float], key: bytes, *, salt: str) -> None:
        super().__init__(key, salt=salt.encode(), digest_method=hashlib.sha256)
        self._clock = clock

    def get_timestamp(self) -> int:
        """Now, in whole seconds."""
        return int(self._clock())
