"""What CozyGen says in ComfyUI's log when it is ready: its address, and what the owner should know."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from cozygen import __version__
from cozygen.host.comfyui_folders import make_data_folder
from cozygen.host.comfyui_options import Remark, addresses, arguments, remarks

if TYPE_CHECKING:
    from cozygen.app import Services

log = logging.getLogger("cozygen")


def greet(services: Services) -> None:
    """Log addresses and remarks; the remarks become notices of health, too."""
    args = arguments()
    found = remarks(args, login=services.guard.sessions.enabled())
    reason = make_data_folder(services.folders.data)
    if reason is not None:
        sentence = f"CozyGen's data folder cannot be written ({reason}): nothing is kept."
        found.append(Remark("data_read_only", sentence))
    for remark in found:
        log.warning("CozyGen: %s", remark.message)
        services.health.notice(remark.code, remark.message)
    for address in addresses(args):
        log.info("CozyGen %s: %s", __version__, address)
