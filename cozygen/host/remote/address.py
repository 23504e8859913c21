"""The address of a ComfyUI elsewhere, and what its pictures are filed under."""

from __future__ import annotations

import re

from yarl import URL

from cozygen.settings import SettingsError

_ODD = re.compile(r"[^A-Za-z0-9.-]+")


def parse_address(text: str) -> URL:
    """`http://name:8188`, with a path where a proxy needs one; `name:8188` means http.

    Raises SettingsError.
    """
    words = text.strip()
    try:
        url = URL(words if "://" in words else f"http://{words}")
        usable = url.scheme in ("http", "https") and url.host and not url.query_string and not url.fragment
    except ValueError as error:
        raise SettingsError(f"--comfyui takes an address such as http://name:8188, not {text!r}.") from error
    if not usable:
        raise SettingsError(f"--comfyui takes an address such as http://name:8188, not {text!r}.")
    return url.with_path(url.path.rstrip("/"))


def folder_name(url: URL) -> str:
    """`name-8188`: the folder below the output folder where its pictures go."""
    port = "" if url.port is None or url.is_default_port() else f"-{url.port}"
    return _ODD.sub("-", f"{url.host}{port}").strip("-.") or "remote"
