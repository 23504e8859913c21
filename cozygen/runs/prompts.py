"""Aliases and wildcards of a filled form, expanded just before queueing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cozygen.aliases.expand import ProblemCode, Wildcards, expand
from cozygen.aliases.fields import is_prompt_field
from cozygen.aliases.library import AliasLibrary
from cozygen.workflows.form import Field, Form, Problem, Value


@dataclass(frozen=True)
class Expanded:
    """Values with their prompts expanded, what was written (`node id:input` → text), warnings, and the keys
    of the aliases that were put in.
    """

    values: dict[str, Value]
    raw: dict[str, str]
    warnings: list[Problem]
    used: list[str]


def expand_prompts(
    form: Form, values: Mapping[str, Value], library: AliasLibrary, wildcards: Wildcards | None = None
) -> Expanded:
    """Expand the prompt-like fields; choices and wildcards are drawn from the run's seed. Blocking."""
    seed = seed_of(form, values)
    done: dict[str, Value] = dict(values)
    raw: dict[str, str] = {}
    warnings: list[Problem] = []
    used: dict[str, None] = {}
    for field in form.fields:
        text = values.get(field.name)
        if not isinstance(text, str) or not _is_prompt(field, text):
            continue
        result = expand(text, library, seed=seed, stream=field.name, wildcards=wildcards)
        done[field.name] = result.text
        used.update(dict.fromkeys(result.used))
        raw.update({f"{target.node_id}:{target.input}": text for target in field.targets})
        warnings += [
            Problem(problem.code, _words(problem.code, problem.name), field=field.name)
            for problem in result.problems
        ]
    return Expanded(done, raw, warnings, list(used))


def _is_prompt(field: Field, text: str) -> bool:
    return is_prompt_field(
        field.name, kind=field.kind, label=field.label, role=field.role, multiline=field.multiline, value=text
    )


def seed_of(form: Form, values: Mapping[str, Any]) -> int:
    """The seed that a run draws its choices from: the first seed field's, else 0."""
    for field in form.fields:
        value = values.get(field.name)
        if field.role == "seed" and isinstance(value, int) and not isinstance(value, bool):
            return value
    return 0


def _words(code: ProblemCode, name: str) -> str:
    sentences: dict[ProblemCode, str] = {
        "unknown_alias": f"There is no alias “{name}”.",
        "ambiguous_alias": f"Several aliases are called “{name}”.",
        "cyclic_alias": f"The alias “{name}” contains itself.",
        "too_deep": f"The alias “{name}” is nested too deeply.",
        "too_large": "The prompt grew too long; the rest was left as it is.",
        "unknown_wildcard": f"There is no wildcard “{name}”.",
    }
    return sentences[code]
