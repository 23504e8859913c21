"""The address under which other devices in the network reach this machine."""

from __future__ import annotations

import socket
from typing import Final

EVERY_ADDRESS: Final = ("0.0.0.0", "::", "")
LOOPBACK: Final = "127.0.0.1"


def reachable_host(host: str) -> str:
    """`host` for use in a URL; a wildcard becomes this machine's address in the LAN."""
    if host not in EVERY_ADDRESS:
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # No packet is sent: connecting a datagram socket only picks the interface.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return LOOPBACK
        return str(probe.getsockname()[0])
