"""The runs that are known: queued, running and the newest that ended."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from cozygen.errors import NotFoundError
from cozygen.runs.run import Run

KEPT: Final = 1000
Changed = Callable[[Run], None]


class RunLog:
    """Runs by id, oldest first; only ended ones are dropped."""

    def __init__(self, changed: Changed, *, keep: int = KEPT) -> None:
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._by_prompt: dict[str, Run] = {}
        self._changed = changed
        self._keep = keep

    def add(self, run: Run) -> None:
        """A new run."""
        self._runs[run.run_id] = run
        self._by_prompt[run.prompt_id] = run
        self._drop_oldest()
        self._changed(run)

    def changed(self, run: Run) -> None:
        """Tell everybody that a run is no longer as it was."""
        self._changed(run)

    def get(self, run_id: str) -> Run:
        """A run by its id. Raises NotFoundError."""
        if run_id not in self._runs:
            raise NotFoundError("There is no such run (any more).")
        return self._runs[run_id]

    def of_prompt(self, prompt_id: str) -> Run | None:
        """The run of a prompt id; None for one that CozyGen did not queue."""
        return self._by_prompt.get(prompt_id)

    def newest_first(self, state: str | None = None) -> list[Run]:
        """All runs, or those in one state."""
        return [run for run in reversed(self._runs.values()) if state is None or run.state == state]

    def open(self) -> list[Run]:
        """Runs that have not ended, oldest first."""
        return [run for run in self._runs.values() if not run.ended]

    def forget(self, run_ids: Iterable[str] | None = None) -> int:
        """Drop ended runs: these, or all; returns how many."""
        wanted = set(self._runs) if run_ids is None else set(run_ids)
        gone = [run for run in self._runs.values() if run.ended and run.run_id in wanted]
        for run in gone:
            del self._runs[run.run_id]
            self._by_prompt.pop(run.prompt_id, None)
        return len(gone)

    def _drop_oldest(self) -> None:
        surplus = len(self._runs) - self._keep
        ended = [run.run_id for run in self._runs.values() if run.ended]
        self.forget(ended[: max(surplus, 0)])
