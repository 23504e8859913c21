"""CozyGen inside ComfyUI: `attach()` puts routes, guard, app and nodes on the running `PromptServer`.

Called by the top-level `__init__.py` while ComfyUI imports its packs: folders
and options are final then, the server does not answer yet.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cozygen.app import Services
    from cozygen.host.comfyui_nodes import ComfyNodeHost
    from cozygen.host.late_house import LateHouse
    from cozygen.host.protocol import Host
    from cozygen.settings import Settings

log = logging.getLogger("cozygen")


class RefusedError(Exception):
    """CozyGen does not attach; the message is the one sentence that mends it."""


@dataclass(frozen=True)
class Attached:
    """What the pack's face hands to ComfyUI."""

    nodes: dict[str, Any] = field(default_factory=dict)
    display_names: dict[str, str] = field(default_factory=dict)
    web_directory: str | None = None


def attach(mend: str, *, login_wanted: bool = False) -> Attached:
    """Attach to the running ComfyUI; `mend` is the command that reinstalls CozyGen.

    Raises RefusedError beside a predecessor or with a half-configured login.
    Without the compiled core the nodes still work and `/cozygen` answers 503;
    with a login (`login_wanted`) everything does.
    """
    from cozygen.host.comfyui_nodes import ComfyNodeHost
    from cozygen.nodes import NODE_IDS, display_names, node_classes

    server = _prompt_server()
    _refuse_clash(server, NODE_IDS)
    node_host = ComfyNodeHost()
    _serve(server, node_host, mend, login_wanted)
    return Attached(node_classes(node_host), display_names(), web_directory())


def web_directory() -> str | None:
    """The graph-editor extension inside the wheel, else that of a checkout; absolute."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_bundled" / "web", package.parent / "js" / "web"):
        if folder.is_dir():
            return str(folder)
    return None


def _prompt_server() -> Any:
    from server import PromptServer

    return PromptServer.instance


def _refuse_clash(server: Any, node_ids: tuple[str, ...]) -> None:
    import nodes

    from cozygen.host.clash import find_clash

    pack = find_clash(server, nodes.NODE_CLASS_MAPPINGS, node_ids)
    if pack is not None:
        raise RefusedError(
            f"{pack} already uses CozyGen's addresses or nodes; "
            f"disable {pack} in custom_nodes and restart ComfyUI."
        )


def _serve(server: Any, node_host: ComfyNodeHost, mend: str, login_wanted: bool) -> None:
    from cozygen.env_file import with_env_file
    from cozygen.host.comfyui_folders import data_folder
    from cozygen.host.late_house import LateHouse
    from cozygen.settings import SettingsError, load

    try:
        settings = load({}, with_env_file(data_folder(os.environ), os.environ))
    except SettingsError as problem:
        raise RefusedError(str(problem)) from problem
    login_wanted = login_wanted or bool(settings.auth_user)
    house = LateHouse(settings, _make_host, mend=mend, login_wanted=login_wanted)
    _register(server, house)
    server.app.middlewares.insert(0, house.middleware())
    server.app.on_startup.append(functools.partial(_start, house, node_host))
    server.app.on_cleanup.append(house.stop)


def _make_host(settings: Settings) -> Host:
    """ComfyUI as a host; made while the server starts."""
    from cozygen.host.comfyui_folders import ComfyFolders
    from cozygen.host.comfyui_host import ComfyHost

    return ComfyHost(_prompt_server(), ComfyFolders(settings))


def _register(server: Any, house: LateHouse) -> None:
    """Put the addresses on ComfyUI's table, which doubles them under `/api`."""
    from cozygen.host import no_such_address
    from cozygen.host.addresses import addresses

    known = addresses()
    for method, path in known:
        # Without keyword arguments: ComfyUI hands them to the wrong call when it doubles the routes.
        server.routes.route(method, path)(house.answer)
    server.routes.get(no_such_address.PATH)(no_such_address.no_such_address(known))


async def _start(house: LateHouse, node_host: ComfyNodeHost, app: Any) -> None:
    services = await house.start(app)
    if services is not None:
        from cozygen.host.comfyui_options import cors_origin
        from cozygen.host.greeting import greet
        from cozygen.host.node_memory import NodeMemory
        from cozygen.http.expectation import hold_bodies

        loop = asyncio.get_running_loop()
        node_host.memory = NodeMemory(services.thumbs, services.documents.prompt_raw, loop)
        services.guard.follow_cors(cors_origin())
        hold_bodies(app, services.guard.check)
        greet(services)
        _say_late_clash(services)


def _say_late_clash(services: Services) -> None:
    """A pack that ComfyUI loaded after us cannot be refused any more, but named."""
    import nodes

    from cozygen.host.clash import find_late_clash
    from cozygen.nodes import NODE_IDS

    pack = find_late_clash(_prompt_server(), nodes.NODE_CLASS_MAPPINGS, NODE_IDS)
    if pack is not None:
        sentence = (
            f"{pack} uses CozyGen's addresses or nodes as well, so either may answer; "
            f"disable {pack} in custom_nodes and restart ComfyUI."
        )
        log.warning("CozyGen: %s", sentence)
        services.health.notice("clash", sentence)
