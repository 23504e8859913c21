"""ComfyUI's own addresses on the stand-alone server, answered by the sketch engine.

So that scripts, old clients and other front ends can talk to `cozygen serve` as
they talk to ComfyUI. Each address also stands under `/api`.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from aiohttp import BodyPartReader, WSMsgType, web

from cozygen.errors import CozyGenError
from cozygen.host.sketch.engine import UPLOAD_LIMIT, SketchHost, features
from cozygen.host.sketch.messages import Client, as_frame
from cozygen.storage import json_text
from cozygen.storage.confine import resolve_inside
from cozygen.storage.whole_file import write_whole_file

SKETCH: web.AppKey[SketchHost] = web.AppKey("sketch", SketchHost)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_ADDRESSES: Final = (
    ("GET", "/prompt"),
    ("POST", "/prompt"),
    ("GET", "/queue"),
    ("POST", "/queue"),
    ("POST", "/interrupt"),
    ("GET", "/history"),
    ("GET", "/history/{id}"),
    ("POST", "/history"),
    ("GET", "/object_info"),
    ("GET", "/object_info/{id}"),
    ("GET", "/models"),
    ("GET", "/models/{id}"),
    ("GET", "/embeddings"),
    ("GET", "/features"),
    ("GET", "/system_stats"),
)
_BODY_LIMIT: Final = 16 * 1024 * 1024
_MEDIA: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".bmp": "image/bmp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}


def add_comfyui_routes(app: web.Application, host: SketchHost) -> None:
    """Put ComfyUI's addresses on the application, and stop the engine with it."""
    app[SKETCH] = host
    for prefix in ("", "/api"):
        for method, path in _ADDRESSES:
            app.router.add_route(method, prefix + path, answer)
        app.router.add_get(prefix + "/view", view)
        app.router.add_post(prefix + "/upload/image", upload_image)
        app.router.add_get(prefix + "/ws", socket)
    app.on_cleanup.append(_close)


async def _close(app: web.Application) -> None:
    await asyncio.to_thread(app[SKETCH].close)


async def answer(request: web.Request) -> web.StreamResponse:
    """Any address that answers JSON."""
    body = await _body(request) if request.method == "POST" else None
    path = request.path.removeprefix("/api")
    reply = await request.app[SKETCH].call(request.method, path, query=dict(request.query), json=body)
    if reply.body is None:
        return web.Response(status=reply.status)
    return web.json_response(body=json_text.dumps(reply.body), status=reply.status)


async def _body(request: web.Request) -> object:
    """The JSON body; text/plain is taken too, as ComfyUI does, where the guard lets it through."""
    data = await request.content.read(_BODY_LIMIT + 1)
    if len(data) > _BODY_LIMIT:
        raise web.HTTPRequestEntityTooLarge(_BODY_LIMIT, len(data))
    try:
        return json_text.loads(data) if data else {}
    except json_text.JsonTextError:
        raise web.HTTPBadRequest from None


async def view(request: web.Request) -> web.StreamResponse:
    """A file of the output, input or temporary folder; only pictures and clips are shown in place."""
    query = request.query
    folder = request.app[SKETCH].places.of(query.get("type", "output"))
    name = query.get("filename", "")
    if not name:
        raise web.HTTPNotFound
    if folder is None or name.startswith("/") or ".." in name:
        raise web.HTTPBadRequest
    try:
        path = resolve_inside(folder, query.get("subfolder", ""), name)
    except CozyGenError as error:
        raise web.HTTPForbidden from error
    if not await asyncio.to_thread(path.is_file):
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=_headers(path))


def _headers(path: Path) -> dict[str, str]:
    kind = _MEDIA.get(path.suffix.lower())
    safe = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache"}
    if kind is None:
        return {**safe, "Content-Type": "application/octet-stream", "Content-Disposition": "attachment"}
    return {**safe, "Content-Type": kind}


async def upload_image(request: web.Request) -> web.StreamResponse:
    """ComfyUI's upload: same name and bytes reuse the file, other bytes get `name (1)`."""
    if not request.content_type.startswith("multipart/"):
        raise web.HTTPBadRequest
    fields: dict[str, str] = {}
    upload: tuple[str, bytes] | None = None
    parts = await request.multipart()
    while (part := await parts.next()) is not None:
        if not isinstance(part, BodyPartReader) or len(fields) > 8:
            raise web.HTTPBadRequest
        if part.name == "image" and part.filename:
            upload = (part.filename, await _limited(part))
        elif part.name:
            fields[part.name] = (await _limited(part, 1024)).decode("utf-8", "replace")
    if upload is None:
        raise web.HTTPBadRequest
    return web.json_response(await asyncio.to_thread(_store, request.app[SKETCH], upload, fields))


async def _limited(part: BodyPartReader, limit: int = UPLOAD_LIMIT) -> bytes:
    data = bytearray()
    while chunk := await part.read_chunk(64 * 1024):
        data += chunk
        if len(data) > limit:
            raise web.HTTPRequestEntityTooLarge(limit, len(data))
    return bytes(data)


def _store(host: SketchHost, upload: tuple[str, bytes], fields: dict[str, str]) -> dict[str, str]:
    kind, subfolder = fields.get("type") or "input", fields.get("subfolder", "")
    folder = host.places.of(kind)
    if folder is None:
        raise web.HTTPBadRequest
    try:
        wanted = resolve_inside(folder, subfolder, upload[0])
    except CozyGenError as error:
        raise web.HTTPBadRequest from error
    path = wanted if fields.get("overwrite") in ("true", "1") else _free_name(wanted, upload[1])
    write_whole_file(path, upload[1])
    return {"name": path.name, "subfolder": subfolder, "type": kind}


def _free_name(path: Path, data: bytes) -> Path:
    number, candidate = 0, path
    digest = hashlib.sha256(data).digest()
    while candidate.exists():
        if hashlib.sha256(candidate.read_bytes()).digest() == digest:
            break
        number += 1
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return candidate


async def socket(request: web.Request) -> web.StreamResponse:
    """`/ws`: messages for one client id, and the feature handshake."""
    connection = web.WebSocketResponse(max_msg_size=64 * 1024, heartbeat=30)
    await connection.prepare(request)
    host = request.app[SKETCH]
    client = host.attach(request.query.get("clientId"))
    sender = asyncio.create_task(_send(connection, client))
    try:
        await _handshake(connection, client)
    finally:
        sender.cancel()
        host.messages.detach(client)
    return connection


async def _send(connection: web.WebSocketResponse, client: Client) -> None:
    async for message in client.messages():
        frame = as_frame(message)
        if isinstance(frame, bytes):
            await connection.send_bytes(frame)
        else:
            await connection.send_str(frame)


async def _handshake(connection: web.WebSocketResponse, client: Client) -> None:
    """Read until the client goes; its first message may announce what it can read."""
    first = True
    async for message in connection:
        if message.type is not WSMsgType.TEXT:
            continue
        flags = _feature_flags(message.data) if first else None
        first = False
        if flags is not None:
            client.wants_metadata = bool(flags.get("supports_preview_metadata"))
            await connection.send_str(json.dumps({"type": "feature_flags", "data": features()}))


def _feature_flags(text: str) -> dict[str, object] | None:
    try:
        message = json.loads(text)
    except ValueError:
        return None
    if not isinstance(message, dict) or message.get("type") != "feature_flags":
        return None
    data = message.get("data")
    return data if isinstance(data, dict) else None
