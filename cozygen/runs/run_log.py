"""The runs that are known: queued, running and the newest that ended."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from cozygen.errors import NotFoundError
from cozygen.runs.run import Run
from cozygen.storage import json_text

KEPT: Final = 1000
Changed = Callable[[Run], None]
Gone = Callable[[list[str]], None]


class RunLog:
    """Runs by id, oldest first; only ended ones are dropped. `gone` hears of what was forgotten."""

    def __init__(self, changed: Changed, *, keep: int = KEPT, gone: Gone = lambda _ids: None) -> None:
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._open: dict[str, Run] = {}
        self._by_prompt: dict[str, Run] = {}
        self._encoded: dict[str, bytes] = {}
        self._changed = changed
        self._gone = gone
        self._keep = keep

    def __len__(self) -> int:
        return len(self._runs)

    def __contains__(self, run: Run) -> bool:
        return self._runs.get(run.run_id) is run

    def add(self, run: Run) -> None:
        """A new run; told of once the host has taken it."""
        self.restore(run)
        self._drop_oldest()

    def restore(self, run: Run) -> None:
        """A run of an earlier server run; older ones first."""
        self._runs[run.run_id] = run
        self._by_prompt[run.prompt_id] = run
        if not run.ended:
            self._open[run.run_id] = run

    def encoded(self, run: Run, now: float) -> bytes:
        """A run as JSON; of one that is over it is made once."""
        if not run.ended:
            return json_text.dumps(run.as_json(now))
        text = self._encoded.get(run.run_id)
        if text is None:
            text = self._encoded[run.run_id] = json_text.dumps(run.as_json(now))
        return text

    def changed(self, run: Run) -> None:
        """Tell everybody that a run is no longer as it was."""
        self._encoded.pop(run.run_id, None)
        if run.ended:
            self._open.pop(run.run_id, None)
        self._changed(run)

    def get(self, run_id: str) -> Run:
        """A run by its id. Raises NotFoundError."""
        if run_id not in self._runs:
            raise NotFoundError("There is no such run (any more).")
        return self._runs[run_id]

    def of_prompt(self, prompt_id: str) -> Run | None:
        """The run of a prompt id; None for one that CozyGen did not queue."""
        return self._by_prompt.get(prompt_id)

    def newest_first(self, state: str | None = None, workflow: str | None = None) -> list[Run]:
        """All runs, or those in one state, or of one workflow."""
        return [
            run
            for run in reversed(self._runs.values())
            if (state is None or run.state == state) and (workflow is None or run.workflow == workflow)
        ]

    def last_of(self, workflow: str | None, user: str) -> Run | None:
        """The newest run that somebody made of a workflow."""
        runs = (run for run in reversed(self._runs.values()) if run.workflow == workflow and run.user == user)
        return next(runs, None) if workflow is not None else None

    def open(self) -> list[Run]:
        """Runs that have not ended, oldest first."""
        return list(self._open.values())

    def is_running(self) -> bool:
        """Whether the host works on a run at the moment."""
        return any(run.state == "running" for run in self.open())

    def forget(self, run_ids: Iterable[str] | None = None) -> int:
        """Forget ended runs for good: these, or all; returns how many."""
        wanted = list(self._runs) if run_ids is None else run_ids
        gone = [run_id for run_id in wanted if run_id in self._runs and self._runs[run_id].ended]
        for run_id in gone:
            self._drop(run_id)
        if gone:
            self._gone(gone)
        return len(gone)

    def _drop(self, run_id: str) -> None:
        run = self._runs.pop(run_id)
        self._open.pop(run_id, None)
        self._encoded.pop(run_id, None)
        if self._by_prompt.get(run.prompt_id) is run:
            del self._by_prompt[run.prompt_id]

    def _drop_oldest(self) -> None:
        """Ended runs leave the memory; what was recorded of them stays."""
        surplus = len(self._runs) - self._keep
        if surplus > 0:
            ended = (run.run_id for run in self._runs.values() if run.ended)
            for run_id in list(islice(ended, surplus)):
                self._drop(run_id)
