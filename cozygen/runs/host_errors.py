"""The host's refusals and failures in words for a person, tied to the field where it happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cozygen.errors import BadHostAnswerError, CozyGenError, UnprocessableError
from cozygen.runs.run import RunError
from cozygen.workflows.form import Form

_WORDS = {
    "value_smaller_than_min": "is too small",
    "value_bigger_than_max": "is too big",
    "value_not_in_list": "is not among the choices",
    "invalid_input_type": "has the wrong type",
    "required_input_missing": "is missing",
    "return_type_mismatch": "is connected to the wrong kind of output",
    "bad_linked_input": "is connected wrongly",
    "custom_validation_failed": "was refused",
}


def fields_of_nodes(form: Form) -> dict[str, str]:
    """`node id:input` → field name, and node id → the first field of that node."""
    found: dict[str, str] = {}
    for field in form.fields:
        for target in field.targets:
            found[f"{target.node_id}:{target.input}"] = field.name
            found.setdefault(target.node_id, field.name)
    return found


def refusal(body: Any, graph: Mapping[str, Any], fields: Mapping[str, str]) -> CozyGenError:
    """The error for a graph that the host did not take (comfyui.md A.4)."""
    if not isinstance(body, dict):
        return BadHostAnswerError("ComfyUI refused the graph without saying why.")
    problems = _problems(body, graph, fields)
    error = body.get("error")
    error = error if isinstance(error, dict) else {"message": str(error)}
    message = problems[0]["message"] if problems else _sentence(error)
    by_field: dict[str, list[str]] = {}
    for problem in problems:
        if problem["field"]:
            by_field.setdefault(problem["field"], []).append(problem["message"])
    details: dict[str, Any] = {"type": error.get("type"), "problems": problems}
    if by_field:
        return UnprocessableError(message, code="invalid_values", details={**details, "fields": by_field})
    return UnprocessableError(message, code="invalid_graph", details=details)


def complaints(body: Mapping[str, Any], graph: Mapping[str, Any], fields: Mapping[str, str]) -> list[str]:
    """What the host says of outputs that it dropped from a graph that it took."""
    return [problem["message"] for problem in _problems(body, graph, fields)]


def _problems(
    body: Mapping[str, Any], graph: Mapping[str, Any], fields: Mapping[str, str]
) -> list[dict[str, Any]]:
    node_errors = body.get("node_errors")
    return [
        _problem(str(node_id), entry, graph, fields)
        for node_id, node in (node_errors.items() if isinstance(node_errors, dict) else ())
        for entry in (node.get("errors") if isinstance(node, dict) else None) or ()
        if isinstance(entry, dict)
    ]


def _problem(
    node_id: str, entry: Mapping[str, Any], graph: Mapping[str, Any], fields: Mapping[str, str]
) -> dict[str, Any]:
    info = entry.get("extra_info")
    name = info.get("input_name") if isinstance(info, dict) else None
    field = _field_of(node_id, name, graph, fields)
    what = field or (f"“{name}” of node {node_id}" if name else f"Node {node_id}")
    words = _WORDS.get(str(entry.get("type")), "")
    message = f"{what} {words}." if words else _sentence(entry)
    if entry.get("details") and entry.get("type") in ("value_not_in_list", "custom_validation_failed"):
        message = f"{message[:-1]}: {str(entry['details'])[:200]}."
    return {"node_id": node_id, "input": name, "field": field, "type": entry.get("type"), "message": message}


def _field_of(
    node_id: str, name: str | None, graph: Mapping[str, Any], fields: Mapping[str, str]
) -> str | None:
    """The field that feeds an input, directly or through the node that it is linked to."""
    if name is None:
        return fields.get(node_id)
    direct = fields.get(f"{node_id}:{name}")
    if direct is not None:
        return direct
    node = graph.get(node_id)
    value = node.get("inputs", {}).get(name) if isinstance(node, dict) else None
    if isinstance(value, list) and value:
        return fields.get(str(value[0]))
    return None


def _sentence(entry: Mapping[str, Any]) -> str:
    text = str(entry.get("message") or "ComfyUI refused the graph").strip().rstrip(".")
    details = str(entry.get("details") or "").strip().rstrip(".")
    return f"{text} ({details[:200]})." if details else f"{text}."


def failure(data: Mapping[str, Any], fields: Mapping[str, str]) -> RunError:
    """What an `execution_error` says, short first and whole in the details."""
    node_id = str(data["node_id"]) if data.get("node_id") is not None else None
    lines = [line.strip() for line in str(data.get("exception_message") or "").splitlines() if line.strip()]
    kind = str(data.get("exception_type") or "Error").rsplit(".", 1)[-1]
    trace = data.get("traceback")
    details = "".join(str(line) for line in trace) if isinstance(trace, list) else ""
    return RunError(
        message=lines[0][:300] if lines else kind,
        node_id=node_id,
        node_type=str(data["node_type"]) if data.get("node_type") else None,
        field=fields.get(node_id) if node_id else None,
        details=details[-4000:],
    )
