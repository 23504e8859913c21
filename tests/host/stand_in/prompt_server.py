"""`PromptServer` as a pack meets it: a routes table, an application, sockets, `/api` doubling."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import uuid
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

IMAGES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff")


@web.middleware
async def cache_control(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Scripts are not cached, pictures for a day, unless the handler said otherwise."""
    response = await handler(request)
    if request.path.endswith((".js", ".css")):
        response.headers.setdefault("Cache-Control", "no-cache")
    elif request.path.lower().endswith(IMAGES):
        age = 3600 if response.status == 404 else 86400
        response.headers.setdefault("Cache-Control", f"public, max-age={age}")
    return response


def cors(origin: str) -> Middleware:
    """`--enable-cors-header`: replaces the origin check."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = web.Response() if request.method == "OPTIONS" else await handler(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        return response

    return middleware


@web.middleware
async def own_policy(request: web.Request, handler: Handler) -> web.StreamResponse:
    """`--offline` and `--disable-api-nodes` of the newest: one policy on every answer."""
    response = await handler(request)
    response.headers["Content-Security-Policy"] = "default-src 'self'; script-src 'self' 'unsafe-inline'"
    return response


def origin_check(*, newest: bool) -> Middleware:
    """Old: Host and Origin must agree on loopback names. New: also no cross-site request at all."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        if newest and request.headers.get("Sec-Fetch-Site") == "cross-site":
            return web.Response(status=403)
        if _foreign_on_loopback(request):
            return web.Response(status=403)
        return web.Response() if request.method == "OPTIONS" else await handler(request)

    return middleware


