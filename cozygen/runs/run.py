"""One run: a queued graph from being asked for to what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cozygen.workflows.form import wire

State = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: Final = frozenset({"done", "failed", "cancelled"})


@dataclass(frozen=True)
class RunError:
    """Why a run failed; `field` is the form field that the failing input belongs to."""

    message: str
    node_id: str | None = None
    node_type: str | None = None
    field: str | None = None
    details: str = ""

    def as_json(self) -> dict[str, Any]:
        """Only what is known."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass
class Run:
    """Times are Unix seconds, `progress` is 0 to 1, `files` are outputs as the host names them.

    An entry of `files` gets an `id` once the gallery knows it.
    """

    run_id: str
    prompt_id: str
    number: float
    workflow: str | None
    title: str
    values: dict[str, Any]
    created: float
    node_fields: dict[str, str] = field(default_factory=dict)
    """Node id and, as `id:input`, its inputs → the form field that feeds them."""
    node_titles: dict[str, str] = field(default_factory=dict)
    """Titles of the nodes that take time; those that only hold a value do not count as progress."""
    state: State = "queued"
    started: float | None = None
    finished: float | None = None
    progress: float = 0.0
    node: str | None = None
    files: list[dict[str, Any]] = field(default_factory=list)
    error: RunError | None = None
    user: str = "default"
    client_id: str = ""
    """Under which the host tells about it; another server run listens under another."""
    key: str | None = None
    """The idempotency key of its order."""
    counted_from: dict[str, Any] = field(default_factory=dict)
    """Values that it counted up from, so that the next run goes on."""
    pnginfo: dict[str, Any] = field(default_factory=dict)
    """What goes into its pictures, in case it must be queued anew."""
    skipped: set[str] = field(default_factory=set)
    """Nodes that the host had the result of, so that they take no time."""
    begun: int = 0
    """How many nodes have begun, for hosts that do not tell the state of each."""
    missed: bool = False
    """Whether messages about it may have been lost, so that the host's history decides."""
    made: list[str] = field(default_factory=list)
    """Nodes that have told what they saved; all of them, and nothing is missing should the host be lost."""
    left_out: list[str] = field(default_factory=list)
    """What the host said of outputs that it will not make, although it took the graph."""
    posting: bool = False
    """Whether it is being handed to the host at this moment."""
    unsure: bool = False
    """Whether the host hung up before it said that it took the run."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED

    def eta_s(self, now: float) -> float | None:
        """Seconds left, judged by the pace so far; None before there is one."""
        if self.state != "running" or self.started is None or self.progress < 0.05:
            return None
        return round((now - self.started) * (1 - self.progress) / self.progress, 1)

    def as_json(self, now: float) -> dict[str, Any]:
        """The shape of `docs/api.md`."""
        return {
            "run_id": self.run_id,
            "prompt_id": self.prompt_id,
            "state": self.state,
            "number": self.number,
            "workflow": self.workflow,
            "title": self.title,
            "values": {name: wire(value) for name, value in self.values.items()},
            "created": self.created,
            "started": self.started,
            "finished": self.finished,
            "progress": round(self.progress, 4),
            "node": self.node,
            "eta_s": self.eta_s(now),
            "outputs": [file["id"] for file in self.files if file.get("id")],
            "files": self.files,
            "error": self.error.as_json() if self.error else None,
        }
