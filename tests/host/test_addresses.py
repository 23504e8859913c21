"""The addresses of the table, read without importing it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from cozygen.api import ENDPOINTS
from cozygen.host.addresses import addresses

TABLE = [(row.method, row.path) for row in ENDPOINTS]


def test_the_text_says_what_the_table_says() -> None:
    assert addresses() == TABLE


def test_a_parser_that_another_thread_disturbs_costs_time_and_no_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def disturbed(*_: Any) -> Any:
        raise SystemError("AST constructor recursion depth mismatch (before=121, after=132)")

    monkeypatch.setattr(ast, "parse", disturbed)
    assert addresses() == TABLE


@pytest.mark.parametrize(
    "text", ["ENDPOINTS = rows()", "ENDPOINTS = (Endpoint('GET', f'/x'),)", "OTHER = ()"]
)
def test_a_row_that_is_not_written_out_is_named(tmp_path: Path, text: str) -> None:
    table = tmp_path / "api.py"
    table.write_text(text)
    with pytest.raises(LookupError):
        addresses(table)
