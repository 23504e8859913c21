"""Runs the stand-alone server: one ready line, a quick stop, clear refusals."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
from pathlib import Path

from aiohttp import web

from cozygen import __version__
from cozygen.app import create_app
from cozygen.host.lan import EVERY_ADDRESS, reachable_host
from cozygen.host.places import decide_folders
from cozygen.http.app_shell import NOT_BUILT, AppShell, find_app_folder
from cozygen.settings import Settings

STOP_WITHIN_S = 1.0


class ServeRefusedError(Exception):
    """The server cannot start; the message is one sentence that says why."""


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Raises ServeRefusedError or SettingsError."""
    if not AppShell(find_app_folder()).is_built():
        raise ServeRefusedError(NOT_BUILT)
    folders = decide_folders(settings, cwd=Path.cwd(), environ=os.environ)
    asyncio.run(_serve(settings, create_app(settings, folders)))


async def _serve(settings: Settings, app: web.Application) -> None:
    listener = _listen(settings.host, settings.port)
    runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=STOP_WITHIN_S, access_log=None)
    # Before the ready line: whoever reads it may stop the server at once.
    stopped = _stop_on_signals()
    try:
        await runner.setup()
        await web.SockSite(runner, listener).start()
        _announce(settings, listener.getsockname()[1])
        await stopped.wait()
    finally:
        await runner.cleanup()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except OSError as error:
        raise ServeRefusedError(_refusal(host, port, error)) from error


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken; choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} needs rights that this user does not have; choose one above 1023."
    return f"The address {host} cannot be used ({error.strerror or error})."


def _stop_on_signals() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(name, stopped.set)
        except NotImplementedError:  # Windows has no loop signals
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stopped.set))
    return stopped


def _announce(settings: Settings, port: int) -> None:
    address = f"http://{reachable_host(settings.host)}:{port}/cozygen/"
    print(f"CozyGen {__version__} ready at {address}", flush=True)
    if settings.host in EVERY_ADDRESS:
        _announce_lan(settings, address)


def _announce_lan(settings: Settings, address: str) -> None:
    from cozygen_core import qr_text

    if not (settings.auth_user or settings.auth_pass):
        print("Anyone in this network can use it: set COZYGEN_AUTH_USER and COZYGEN_AUTH_PASS.", flush=True)
    print(qr_text(address), flush=True)
