"""The document says what the router does, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from pydantic import BaseModel

from cozygen.api import ENDPOINTS
from cozygen.host.addresses import addresses
from cozygen.http.endpoint import Access, Endpoint
from cozygen.http.models import Query
from cozygen.http.openapi import document, plain_path
from cozygen.http.server_endpoints import hello
from tests.conftest import Client
from tests.contract.api_page import page

# Added by aiohttp or by ComfyUI's catch-all, not by the table.
NOT_IN_TABLE = {("GET", "/cozygen/{path}")}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document(ENDPOINTS)


def _documented(made: dict[str, Any]) -> set[tuple[str, str]]:
    return {(method.upper(), path) for path, methods in made["paths"].items() for method in methods}


def _routed(app: web.Application) -> set[tuple[str, str]]:
    return {
        (route.method, route.resource.canonical)
        for route in app.router.routes()
        if route.resource is not None
        and route.resource.canonical.startswith("/cozygen")
        and route.method != "HEAD"
    }


async def test_f_02_router_and_document_are_the_same(client: Client, made: dict[str, Any]) -> None:
    app = client.app
    assert app is not None
    assert _routed(app) - NOT_IN_TABLE == _documented(made)


def test_every_row_is_one_operation_with_an_id_of_its_own(made: dict[str, Any]) -> None:
    ids = [operation["operationId"] for methods in made["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids)) == len(ENDPOINTS)


def test_only_public_rows_need_no_session(made: dict[str, Any]) -> None:
    for row in ENDPOINTS:
        operation = made["paths"][plain_path(row.path)][row.method.lower()]
        assert (operation["security"] == []) == (row.access is Access.PUBLIC), row.path


def test_every_reference_leads_somewhere(made: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in made["components"]["schemas"]}
    assert set(_references(made)) <= known


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for entry in value.values() for found in _references(entry)]
    if isinstance(value, list):
        return [found for entry in value for found in _references(entry)]
    return []


def test_the_variables_of_a_path_are_its_parameters(made: dict[str, Any]) -> None:
    for path, methods in made["paths"].items():
        for operation in methods.values():
            named = {entry["name"] for entry in operation.get("parameters", ()) if entry["in"] == "path"}
            assert all(f"{{{name}}}" in path for name in named)
            assert path.count("{") == len(named)


class _Filter(Query):
    """A query with a name that must be given."""

    name: str
    limit: int = 10


class _Nested(BaseModel):
    inner: dict[str, list[int]]


def test_a_row_shows_its_query_its_body_and_its_reply() -> None:
    row = Endpoint(
        "POST",
        "/cozygen/x/{id:[0-9]+}",
        hello,
        Access.QUEUE,
        "X",
        query=_Filter,
        body=_Nested,
        response=_Nested,
    )
    operation = document([row])["paths"]["/cozygen/x/{id}"]["post"]
    parameters = {entry["name"]: (entry["in"], entry["required"]) for entry in operation["parameters"]}
    assert parameters == {"id": ("path", True), "name": ("query", True), "limit": ("query", False)}
    assert operation["requestBody"]["content"].keys() == {"application/json"}
    assert "schema" in operation["responses"]["200"]["content"]["application/json"]


def test_two_rows_of_one_handler_are_told_apart() -> None:
    rows = [Endpoint("GET", f"/cozygen/{name}", hello, Access.PUBLIC, name) for name in ("one", "two")]
    paths = document(rows)["paths"]
    assert paths["/cozygen/one"]["get"]["operationId"] != paths["/cozygen/two"]["get"]["operationId"]


def test_the_page_names_every_address(made: dict[str, Any]) -> None:
    text = page(made)
    assert all(f"`{row.method} {plain_path(row.path)}`" in text for row in ENDPOINTS)


async def test_the_server_gives_the_document_out(client: Client, made: dict[str, Any]) -> None:
    assert await (await client.get("/cozygen/api/openapi.json")).json() == made


def test_the_addresses_read_from_the_tables_text_are_the_tables() -> None:
    assert addresses() == [(row.method, row.path) for row in ENDPOINTS]


@pytest.mark.parametrize(
    "text",
    [
        "A = (Endpoint(GET, '/a', f),)\nENDPOINTS = (*A,)",
        "A = (row('/a'),)\nENDPOINTS = (*A,)",
        "A = [Endpoint('GET', '/a', f)]\nENDPOINTS = (*A,)",
        "ENDPOINTS = (*elsewhere,)",
        "ENDPOINTS: tuple",
        "",
    ],
)
def test_a_row_that_is_not_written_out_is_named(tmp_path: Path, text: str) -> None:
    table = tmp_path / "api.py"
    table.write_text(text)
    with pytest.raises(LookupError):
        addresses(table)
