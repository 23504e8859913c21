"""Models over HTTP: their previews and what is known of them."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from urllib.parse import urlencode

from aiohttp import web

from cozygen.errors import InvalidError
from cozygen.http.models import Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_query
from cozygen.workflows.choices import resolved
from cozygen.workflows.model_files import ModelFiles

MODELS: web.AppKey[ModelFiles] = web.AppKey("models", ModelFiles)


class ModelQuery(Query):
    """A choice type, and a name of its list."""

    type: str = ""
    name: str = ""


class ModelReply(Reply):
    """A model file: bytes, Unix time, its picture if there is one, and what is written about it.

    `sources` name the files that said it: `civitai.info`, `json`, `header` and so on.
    """

    type: str
    name: str
    size: int
    mtime: float
    preview: str | None
    title: str
    base_model: str
    description: str
    notes: str
    triggers: list[str]
    tags: list[str]
    weight: float | None
    nsfw: bool | None
    sources: list[str]


async def read_model(request: web.Request) -> web.StreamResponse:
    """What is known of a model."""
    query = read_query(request, ModelQuery)
    if not query.type or not query.name:
        raise InvalidError("Say which model: type=loras and its name.", code="missing type")
    info = await asyncio.to_thread(request.config_dict[MODELS].info, query.type, query.name)
    link = preview_link(query.type, query.name, info.preview) if info.preview else None
    head = {"type": query.type, "name": query.name, "size": info.size, "mtime": info.mtime}
    return json_reply({**head, "preview": link, **asdict(info.notes)})


def preview_link(kind: str, name: str, version: str) -> str:
    """The address of a preview's thumbnail, relative to `/cozygen/`."""
    query = {"type": "model", "subfolder": resolved(kind), "filename": name, "v": version}
    return "thumb?" + urlencode(query, errors="surrogateescape")


async def preview_links(models: ModelFiles, kind: str, names: list[str]) -> dict[str, str]:
    """The addresses of the previews of those that have one."""
    found = await asyncio.to_thread(models.previews, kind, names)
    return {name: preview_link(kind, name, preview.version) for name, preview in found.items()}
