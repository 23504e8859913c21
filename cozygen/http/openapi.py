"""The OpenAPI 3.1 document, made from the endpoint table."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from cozygen import __version__
from cozygen.http.endpoint import Access, Endpoint
from cozygen.http.models import ErrorReply

REF: Final = "#/components/schemas/{model}"
_VARIABLE: Final = re.compile(r"\{(\w+)(?::[^{}]*(?:\{[^{}]*\}[^{}]*)*)?\}")
_WORD: Final = re.compile(r"[^A-Za-z0-9]+")
SIGNED_IN: Final[list[dict[str, list[str]]]] = [{"cookie": []}, {"bearer": []}]
SCHEMES: Final = {
    "cookie": {"type": "apiKey", "in": "cookie", "name": "cozygen_token"},
    "bearer": {"type": "http", "scheme": "bearer"},
}
DESCRIPTION: Final = (
    "Inside ComfyUI every address also answers under /api. Errors have one shape: error, message, details. "
    "Without a login nobody has to sign in."
)


def document(rows: Sequence[Endpoint]) -> dict[str, Any]:
    """The whole document; every row is one operation."""
    schemas = _Schemas(rows)
    names = _operation_ids(rows)
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        operation = _operation(row, names[row.method, row.path], schemas)
        paths.setdefault(plain_path(row.path), {})[row.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "CozyGen", "version": __version__, "description": DESCRIPTION},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas.definitions, "securitySchemes": SCHEMES},
    }


def plain_path(path: str) -> str:
    """A row's path without the expressions of its variables: `/thing/{name:.+}` → `/thing/{name}`."""
    return _VARIABLE.sub(r"{\1}", path)


class _Schemas:
    """The JSON schemas of all models: what is sent as it is read, what is answered as it is written."""

    def __init__(self, rows: Iterable[Endpoint]) -> None:
        sent = {model for row in rows for model in (row.query, row.body) if model is not None}
        answered = {row.response for row in rows if row.response is not None} | {ErrorReply}
        wanted: list[tuple[type[BaseModel], Any]] = [
            *((model, "validation") for model in sorted(sent, key=_sort_key)),
            *((model, "serialization") for model in sorted(answered, key=_sort_key)),
        ]
        self._known, whole = models_json_schema(wanted, ref_template=REF)
        self.definitions: dict[str, Any] = whole.get("$defs", {})

    def sent(self, model: type[BaseModel]) -> dict[str, Any]:
        """The reference to a query or body."""
        return self._known[model, "validation"]

    def answered(self, model: type[BaseModel]) -> dict[str, Any]:
        """The reference to a reply."""
        return self._known[model, "serialization"]

    def resolved(self, model: type[BaseModel]) -> dict[str, Any]:
        """The schema of a query itself, for its properties."""
        name = self.sent(model)["$ref"].rsplit("/", 1)[1]
        schema: dict[str, Any] = self.definitions[name]
        return schema


def _sort_key(model: type[BaseModel]) -> str:
    return f"{model.__module__}.{model.__qualname__}"


def _operation(row: Endpoint, name: str, schemas: _Schemas) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": name,
        "tags": [row.noun],
        "summary": row.summary,
        "description": inspect.getdoc(row.handler) or row.summary,
        "x-access": row.access.value,
        "security": [] if row.access is Access.PUBLIC else SIGNED_IN,
        "responses": _responses(row, schemas),
    }
    parameters = [*_path_parameters(row), *_query_parameters(row, schemas)]
    if parameters:
        operation["parameters"] = parameters
    body = _request_body(row, schemas)
    if body is not None:
        operation["requestBody"] = body
    return operation


def _path_parameters(row: Endpoint) -> list[dict[str, Any]]:
    names = _VARIABLE.findall(row.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(row: Endpoint, schemas: _Schemas) -> list[dict[str, Any]]:
    if row.query is None:
        return []
    schema = schemas.resolved(row.query)
    required = set(schema.get("required", ()))
    return [
        _query_parameter(name, property_, name in required)
        for name, property_ in schema.get("properties", {}).items()
    ]


def _query_parameter(name: str, schema: dict[str, Any], required: bool) -> dict[str, Any]:
    parameter: dict[str, Any] = {"name": name, "in": "query", "required": required, "schema": schema}
    if "description" in schema:
        parameter["description"] = schema["description"]
    return parameter


def _request_body(row: Endpoint, schemas: _Schemas) -> dict[str, Any] | None:
    if row.multipart:
        files = {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}
        schema = schemas.sent(row.body) if row.body is not None else files
        return {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    if row.body is None:
        return None
    return {"required": True, "content": {"application/json": {"schema": schemas.sent(row.body)}}}


def _responses(row: Endpoint, schemas: _Schemas) -> dict[str, Any]:
    good: dict[str, Any] = {}
    if row.response is not None:
        good["schema"] = schemas.answered(row.response)
    error = {"schema": schemas.answered(ErrorReply)}
    return {
        "200": {"description": row.summary, "content": {row.reply_type: good}},
        "default": {"description": "An error", "content": {"application/json": error}},
    }


def _operation_ids(rows: Iterable[Endpoint]) -> dict[tuple[str, str], str]:
    """`noun_handler`, made unique by the path where a handler answers several rows."""
    taken: dict[str, int] = {}
    named: dict[tuple[str, str], str] = {}
    for row in rows:
        name = f"{row.noun}_{row.handler.__name__}"
        if name in taken:
            name += "_" + _WORD.sub("_", plain_path(row.path).removeprefix("/cozygen")).strip("_")
        while name in taken:
            name += f"_{row.method.lower()}"
        taken[name] = 1
        named[row.method, row.path] = name
    return named
