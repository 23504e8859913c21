"""Aliases in and out: our JSON, CSV and the chants of the tag-complete extension."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cozygen.aliases.library import Alias, AliasLibrary, is_reachable, normal
from cozygen.errors import InvalidError

Format = Literal["json", "csv", "chants"]
_HEADER = ("name", "category", "text")


@dataclass(frozen=True, slots=True)
class Entry:
    """One alias that is brought in."""

    name: str
    category: str
    text: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What bringing them in would do. `conflicts` have another text here."""

    added: list[Entry]
    same: list[Entry]
    conflicts: list[Entry]


def read_entries(text: str, form: Format | None = None) -> list[Entry]:
    """Aliases from a text in any of the formats. Raises InvalidError where it is none."""
    text = text.removeprefix("\ufeff")
    if form == "csv" or (form is None and text.lstrip()[:1] not in ("{", "[")):
        return _from_csv(text)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidError("The aliases are not JSON.", code="invalid_aliases") from error
    return _from_chants(value) if isinstance(value, list) else _from_document(value)


def write_entries(library: AliasLibrary, document: Mapping[str, Any], form: Format) -> str:
    """The library as a text in one of the formats."""
    if form == "csv":
        return _to_csv(library.aliases)
    if form == "chants":
        return json.dumps([_chant(alias) for alias in library.aliases], ensure_ascii=False, indent=1)
    return json.dumps(document, ensure_ascii=False, indent=1)


def plan_merge(library: AliasLibrary, entries: Sequence[Entry]) -> Merge:
    """Tells new aliases from known ones, by name in any spelling."""
    known = {normal(alias.key): alias for alias in library.aliases}
    merge = Merge([], [], [])
    for entry in entries:
        there = known.get(normal(entry.name))
        if there is None:
            merge.added.append(entry)
        elif there.text == entry.text:
            merge.same.append(entry)
        else:
            merge.conflicts.append(entry)
    return merge


def _from_document(value: object) -> list[Entry]:
    aliases = AliasLibrary.from_document(value).aliases
    if not aliases and isinstance(value, Mapping) and value and not isinstance(value.get("items"), Mapping):
        raise InvalidError("There is no alias in it.", code="invalid_aliases")
    return [Entry(alias.key, "" if "::" in alias.key else alias.category, alias.text) for alias in aliases]


def _from_chants(value: list[object]) -> list[Entry]:
    entries = []
    for chant in value:
        if isinstance(chant, Mapping) and isinstance(chant.get("name"), str):
            content = chant.get("content")
            name = _reachable(chant["name"])
            if name and isinstance(content, str) and content.strip():
                entries.append(Entry(name, "chants", content.strip()))
    return entries


def _reachable(name: str) -> str:
    """A name that a token can spell: what it cannot becomes an underscore."""
    return "".join(char if is_reachable(char) else "_" for char in name.strip())


def _from_csv(text: str) -> list[Entry]:
    """Columns name, category, text in the order of the header; without one name, text or name, category,
    text.
    """
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text), strict=True) if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise InvalidError("The aliases are not CSV.", code="invalid_aliases") from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "name" in header and "text" in header:
        rows, columns = rows[1:], header
    else:
        columns = list(_HEADER)
    entries = [_from_row(row, columns) for row in rows]
    return [entry for entry in entries if entry.name and entry.text]


def _from_row(row: Sequence[str], columns: Sequence[str]) -> Entry:
    cells = [cell.strip() for cell in row]
    if len(cells) == 2 and list(columns) == list(_HEADER):
        return Entry(cells[0], "", cells[1])
    named = dict(zip(columns, cells, strict=False))
    return Entry(named.get("name", ""), named.get("category", ""), named.get("text", ""))


def _to_csv(aliases: Sequence[Alias]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEADER)
    for alias in aliases:
        writer.writerow((alias.key, "" if "::" in alias.key else alias.category, alias.text))
    return out.getvalue()


def _chant(alias: Alias) -> dict[str, Any]:
    terms = ",".join(dict.fromkeys(word for word in (alias.category, *alias.name.split("_")) if word))
    return {"name": alias.key, "terms": terms, "content": alias.text, "color": 1}
