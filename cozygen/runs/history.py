"""Runs that outlive the server: rows of `library.sqlite`, written behind the runs' back.

What is new or over is written soon, many in one transaction; `kept()` waits
for it. A library that cannot be written stops no run: health says so.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from cozygen.errors import CozyGenError
from cozygen.runs.run import Run, RunError
from cozygen.storage import json_text
from cozygen.storage.library import Library

LOADED: Final = 1000
RECORDED: Final = 20_000
ROOT: Final = "output"
# What a run needs beside its columns to be shown, followed and queued again.
_MEMBERS: Final = (
    "number",
    "values",
    "counted_from",
    "node_fields",
    "node_titles",
    "progress",
    "client_id",
    "key",
    "pnginfo",
    "unsure",
    "files",
    "made",
)
_UPSERT: Final = """
INSERT INTO run (id, user, prompt_id, state, workflow, title, graph, form, error, created, started, finished)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET state = excluded.state, graph = coalesce(excluded.graph, graph),
form = excluded.form, error = excluded.error, started = excluded.started, finished = excluded.finished
"""
_COLUMNS: Final = "id, user, prompt_id, state, workflow, title, form, error, created, started, finished"

Notice = Callable[[str, str], None]


class RunHistory:
    """Of one loop. `notice(code, message)` tells the owner that nothing can be kept."""

    def __init__(self, library: Library, notice: Notice) -> None:
        self._library = library
        self._notice = notice
        self._dirty: dict[str, tuple[Run, str | None]] = {}
        self._writing: asyncio.Task[None] | None = None
        self._failed = False

    async def load(self) -> list[Run]:
        """The newest runs, oldest first."""
        try:
            rows = await self._library.read(_newest)
        except CozyGenError as error:
            self._say(error)
            return []
        return [run for row in reversed(rows) if (run := _run_of(row)) is not None]

    def note(self, run: Run, graph: Mapping[str, Any] | None = None) -> None:
        """Write the run soon, with its graph when it is new."""
        text = (
            json_text.dumps(graph).decode()
            if graph is not None
            else self._dirty.get(run.run_id, (run, None))[1]
        )
        self._dirty[run.run_id] = (run, text)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_all())

    async def kept(self) -> None:
        """Wait until everything noted so far is on the medium, or cannot be."""
        while self._writing is not None and not self._writing.done():
            await asyncio.shield(self._writing)

    async def forget(self, run_ids: list[str]) -> None:
        """Remove runs for good."""
        for run_id in run_ids:
            self._dirty.pop(run_id, None)
        await self._guarded(lambda connection: _delete(connection, run_ids))

    async def graph_of(self, run_id: str) -> dict[str, Any] | None:
        """The graph that a run was queued with."""
        query = "SELECT graph FROM run WHERE id = ?"
        row = await self._library.read(lambda connection: connection.execute(query, (run_id,)).fetchone())
        return _graph_of(row[0]) if row else None

    async def made(self, path: str) -> tuple[str | None, dict[str, Any] | None]:
        """Workflow and graph of the newest recorded run that made a file (path below the output folder)."""
        query = (
            "SELECT workflow, graph FROM run JOIN run_output ON run_output.run = run.id "
            "WHERE root = ? AND path = ? ORDER BY created DESC LIMIT 1"
        )
        row = await self._library.read(lambda connection: connection.execute(query, (ROOT, path)).fetchone())
        return (row[0], _graph_of(row[1])) if row else (None, None)

    async def _write_all(self) -> None:
        while self._dirty:
            batch, self._dirty = self._dirty, {}
            rows = [_row(run, graph) for run, graph in batch.values()]
            files = [(run.run_id, _outputs(run)) for run, _graph in batch.values()]
            await self._guarded(partial(_write, rows, files))

    async def _guarded(self, work: Callable[[sqlite3.Connection], None]) -> None:
        try:
            await self._library.write(work)
            self._failed = False
        except CozyGenError as error:
            self._say(error)

    def _say(self, error: CozyGenError) -> None:
        if not self._failed:
            self._failed = True
            self._notice("runs_not_kept", f"Runs are not remembered at the moment: {error.message}")


def _graph_of(text: str | None) -> dict[str, Any] | None:
    graph = json_text.loads(text.encode()) if text else None
    return graph if isinstance(graph, dict) else None


def _newest(connection: sqlite3.Connection) -> list[Any]:
    query = f"SELECT {_COLUMNS} FROM run ORDER BY created DESC, rowid DESC LIMIT ?"
    return connection.execute(query, (LOADED,)).fetchall()


def _row(run: Run, graph: str | None) -> tuple[Any, ...]:
    form = json_text.dumps({name: getattr(run, name) for name in _MEMBERS}).decode()
    error = json_text.dumps(run.error.as_json()).decode() if run.error else None
    return (
        *(run.run_id, run.user, run.prompt_id, run.state, run.workflow, run.title, graph, form, error),
        *(run.created, run.started, run.finished),
    )


def _outputs(run: Run) -> list[str]:
    """Paths below the output folder; previews in the temporary folder are nobody's."""
    return [
        f"{file['subfolder']}/{file['filename']}".lstrip("/")
        for file in run.files
        if file.get("type", ROOT) == ROOT
    ]


def _write(
    rows: list[tuple[Any, ...]], files: list[tuple[str, list[str]]], connection: sqlite3.Connection
) -> None:
    connection.executemany(_UPSERT, rows)
    connection.executemany("DELETE FROM run_output WHERE run = ?", [(run_id,) for run_id, _paths in files])
    connection.executemany(
        "INSERT INTO run_output (run, position, root, path) VALUES (?, ?, ?, ?)",
        [(run_id, place, ROOT, path) for run_id, paths in files for place, path in enumerate(paths)],
    )
    connection.execute(
        "DELETE FROM run WHERE id IN (SELECT id FROM run ORDER BY created DESC LIMIT -1 OFFSET ?)",
        (RECORDED,),
    )


def _delete(connection: sqlite3.Connection, run_ids: list[str]) -> None:
    connection.executemany("DELETE FROM run WHERE id = ?", [(run_id,) for run_id in run_ids])


def _run_of(row: tuple[Any, ...]) -> Run | None:
    """A run from its row; None for one whose form is not understood."""
    run_id, user, prompt_id, state, workflow, title, form, error, created, started, finished = row
    try:
        members = json_text.loads((form or "").encode())
        known = {name: members[name] for name in _MEMBERS if name in members}
        failure = RunError(**json_text.loads(error.encode())) if error else None
        return Run(
            run_id=run_id, prompt_id=prompt_id, workflow=workflow, title=title or "", created=created,
            state=state, started=started, finished=finished, error=failure, user=user, **known,
        )  # fmt: skip
    except (json_text.JsonTextError, TypeError, AttributeError):
        return None
