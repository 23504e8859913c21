"""One row of the endpoint table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, get_args

from aiohttp import web
from pydantic import BaseModel

from cozygen.access import Access

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

__all__ = ["Access", "Endpoint", "Handler", "KiB", "Method", "MiB"]

KiB = 1024
MiB = 1024 * KiB


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Method, path, handler and who may call it; models describe what goes in and out.

    `query`, `body` and `response` are what the OpenAPI document shows; the
    handler reads with the same models. `multipart` marks an upload and
    `reply_type` names the content type of a reply that is not JSON.
    """

    method: Method
    path: str
    handler: Handler
    access: Access
    summary: str
    query: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    response: type[BaseModel] | None = None
    body_limit: int = MiB
    multipart: bool = False
    reply_type: str = "application/json"

    def __post_init__(self) -> None:
        if not isinstance(self.access, Access):
            raise TypeError(f"{self.method} {self.path}: a row must say who may call it")
        if self.method not in get_args(Method) or not self.path.startswith("/cozygen"):
            raise ValueError(f"{self.method} {self.path}: not a row of CozyGen")

    @property
    def noun(self) -> str:
        """The package that answers: `gallery` for `cozygen.gallery.endpoints`."""
        return self.handler.__module__.split(".")[1]
