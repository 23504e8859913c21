"""Stored values against a form as it is now: what still fits, and what is wrong with the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cozygen.workflows.form import Field, Form, Problem
from cozygen.workflows.values import ValueRefusedError, checked


def check_values(form: Form, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """(values that may be applied, problems by field). Nothing is mended silently; null is no value."""
    good: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in values.items():
        field = form.get(name)
        if field is None:
            problems.append(Problem("unknown_field", f"The form has no field “{name}” any more.", field=name))
        elif value is not None:
            try:
                good[name] = checked(field, value)
            except ValueRefusedError as error:
                problems.append(_refused(field, value, error))
    return good, problems


def _refused(field: Field, value: Any, error: ValueRefusedError) -> Problem:
    node_id = field.targets[0].node_id if field.targets else None
    message = f"“{str(value)[:80]}” does not fit “{field.label}”: it must be {error}."
    return Problem("invalid_value", message, node_id, field.name)