def _foreign_on_loopback(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    host = urlsplit("//" + request.headers.get("Host", ""))
    if origin is None or not _is_loopback(host.hostname or ""):
        return False
    return urlsplit(origin).netloc.lower() != host.netloc.lower()


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


class PromptServer:
    """The parts of ComfyUI's server that CozyGen relies on (A.2 to A.5)."""

    instance: Any = None

    def __init__(self, args: SimpleNamespace, folder_paths: ModuleType, nodes: ModuleType) -> None:
        type(self).instance = self
        check = cors(args.enable_cors_header) if args.enable_cors_header else origin_check(newest=args.newest)
        middlewares = [cache_control, check, *([own_policy] if args.newest else [])]
        self.app = web.Application(client_max_size=100 * 2**20, middlewares=middlewares)
        self.routes = web.RouteTableDef()
        self.sockets: dict[str, Any] = {}
        self.sockets_metadata: dict[str, Any] = {}
        self.client_id: str | None = None
        self.last_prompt_id: str | None = None
        self.queued: list[dict[str, Any]] = []
        self.sent: list[tuple[str, Any, str | None]] = []
        self._args = args
        self._nodes = nodes
        self._folder_paths = folder_paths
        for method, path, handler in self._own_routes():
            self.routes.route(method, path)(handler)

    def _own_routes(self) -> list[tuple[str, str, Callable[[web.Request], Any]]]:
        return [
            ("GET", "/ws", self._ws),
            ("GET", "/", self._root),
            ("GET", "/queue", self._get_queue),
            ("POST", "/queue", self._empty),
            ("GET", "/prompt", self._get_prompt),
            ("POST", "/prompt", self._post_prompt),
            ("POST", "/interrupt", self._empty),
            ("POST", "/free", self._empty),
            ("GET", "/history", self._history),
            ("GET", "/history/{prompt_id}", self._history),
            ("POST", "/history", self._empty),
            ("GET", "/view", self._view),
            ("POST", "/upload/image", self._empty),
            ("GET", "/object_info", self._object_info),
            ("GET", "/object_info/{node_class}", self._object_info),
            ("GET", "/features", self._features),
            ("GET", "/userdata", self._empty),
        ]

    def add_routes(self) -> None:
        """ComfyUI's last step: every route twice, internal ones, extensions, and the static catch-all."""
        internal = web.Application()
        internal.router.add_get("/logs", self._empty)
        self.app.add_subapp("/internal", internal)
        twins = web.RouteTableDef()
        for route in self.routes:
            if isinstance(route, web.RouteDef):
                # As ComfyUI does it, so that a route with keyword arguments fails here, too.
                twins.route(route.method, "/api" + route.path)(route.handler, **route.kwargs)
        self.app.add_routes(twins)
        self.app.add_routes(self.routes)
        for name, folder in self._nodes.EXTENSION_WEB_DIRS.items():
            self.app.add_routes([web.static("/extensions/" + name, folder)])
        self.app.add_routes([web.static("/", self._folder_paths.base_path)])

    async def _root(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text="<title>canvas</title>", content_type="text/html")

    async def _empty(self, request: web.Request) -> web.StreamResponse:
        return web.Response()

    async def _get_queue(self, request: web.Request) -> web.StreamResponse:
        pending = [[body["number"], body["prompt_id"], body["prompt"], {}, []] for body in self.queued]
        return web.json_response({"queue_running": [], "queue_pending": pending})

    async def _get_prompt(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"exec_info": {"queue_remaining": len(self.queued)}})

    async def _post_prompt(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        prompt_id = body.get("prompt_id") or str(uuid.uuid4())
        refusal = self._refusal(body, prompt_id)
        if refusal is not None:
            return web.json_response({"error": refusal, "node_errors": {}}, status=400)
        self.queued.append({**body, "prompt_id": prompt_id, "number": float(len(self.queued))})
        answer = {"prompt_id": prompt_id, "number": self.queued[-1]["number"], "node_errors": {}}
        return web.json_response(answer)

    def _refusal(self, body: dict[str, Any], prompt_id: str) -> dict[str, Any] | None:
        if "prompt" not in body:
            return {
                "type": "no_prompt",
                "message": "No prompt provided",
                "details": "No prompt provided",
                "extra_info": {},
            }
        if self._args.newest and not _is_canonical(prompt_id):
            return {
                "type": "invalid_prompt_id",
                "message": "Invalid prompt id",
                "details": "",
                "extra_info": {},
            }
        return None

    async def _history(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({})

    async def _view(self, request: web.Request) -> web.StreamResponse:
        return web.Response(status=404)

    async def _features(self, request: web.Request) -> web.StreamResponse:
        return web.json_response({"supports_preview_metadata": True, "max_upload_size": 100 * 2**20})

    async def _object_info(self, request: web.Request) -> web.StreamResponse:
        wanted = request.match_info.get("node_class")
        classes = self._nodes.NODE_CLASS_MAPPINGS
        names = [name for name in classes if wanted in (None, name)]
        return web.json_response({name: _info(name, classes[name]) for name in names})

    async def _ws(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        sid = request.query.get("clientId") or uuid.uuid4().hex
        self.sockets[sid] = socket
        await socket.send_json(
            {"type": "status", "data": {"status": {"exec_info": {"queue_remaining": 0}}, "sid": sid}}
        )
        async for _message in socket:
            pass
        self.sockets.pop(sid, None)
        return socket

    async def send(self, event: str, data: Any, sid: str | None = None) -> None:
        """To one client, or to everybody."""
        targets = (
            list(self.sockets.values()) if sid is None else [self.sockets[sid]] if sid in self.sockets else []
        )
        for socket in targets:
            await socket.send_json({"type": event, "data": data})

    def send_sync(self, event: str, data: Any, sid: str | None = None) -> None:
        """From any thread."""
        self.sent.append((event, json.loads(json.dumps(data)), sid))

    async def run_forever(self) -> None:
        """The server's loop in ComfyUI; here only a name."""
        await asyncio.Event().wait()


def _info(name: str, node: Any) -> dict[str, Any]:
    inputs = node.INPUT_TYPES()
    return {
        "input": json.loads(json.dumps(inputs)),
        "input_order": {group: list(entries) for group, entries in inputs.items()},
        "output": list(node.RETURN_TYPES),
        "name": name,
        "category": node.CATEGORY,
        "output_node": getattr(node, "OUTPUT_NODE", False),
    }


def _is_canonical(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
