"""Prompts and the alias library over HTTP. Positions are UTF-16 units, as a text field counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from itertools import accumulate
from typing import Any, Literal

from aiohttp import web
from pydantic import Field

from cozygen.aliases.categories import CategoryChange, counts_of
from cozygen.aliases.exchange import Entry
from cozygen.aliases.expand import MAX_LENGTH, Expansion, Problem
from cozygen.aliases.friendly import friendly_name
from cozygen.aliases.lint import Issue
from cozygen.aliases.prompts import Prompts
from cozygen.aliases.randomness import SEED_LIMIT
from cozygen.aliases.subcategory import subcategory
from cozygen.errors import InvalidError
from cozygen.http.changes import changed_reply, if_match, read_reply
from cozygen.http.endpoint import MiB
from cozygen.http.models import Body, Query, Reply
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body, read_query
from cozygen.storage.foreign_values import check_storable

PROMPTS: web.AppKey[Prompts] = web.AppKey("prompts", Prompts)
TEXT_LIMIT = 4 * MiB
IMPORT_LIMIT = 16 * MiB


class ExpandBody(Body):
    """The prompt fields of a form by name; choices are drawn only from a seed."""

    fields: dict[str, str] = Field(max_length=64)
    seed: int | str | None = Field(default=None, description="0 to 2^64-1, as a number or as text")


class LintBody(Body):
    """One prompt, and the LoRAs that the form adds to it."""

    text: str = Field(max_length=MAX_LENGTH)
    loras: list[str] = Field(default=[], max_length=64)


class AliasSearchQuery(Query):
    """What one remembers of an alias; a category takes in those inside it."""

    q: str = Field(default="", max_length=1000)
    category: str = ""
    limit: int = Field(default=100, ge=1, le=5000)


class CategoryBody(Body):
    """What is to change of a category; `name` renames it."""

    name: str | None = Field(default=None, min_length=1, max_length=200)
    label: str | None = Field(default=None, max_length=200)
    color: str | None = Field(default=None, pattern=r"^(#[0-9a-fA-F]{6})?$")
    parent: str | None = Field(default=None, max_length=200)
    order: int | None = Field(default=None, ge=0, le=1_000_000)


class CheckedAlias(Body):
    """An alias as it may be saved."""

    name: str = Field(max_length=1000)
    text: str = Field(max_length=MiB)


class CheckBody(Body):
    """The aliases to judge; all stored ones if none are given."""

    aliases: list[CheckedAlias] | None = Field(default=None, max_length=5000)


class ExportQuery(Query):
    """How the file is written."""

    format: Literal["json", "csv", "chants"] = "json"


class ImportBody(Body):
    """A file of aliases. A preview says what would change; `replace` takes its text where both have one."""

    text: str
    format: Literal["json", "csv", "chants"] | None = None
    conflicts: Literal["keep", "replace"] = "keep"
    preview: bool = False


class ProblemReply(Reply):
    """A token that stayed as it was, and why."""

    code: str
    name: str
    start: int
    end: int
    via: list[str]
    candidates: list[str]


class ExpandedReply(Reply):
    """One expanded field."""

    text: str
    problems: list[ProblemReply]
    used: list[str]
    puts: list[list[int]] = Field(description="start and end in the result, start and end in the prompt")


class ExpandReply(Reply):
    """The fields by name."""

    fields: dict[str, ExpandedReply]


class FixReply(Reply):
    """The change that mends it."""

    label: str
    start: int
    end: int
    text: str


class IssueReply(Reply):
    """One piece of advice."""

    code: str
    level: Literal["error", "warning", "info"]
    message: str
    start: int
    end: int
    fix: FixReply | None = None


class LintReply(Reply):
    """Advice, and about how many tokens the expanded prompt has."""

    issues: list[IssueReply]
    about_tokens: int
    chunks: list[int]
    expanded: str


class FoundAlias(Reply):
    """One alias of a search."""

    name: str
    category: str
    text: str
    token: str
    friendly: str
    subcategory: str
    used: int


class AliasSearchReply(Reply):
    """What was found, the best first."""

    items: list[FoundAlias]


class CategoryReply(Reply):
    """One category of aliases."""

    name: str
    label: str
    color: str | None
    parent: str | None
    order: int
    count: int


class AliasCategoriesReply(Reply):
    """All categories."""

    categories: list[CategoryReply]


class CheckReply(Reply):
    """Advice by alias; those without any are left out."""

    aliases: dict[str, list[IssueReply]]


class WildcardsReply(Reply):
    """The names that may stand between `__`, sorted."""

    names: list[str]


class ImportReply(Reply):
    """What was, or would be, brought in."""

    added: list[str]
    same: list[str]
    conflicts: list[str]
    written: bool
    undo: str | None = None


def _prompts(request: web.Request) -> Prompts:
    return request.config_dict[PROMPTS]


async def expand_prompts(request: web.Request) -> web.StreamResponse:
    """What prompt fields say once aliases and choices are put in."""
    body = await read_body(request, ExpandBody, limit=TEXT_LIMIT)
    check_storable(body.fields)
    results = await _prompts(request).expand_fields(body.fields, _seed(body.seed))
    shown = {name: _expanded(body.fields[name], result) for name, result in results.items()}
    return json_reply({"fields": shown})


async def lint_prompt(request: web.Request) -> web.StreamResponse:
    """Advice on a prompt."""
    body = await read_body(request, LintBody, limit=TEXT_LIMIT)
    check_storable([body.text, body.loras])
    advice = await _prompts(request).lint(body.text, body.loras)
    place = in_units(body.text)
    return json_reply(
        {
            "issues": [_issue(issue, place) for issue in advice.issues],
            "about_tokens": advice.tokens.tokens,
            "chunks": advice.tokens.chunks,
            "expanded": advice.expansion.text,
        }
    )


async def search_aliases(request: web.Request) -> web.StreamResponse:
    """Aliases by name, category or text, typos forgiven."""
    query = read_query(request, AliasSearchQuery)
    found = await _prompts(request).find(query.q, query.category, query.limit)
    items = [
        {
            "name": alias.key,
            "category": alias.category,
            "text": alias.text,
            "token": alias.token,
            "friendly": friendly_name(alias.token),
            "subcategory": subcategory(alias.name, alias.category),
            "used": used,
        }
        for alias, used in found
    ]
    return json_reply({"items": items})


async def read_wildcards(request: web.Request) -> web.StreamResponse:
    """Which wildcards there are."""
    return json_reply({"names": await _prompts(request).wildcard_names()})


async def read_categories(request: web.Request) -> web.StreamResponse:
    """All categories; the ETag is that of the aliases."""
    prompts = _prompts(request)
    view = await prompts.view()
    counts = counts_of(view.library)
    shown = [{**asdict(c), "count": counts.get(c.name.lower(), 0)} for c in await prompts.categories()]
    return read_reply(request, {"categories": shown}, view.etag)


async def change_category(request: web.Request) -> web.StreamResponse:
    """Create, change or rename a category of the version that was read."""
    body = await read_body(request, CategoryBody)
    check_storable([request.match_info["name"], body.name, body.label, body.parent])
    prompts = _prompts(request)
    change = CategoryChange(body.name, body.label, body.color, body.parent, body.order)
    done = await prompts.change_category(request.match_info["name"], change, if_match=if_match(request))
    return changed_reply(request, prompts.store.document, done, {"status": "ok"})


async def remove_category(request: web.Request) -> web.StreamResponse:
    """Take a category away; its aliases stay."""
    prompts = _prompts(request)
    done = await prompts.remove_category(request.match_info["name"], if_match=if_match(request))
    return changed_reply(request, prompts.store.document, done, {"status": "ok"})


async def check_aliases(request: web.Request) -> web.StreamResponse:
    """Advice on aliases; it never keeps anyone from saving them."""
    body = await read_body(request, CheckBody, limit=IMPORT_LIMIT)
    check_storable([[alias.name, alias.text] for alias in body.aliases or ()])
    given = None if body.aliases is None else [Entry(alias.name, "", alias.text) for alias in body.aliases]
    prompts = _prompts(request)
    found = await prompts.check(given)
    stored = {alias.key: alias.text for alias in (await prompts.view()).library.aliases}
    texts = stored if given is None else {entry.name: entry.text for entry in given}
    shown = {
        name: [_issue(issue, in_units(texts[name])) for issue in issues]
        for name, issues in found.items()
        if issues
    }
    return json_reply({"aliases": shown})


async def export_aliases(request: web.Request) -> web.StreamResponse:
    """All aliases as a file."""
    form = read_query(request, ExportQuery).format
    text = await _prompts(request).export(form)
    suffix, kind = ("csv", "text/csv") if form == "csv" else ("json", "application/json")
    headers = {
        "Content-Disposition": f'attachment; filename="aliases.{suffix}"',
        "Cache-Control": "no-store",
    }
    return web.Response(text=text, content_type=kind, charset="utf-8", headers=headers)


async def import_aliases(request: web.Request) -> web.StreamResponse:
    """Bring in a file of aliases, or say what that would do."""
    body = await read_body(request, ImportBody, limit=IMPORT_LIMIT)
    check_storable(body.text)
    prompts = _prompts(request)
    merge = await prompts.plan_import(body.text, body.format)
    shown: dict[str, Any] = {
        "added": [entry.name for entry in merge.added],
        "same": [entry.name for entry in merge.same],
        "conflicts": [entry.name for entry in merge.conflicts],
        "written": not body.preview,
    }
    if body.preview:
        return json_reply(shown)
    done = await prompts.bring_in(merge, replace=body.conflicts == "replace")
    return changed_reply(request, prompts.store.document, done, shown)


def in_units(text: str) -> Callable[[int], int]:
    """Turns an index of a text into UTF-16 units."""
    if text.isascii() or max(text) <= "\uffff":
        return lambda index: index
    before = [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
    return before.__getitem__


def _seed(given: int | str | None) -> int | None:
    if given is None:
        return None
    plain = str(given).strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 20 and int(plain) < SEED_LIMIT):
        raise InvalidError("A seed is a whole number from 0 to 2^64-1.", code="invalid_seed")
    return int(plain)


def _expanded(text: str, result: Expansion) -> dict[str, Any]:
    here, there = in_units(text), in_units(result.text)
    puts = [[there(p.start), there(p.end), here(p.source_start), here(p.source_end)] for p in result.puts]
    problems = [_problem(problem, here) for problem in result.problems]
    return {"text": result.text, "problems": problems, "used": result.used, "puts": puts}


def _problem(problem: Problem, place: Callable[[int], int]) -> dict[str, Any]:
    return {**asdict(problem), "start": place(problem.start), "end": place(problem.end)}


def _issue(issue: Issue, place: Callable[[int], int]) -> dict[str, Any]:
    shown: dict[str, Any] = {**asdict(issue), "start": place(issue.start), "end": place(issue.end)}
    if issue.fix is not None:
        shown["fix"] = {**asdict(issue.fix), "start": place(issue.fix.start), "end": place(issue.fix.end)}
    return shown
