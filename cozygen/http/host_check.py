"""Refuse foreign host names without a login: a page that rebinds its own name to this machine (A-31)."""

from __future__ import annotations

import functools
import ipaddress
import socket
from collections.abc import Iterable
from typing import Final

from cozygen.errors import ForbiddenError

_OWN: Final = ("localhost", "*.localhost", "*.local")


class AllowedHosts:
    """Addresses, this machine's own names, and `COZYGEN_ALLOWED_HOSTS`; `*.` in front means any below."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        machine = socket.gethostname().lower()
        names = [*_OWN, machine, machine.split(".")[0], *(word.lower() for word in words)]
        self._exact = {name for name in names if name and not name.startswith("*.")}
        self._below = tuple(name[1:] for name in names if name.startswith("*."))

    def check(self, host: str) -> None:
        """Raise ForbiddenError unless `host` (with or without a port) is one of ours."""
        if not self.allows(host):
            raise ForbiddenError(
                "This server is not known under that name; COZYGEN_ALLOWED_HOSTS adds names.",
                code="host_not_allowed",
            )

    def allows(self, host: str) -> bool:
        """Whether the server may be called under that name."""
        name = _name(host)
        return _is_address(name) or name in self._exact or name.endswith(self._below)


def _name(host: str) -> str:
    """The name without its port, in lower case and without the final dot."""
    word = host.strip().lower()
    if word.startswith("["):
        return word[1:].split("]")[0]
    return word.rsplit(":", 1)[0].removesuffix(".")


@functools.lru_cache(maxsize=64)  # a server is called under few names, and for every picture
def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
