"""CozyGen inside ComfyUI: `attach()` puts routes, guard, app and nodes on the running `PromptServer`.

Called by the top-level `__init__.py` while ComfyUI imports its packs: folders
and options are final then, the server does not answer yet.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cozygen import __version__

if TYPE_CHECKING:
    from cozygen.app import Services
    from cozygen.host.comfyui_nodes import ComfyNodeHost

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
    with a login (`login_wanted`) that is an ImportError instead.
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
    try:
        from cozygen.app import build_services
    except ImportError as problem:
        if login_wanted:
            raise
        _serve_core_missing(server, problem, mend)
        return
    from cozygen.host.comfyui_folders import ComfyFolders
    from cozygen.host.comfyui_host import ComfyHost
    from cozygen.settings import SettingsError, load

    try:
        settings = load({}, os.environ)
    except SettingsError as problem:
        raise RefusedError(str(problem)) from problem
    folders = ComfyFolders(settings)
    services = build_services(settings, folders, ComfyHost(server, folders))
    _mount(server, services)


def _serve_core_missing(server: Any, problem: ImportError, mend: str) -> None:
    from cozygen.host import core_missing

    sentence = f"CozyGen is not installed completely ({problem}). Run: {mend} - then restart ComfyUI."
    log.error(sentence)
    server.app.add_routes(core_missing.routes(sentence))


def _mount(server: Any, services: Services) -> None:
    """Routes on ComfyUI's table (it doubles them under `/api`), the guard before everything else."""
    from cozygen import app as house
    from cozygen.api import ENDPOINTS
    from cozygen.auth import guard_middleware
    from cozygen.host import no_such_address
    from cozygen.host.app_ahead import app_ahead
    from cozygen.http.border import error_border

    for row in ENDPOINTS:
        # Without keyword arguments: ComfyUI hands them to the wrong call when it doubles the routes.
        server.routes.route(row.method, row.path)(row.handler)
    server.routes.get(no_such_address.PATH)(no_such_address.no_such_address(ENDPOINTS))
    server.app.middlewares[:0] = [error_border(), guard_middleware(services.guard), app_ahead()]
    house.install(server.app, services)
    server.app.on_startup.append(_greeting(services))


def _greeting(services: Services) -> Any:
    async def greet(_app: Any) -> None:
        from cozygen.health import Part
        from cozygen.host.comfyui_folders import make_data_folder
        from cozygen.host.comfyui_options import Remark, addresses, arguments, facts, remarks

        services.health.register("host", lambda: Part("ok", figures=facts()))
        args = arguments()
        found = remarks(args, login=services.guard.sessions.enabled())
        reason = make_data_folder(services.folders.data)
        if reason is not None:
            found.append(
                Remark(
                    "data_read_only", f"CozyGen's data folder cannot be written ({reason}): nothing is kept."
                )
            )
        for remark in found:
            log.warning("CozyGen: %s", remark.message)
            services.health.notice(remark.code, remark.message)
        for address in addresses(args):
            log.info("CozyGen %s: %s", __version__, address)

    return greet
