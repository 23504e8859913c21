"""ComfyUI's start options that matter to CozyGen, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cozygen.host.lan import reachable_host

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Remark:
    """One line for the log and one notice for health."""

    code: str
    message: str


def arguments() -> Any:
    """ComfyUI's parsed command line."""
    from comfy.cli_args import args

    return args


def addresses(args: Any) -> list[str]:
    """Where the app is reached, one address a listening name; `--listen` may name several."""
    scheme = "https" if getattr(args, "tls_keyfile", None) and getattr(args, "tls_certfile", None) else "http"
    names = [name.strip() for name in str(args.listen).split(",") if name.strip()] or [LOOPBACK[0]]
    shown = dict.fromkeys(reachable_host(name) for name in names)
    return [f"{scheme}://{name}:{args.port}/cozygen/" for name in shown]


def remarks(args: Any, *, login: bool) -> list[Remark]:
    """What the owner should know about how this ComfyUI was started."""
    found = []
    if _exposed(args) and not login:
        found.append(
            Remark(
                "open_to_network",
                "Anyone in this network can use this ComfyUI: set COZYGEN_AUTH_USER and COZYGEN_AUTH_PASS.",
            )
        )
    if getattr(args, "enable_cors_header", None):
        found.append(
            Remark(
                "cors_enabled",
                "--enable-cors-header lets other web pages call ComfyUI; CozyGen refuses their changes.",
            )
        )
    if getattr(args, "multi_user", False):
        found.append(
            Remark(
                "multi_user",
                "--multi-user is no login: CozyGen keeps its own accounts and ignores the comfy-user header.",
            )
        )
    return found


def facts() -> dict[str, Any]:
    """Version and options of this ComfyUI, for health."""
    args = arguments()
    return {
        "kind": "comfyui",
        "comfyui_version": _version(),
        "frontend_version": _installed("comfyui-frontend-package"),
        "multi_user": bool(getattr(args, "multi_user", False)),
        "cors": bool(getattr(args, "enable_cors_header", None)),
        "tls": bool(getattr(args, "tls_keyfile", None)),
        "listens_on_network": _exposed(args),
    }


def _exposed(args: Any) -> bool:
    return any(name.strip() not in LOOPBACK for name in str(args.listen).split(","))


def _version() -> str | None:
    try:
        from comfyui_version import __version__ as version
    except ImportError:
        return None
    return str(version)


def _installed(package: str) -> str | None:
    # Imported when asked, not while ComfyUI waits for its packs.
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def cors_origin() -> str:
    """The origin that `--enable-cors-header` lets in, `*` for any; "" without it."""
    return str(getattr(arguments(), "enable_cors_header", None) or "")
