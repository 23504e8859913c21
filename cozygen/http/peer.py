"""Who is at the other end: address, scheme and host, also behind a reverse proxy that is trusted."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from cozygen.settings import SettingsError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Any of these says that somebody passed the request on, trusted or not.
_PASSED_ON: Final = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP")
UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Peer:
    """`address` as text; `is_local`: from this machine itself, passed on by nobody."""

    address: str
    secure: bool
    host: str
    is_local: bool


class Proxies:
    """The reverse proxies whose X-Forwarded-* headers count; everybody else's are ignored."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._networks = [_network(word) for word in words]

    def peer(self, request: web.Request) -> Peer:
        """The client of a request. Of a chain, the last address that is no trusted proxy."""
        direct = _address(request.remote or "")
        if direct is None or not self._trusts(direct):
            return _direct(request, direct)
        client = self._client(request.headers.get("X-Forwarded-For", ""), direct)
        return Peer(
            address=str(client),
            secure=_first(request, "X-Forwarded-Proto").lower() == "https" or request.secure,
            host=_first(request, "X-Forwarded-Host") or request.headers.get("Host", ""),
            is_local=client is direct and direct.is_loopback and not _passed_on(request),
        )

    def secure(self, request: web.Request) -> bool:
        """Whether the browser speaks TLS."""
        return self.peer(request).secure if self._networks else request.secure

    def host(self, request: web.Request) -> str:
        """The host and port that the browser asked for."""
        return self.peer(request).host if self._networks else request.headers.get("Host", "")

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self._networks)

    def _client(self, chain: str, direct: Address) -> Address:
        client = direct
        for word in reversed(chain.split(",")):
            hop = _address(word)
            if hop is None:
                return client
            client = hop
            if not self._trusts(hop):
                return client
        return client


def _direct(request: web.Request, address: Address | None) -> Peer:
    local = address is not None and address.is_loopback and not _passed_on(request)
    text = UNKNOWN if address is None else str(address)
    return Peer(text, request.secure, request.headers.get("Host", ""), local)


def _passed_on(request: web.Request) -> bool:
    return any(name in request.headers for name in _PASSED_ON)


def _first(request: web.Request, name: str) -> str:
    return request.headers.get(name, "").split(",")[0].strip()


def _address(text: str) -> Address | None:
    """An address; IPv4 inside IPv6 becomes IPv4, a port or a zone is cut off."""
    word = text.strip().strip('"')
    if word.startswith("["):
        word = word[1:].split("]")[0]
    elif word.count(":") == 1:
        word = word.split(":")[0]
    try:
        address = ipaddress.ip_address(word.split("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _network(word: str) -> Network:
    try:
        return ipaddress.ip_network(word, strict=False)
    except ValueError:
        text = f"COZYGEN_TRUSTED_PROXIES takes addresses like 192.168.1.2 or 10.0.0.0/8, not {word!r}."
        raise SettingsError(text) from None


def network_of(address: str) -> str:
    """The network that an attacker is likely to own: /24 of IPv4, /64 of IPv6."""
    found = _address(address)
    if found is None:
        return UNKNOWN
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 64), strict=False))
