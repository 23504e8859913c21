"""The browser app: its page and its built files."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from aiohttp import web

from cozygen.errors import NotFoundError, NotReadyError
from cozygen.storage.confine import resolve_inside

# The system's own table is unreliable (the registry on Windows).
TYPES: Final = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".map": "application/json",
}
CSP: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SAFETY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": CSP,
}
SCRIPT_IN_PAGE: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
NOT_BUILT: Final = "The app is not built: run `make app`, or install the wheel."


@dataclass(frozen=True)
class AppShell:
    """Where the built app lies: `index.html`, `assets/` and a few files beside it."""

    folder: Path

    def is_built(self) -> bool:
        """Whether there is a page to serve."""
        return (self.folder / "index.html").is_file()


APP_SHELL: web.AppKey[AppShell] = web.AppKey("app_shell", AppShell)


def find_app_folder() -> Path:
    """The app inside the wheel, else the build of a checkout."""
    package = Path(__file__).resolve().parent.parent
    bundled = package / "_bundled" / "app"
    return bundled if bundled.is_dir() else package.parent / "js" / "dist"


async def redirect_to_app(request: web.Request) -> web.StreamResponse:
    """`/cozygen` → `/cozygen/`, relative so that it holds under a proxy's sub-path."""
    raise web.HTTPPermanentRedirect("cozygen/", headers={"Cache-Control": "no-cache"})


async def index(request: web.Request) -> web.StreamResponse:
    """The page. Never cached, because it names the hashed files of one build."""
    answer = await _file(request, "index.html", "no-cache")
    answer.headers["Content-Security-Policy"] = await asyncio.to_thread(_page_policy, request)
    return answer


async def asset(request: web.Request) -> web.StreamResponse:
    """A built file whose name holds its hash."""
    path = "assets/" + request.match_info["path"]
    return await _file(request, path, "public, max-age=31536000, immutable")


async def named_file(request: web.Request) -> web.StreamResponse:
    """A file with a fixed name: manifest, service worker, icons, texts."""
    return await _file(request, request.path.split("/cozygen/", 1)[1], "no-cache")


def _page_policy(request: web.Request) -> str:
    """The policy that lets the build's own script in the page run, and no other script in it."""
    path = request.config_dict[APP_SHELL].folder / "index.html"
    hashes = _script_hashes(path, path.stat().st_mtime_ns)
    return CSP.replace("script-src 'self'", " ".join(("script-src 'self'", *hashes)))


@lru_cache(maxsize=4)
def _script_hashes(page: Path, changed: int) -> tuple[str, ...]:
    """`'sha256-…'` of each script that is written into the page; `changed` is when the file was."""
    digests = [hashlib.sha256(text).digest() for text in SCRIPT_IN_PAGE.findall(page.read_bytes())]
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


async def _file(request: web.Request, name: str, caching: str) -> web.StreamResponse:
    shell = request.config_dict[APP_SHELL]
    path = resolve_inside(shell.folder, name)
    if not await asyncio.to_thread(path.is_file):
        if not await asyncio.to_thread(shell.is_built):
            raise NotReadyError(NOT_BUILT, code="app_not_built")
        raise NotFoundError("There is no such file in the app.")
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return web.FileResponse(path, headers={**SAFETY, "Cache-Control": caching, "Content-Type": kind})
