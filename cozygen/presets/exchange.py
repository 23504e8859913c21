"""Presets as a file: `{"cozygen_presets": 1, "workflows": {workflow: [{"name", "values"}]}}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from cozygen.errors import InvalidError
from cozygen.presets.store import Preset

VERSION: Final = 1
MARK: Final = "cozygen_presets"


def exported(presets: Mapping[str, Sequence[Preset]]) -> dict[str, Any]:
    """The file: names and values, nothing of the account."""
    workflows = {
        workflow: [{"name": preset["name"], "values": preset.get("values", {})} for preset in entries]
        for workflow, entries in presets.items()
        if entries
    }
    return {MARK: VERSION, "workflows": workflows}


def read_exported(data: Mapping[str, Any], workflow: str) -> dict[str, list[Preset]]:
    """Presets by workflow; with `workflow` all of them go to that one.

    A predecessor's `workflow_presets.json` and a bare list of presets are understood too.
    Raises InvalidError.
    """
    found = _by_workflow(data, workflow)
    for name, entries in found.items():
        for number, entry in enumerate(entries):
            if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
                raise InvalidError(f"Preset {number + 1} of “{name}” has no name.", code="invalid preset")
    return {workflow: [entry for part in found.values() for entry in part]} if workflow else found


def _by_workflow(data: Mapping[str, Any], workflow: str) -> dict[str, list[Any]]:
    version = data.get(MARK, VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise InvalidError("This file was written by a newer CozyGen.", code="newer_file")
    if isinstance(data.get("presets"), list) and workflow:
        return {workflow: data["presets"]}
    workflows = data.get("workflows")
    if not isinstance(workflows, dict) or not all(isinstance(part, list) for part in workflows.values()):
        raise InvalidError("This file holds no presets.", code="invalid preset")
    return dict(workflows)
