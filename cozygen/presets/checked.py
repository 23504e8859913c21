"""Stored values beside the form they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cozygen.errors import CozyGenError
from cozygen.workflows.check_values import check_values
from cozygen.workflows.form import wire
from cozygen.workflows.forms import Forms


async def checked_values(forms: Forms, workflow: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """`{"values": those that fit, "problems": [what is wrong with the others]}`.

    A workflow that cannot be read checks nothing: its problem is the only one.
    """
    try:
        form = await forms.form_of(await forms.read(workflow))
    except CozyGenError as error:
        return {"values": dict(values), "problems": [{"code": error.error, "message": error.message}]}
    good, problems = check_values(form, values)
    return {
        "values": {name: wire(value) for name, value in good.items()},
        "problems": [{key: part for key, part in asdict(entry).items() if part} for entry in problems],
    }
