"""docs/api.md out of the OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HEAD = """# The HTTP API

Made from the endpoint table by `make contract`; do not edit. The running server gives the same as OpenAPI 3.1
at `/cozygen/api/openapi.json`. Inside ComfyUI every address also answers under `/api`.

- JSON in and out; writes take `application/json`, files come as multipart.
- Errors: `{"error": "<stable_code>", "message": "<one sentence>", "details": {…}?}` with the right status.
- Access levels: public, view, queue, delete, admin; each includes the ones before. Without a login everybody
  has all.
- Sign in by the cookie of `POST /cozygen/api/login` or by `Authorization: Bearer <token>`.
"""


def page(document: dict[str, Any]) -> str:
    """The Markdown page: a table of all addresses, then each in full."""
    operations = list(_operations(document))
    nouns = list(dict.fromkeys(operation["tags"][0] for _, _, operation in operations))
    lines = [HEAD]
    for noun in nouns:
        mine = [entry for entry in operations if entry[2]["tags"][0] == noun]
        lines += [f"\n## {noun}\n", *_table(mine)]
        for method, path, operation in mine:
            lines += _section(document, method, path, operation)
    return "\n".join(lines).rstrip() + "\n"


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _table(entries: list[tuple[str, str, dict[str, Any]]]) -> Iterator[str]:
    yield "| | | access |"
    yield "| --- | --- | --- |"
    for method, path, operation in entries:
        yield f"| `{method} {path}` | {operation['summary']} | {operation['x-access']} |"


def _section(document: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    parts = [*_query(operation), *_body(document, operation), *_reply(document, operation)]
    if not parts and operation["description"] == operation["summary"]:
        return
    yield f"\n### `{method} {path}`\n"
    yield operation["description"]
    yield from parts


def _query(operation: dict[str, Any]) -> Iterator[str]:
    parameters = [entry for entry in operation.get("parameters", ()) if entry["in"] == "query"]
    if not parameters:
        return
    yield "\n| query | type | default | |"
    yield "| --- | --- | --- | --- |"
    for entry in parameters:
        schema = entry["schema"]
        default = "required" if entry["required"] else _code(schema.get("default"))
        yield f"| `{entry['name']}` | {_type(schema)} | {default} | {_cell(schema.get('description'))} |"


def _body(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield f"\nBody (`{kind}`):\n"
        yield from _fields(document, content["schema"])


def _reply(document: dict[str, Any], operation: dict[str, Any]) -> Iterator[str]:
    for kind, content in operation["responses"]["200"]["content"].items():
        if "schema" in content:
            yield "\nReply:\n"
            yield from _fields(document, content["schema"])
        elif kind != "application/json":
            yield f"\nReply: `{kind}`."


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    found = resolve(document, schema)
    required = set(found.get("required", ()))
    for name, entry in found.get("properties", {}).items():
        mark = "" if name in required else "?"
        text = f": {entry['description']}" if "description" in entry else ""
        yield f"- `{name}`{mark} {_type(entry)}{text}"
    if not found.get("properties"):
        yield f"- {_type(found)}"


def resolve(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference."""
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return found


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[1])
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(option) for option in schema[key]))
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"map of {_type(schema['additionalProperties'])}"
    return str(schema.get("const", schema.get("type", "any")))


def _code(value: object) -> str:
    return "" if value is None else f"`{value!r}`" if isinstance(value, str) else f"`{value}`"


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")
