"""The method and path of every row, read from the text of the table.

Importing the table brings in every noun, which takes longer than a pack may hold ComfyUI up.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

Address = tuple[str, str]
TABLE = Path(__file__).resolve().parent.parent / "api.py"
_WHOLE = "ENDPOINTS"


def addresses(table: Path = TABLE) -> list[Address]:
    """(method, path) of every row, in the table's order; LookupError where a row is not written out."""
    try:
        return _read(table)
    except SystemError:
        # CPython 3.11 (gh-106905): another pack's thread was parsing too. Slower, and never wrong.
        from cozygen.api import ENDPOINTS

        return [(row.method, row.path) for row in ENDPOINTS]


def _read(table: Path) -> list[Address]:
    groups: dict[str, ast.expr] = {}
    for statement in ast.parse(table.read_bytes()).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            groups[statement.targets[0].id] = statement.value
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            groups[statement.target.id] = statement.value or statement.target
    return list(_rows(groups, groups[_WHOLE]))


def _rows(groups: dict[str, ast.expr], group: ast.expr) -> Iterator[Address]:
    if not isinstance(group, ast.Tuple):
        raise LookupError(f"{TABLE.name}, line {group.lineno}: a group of rows is a tuple")
    for entry in group.elts:
        if isinstance(entry, ast.Starred) and isinstance(entry.value, ast.Name):
            yield from _rows(groups, groups[entry.value.id])
        else:
            yield _row(entry)


def _row(entry: ast.expr) -> Address:
    if isinstance(entry, ast.Call) and len(entry.args) > 1:
        method, path = entry.args[:2]
        if isinstance(method, ast.Constant) and isinstance(path, ast.Constant):
            return str(method.value), str(path.value)
    raise LookupError(f"{TABLE.name}, line {entry.lineno}: a row begins with its method and path")
