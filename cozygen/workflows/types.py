"""`workflow_types.json`: what a workflow makes from what."""

from __future__ import annotations

from typing import Any, Final

from cozygen.errors import InvalidError, NotFoundError
from cozygen.storage.document_file import Change, Snapshot
from cozygen.storage.document_format import DocumentFormat, Screening, Value
from cozygen.storage.foreign_values import check_storable
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.preconditions import item_etag, require_match

MODES: Final = ("image-to-image", "image-to-video", "text-to-image", "text-to-video")


def _default() -> Value:
    return {"version": 1, "workflows": {}}


def _screen(value: Value, screening: Screening) -> None:
    if not isinstance(value.setdefault("workflows", {}), dict):
        screening.take(value, "workflows", reason="not an object")
        value["workflows"] = {}
    workflows = value["workflows"]
    for name in [name for name, mode in workflows.items() if not isinstance(mode, str)]:
        screening.take(workflows, name, "workflows", reason="the mode is not a string")


WORKFLOW_TYPES: Final = DocumentFormat("workflow_types", 1, default=_default, screen=_screen)


class WorkflowTypes:
    """Reads and edits `workflow_types.json`."""

    def __init__(self, document: JsonDocument) -> None:
        self.document = document

    async def read(self) -> Snapshot:
        """The present version; `types_of` reads its value."""
        return await self.document.read()

    async def set(self, workflow: str, mode: str, *, if_match: str | None = None) -> Change:
        """Give a workflow a mode; an empty mode removes it. The workflow need not exist."""
        name = workflow.strip()
        if not name:
            raise InvalidError("Name the workflow.", code="missing workflow")
        wanted = mode.strip().lower()
        if wanted and wanted not in MODES:
            raise InvalidError("The mode is none of: " + ", ".join(MODES) + ".", code="invalid workflow mode")
        check_storable(name)

        def seen(present: Snapshot) -> None:
            if if_match is not None:
                _require(present, name, if_match)

        return await self.document.update(lambda value: _set(value, name, wanted), precondition=seen)

    async def edit(self, workflow: str, mode: str, *, if_match: str | None) -> Change:
        """As `set`, for one that exists, and only with the ETag of the present version."""

        def seen(present: Snapshot) -> None:
            if workflow not in types_of(present.value):
                raise NotFoundError("This workflow has no type.")
            _require(present, workflow, if_match)

        if mode and mode not in MODES:
            raise InvalidError("The mode is none of: " + ", ".join(MODES) + ".", code="invalid workflow mode")
        return await self.document.update(lambda value: _set(value, workflow, mode), precondition=seen)

    async def rename(self, old: str, new: str) -> Change:
        """Let the type follow a workflow file that was renamed; an empty `new` forgets it."""

        def change(value: Value) -> None:
            mode = value["workflows"].pop(old, None)
            if mode is not None and new:
                value["workflows"][new] = mode

        return await self.document.update(change)


def types_of(value: Value) -> dict[str, str]:
    """Mode by workflow."""
    found: dict[str, str] = value["workflows"]
    return found


def type_etag(value: Value, workflow: str) -> str:
    """Strong ETag of one workflow's mode."""
    return item_etag([workflow, types_of(value).get(workflow)])


def _require(present: Snapshot, workflow: str, if_match: str | None) -> None:
    mode: Any = types_of(present.value).get(workflow)
    require_match(if_match, type_etag(present.value, workflow), present.etag, current=mode)


def _set(value: Value, workflow: str, mode: str) -> None:
    if mode:
        value["workflows"][workflow] = mode
    else:
        value["workflows"].pop(workflow, None)
