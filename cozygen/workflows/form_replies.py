"""The shapes of forms and workflow lists in answers."""

from __future__ import annotations

from cozygen.http.models import Reply
from cozygen.workflows.form import Kind, Source

Wire = str | int | float | bool | None
"""A value of a field; an integer beyond 2⁵³−1 travels as a string."""


class FileReply(Reply):
    """One workflow file; `name` is its path, `mtime` in seconds, `type` what its owner said it makes."""

    name: str
    title: str
    folder: str
    size: int
    mtime: float
    pinned: bool
    type: str | None


class WorkflowsReply(Reply):
    """`workflows` are the names alone, as old clients read them."""

    workflows: list[str]
    items: list[FileReply]


class LoraFilesReply(Reply):
    """A high and a low file that belong together."""

    label: str
    high: str
    low: str


class LoraPairReply(Reply):
    """The fields that one LoRA pair sets, and the pairs to choose from."""

    high: str
    low: str
    strength_high: str | None
    strength_low: str | None
    pairs: list[LoraFilesReply]


class FieldReply(Reply):
    """One field; `part_of` names the pair that shows it. Who asks has hidden or pinned it."""

    name: str
    label: str
    kind: Kind
    default: Wire
    min: float | str | None
    max: float | str | None
    step: float | None
    multiline: bool
    role: str | None
    choices: list[str] | None
    choice_type: str | None
    randomize: bool
    bypass: bool
    priority: int
    node_id: str | None
    input: str | None
    hidden: bool
    pinned: bool
    help: str | None = None
    part_of: str | None = None
    pair: LoraPairReply | None = None


class GroupReply(Reply):
    """Fields that are shown together."""

    name: str
    fields: list[str]


class ProblemReply(Reply):
    """Something about a workflow or a run that its user should know."""

    code: str
    message: str
    node_id: str | None = None
    field: str | None = None


class FormReply(Reply):
    """A form as the caller arranged it: fields in order, groups of folded fields, and what is wrong.

    `type` is what its owner said, else what the graph shows.
    """

    workflow: str
    title: str
    source: Source
    version: str
    type: str | None
    fields: list[FieldReply]
    groups: list[GroupReply]
    problems: list[ProblemReply]
