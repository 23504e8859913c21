"""The host's refusals and failures in words for a person, tied to the field where it happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from cozygen.errors import BadHostAnswerError, CozyGenError, UnprocessableError
from cozygen.runs.run import RunError
from cozygen.workflows.cozy_inputs import INPUT_CLASSES
from cozygen.workflows.form import Form
from cozygen.workflows.graph import Node, as_link, cyclic_nodes, inputs_of, links_of, title_of

Fields = Mapping[str, str]
Entry = Mapping[str, Any]
_LONGEST_DETAIL: Final = 200
_NODE_ID: Final = re.compile(r"^Node ID '#(.+)'$")
# How ComfyUI's own loading nodes say that a file is absent, and how ours does.
_ABSENT: Final = re.compile(r"^Invalid \w+ file:|is not a file in ComfyUI")
_NOT_CHOSEN: Final = re.compile(r"no picture is chosen$")


def fields_of_nodes(form: Form) -> dict[str, str]:
    """`node id:input` → field name, and node id → the first field of that node."""
    found: dict[str, str] = {}
    for field in form.fields:
        for target in field.targets:
            found[f"{target.node_id}:{target.input}"] = field.name
            found.setdefault(target.node_id, field.name)
    return found


def refusal(body: Any, graph: Mapping[str, Any], fields: Fields) -> CozyGenError:
    """The error for a graph that the host did not take (comfyui.md A.4)."""
    if not isinstance(body, dict):
        return BadHostAnswerError("ComfyUI refused the graph without saying why.")
    error = body.get("error")
    error = error if isinstance(error, dict) else {"message": str(error)}
    problems = _problems(body, graph, fields) or [_whole(error, graph, fields)]
    details: dict[str, Any] = {"type": error.get("type"), "problems": problems}
    by_field: dict[str, list[str]] = {}
    for problem in problems:
        if problem["field"]:
            by_field.setdefault(problem["field"], []).append(problem["message"])
    if by_field:
        details["fields"] = by_field
    code = "invalid_values" if by_field else "invalid_graph"
    return UnprocessableError(problems[0]["message"], code=code, details=details)


def complaints(body: Mapping[str, Any], graph: Mapping[str, Any], fields: Fields) -> list[str]:
    """What the host says of outputs that it dropped from a graph that it took."""
    return [problem["message"] for problem in _problems(body, graph, fields)]


def _problems(body: Mapping[str, Any], graph: Mapping[str, Any], fields: Fields) -> list[dict[str, Any]]:
    node_errors = body.get("node_errors")
    return [
        _of_node(str(node_id), entry, graph, fields)
        for node_id, node in (node_errors.items() if isinstance(node_errors, dict) else ())
        for entry in (node.get("errors") if isinstance(node, dict) else None) or ()
        if isinstance(entry, dict)
    ]


def _of_node(node_id: str, entry: Entry, graph: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """What is wrong with one input of a node."""
    info = entry.get("extra_info")
    info = info if isinstance(info, dict) else {}
    name = str(info["input_name"]) if info.get("input_name") is not None else None
    kind = str(entry.get("type"))
    if name is None and kind.startswith("exception_during"):
        name = _odd_link(node_id, entry, graph)
    field = _field_of(node_id, name, graph, fields)
    what = f"“{field}”" if field else _place(node_id, name, graph)
    info = {"received_value": _held(node_id, name, graph), **info}
    words = _WORDS.get(kind, _plainly)(entry, info)
    message = f"{what} {words}." if words else f"{what}: {_sentence(entry)}"
    if kind == "dependency_cycle" and (circle := _circle(graph)):
        message = _go_round(circle, graph)
    return {"node_id": node_id, "input": name, "field": field, "type": entry.get("type"), "message": message}


def _held(node_id: str, name: str | None, graph: Mapping[str, Any]) -> Any:
    """What an input has, or the node of ours that feeds it: not every host repeats it."""
    node = graph.get(node_id)
    value = inputs_of(node).get(name) if name is not None and isinstance(node, dict) else None
    link = as_link(value)
    source = graph.get(link.node_id) if link else None
    if isinstance(source, dict) and source.get("class_type") in INPUT_CLASSES:
        held = (inputs_of(source).get(place) for place in ("value", "default_value"))
        return next((one for one in held if isinstance(one, str) and one), None)
    return value


def _place(node_id: str, name: str | None, graph: Mapping[str, Any]) -> str:
    node = graph.get(node_id)
    title = f"“{title_of(node)}”" if isinstance(node, dict) and node.get("class_type") else f"node {node_id}"
    return f"“{name}” of {title}" if name else title[:1].upper() + title[1:]


def _odd_link(node_id: str, entry: Entry, graph: Mapping[str, Any]) -> str | None:
    """The input that a host fell over: its link leads to no node, else to no output of one."""
    node = graph.get(node_id)
    links = list(links_of(node)) if isinstance(node, dict) else []
    for name, link in links:
        if link.node_id not in graph:
            return name
    is_slot = "index out of range" in str(entry.get("details"))
    return links[0][0] if is_slot and len(links) == 1 else None


def _field_of(node_id: str, name: str | None, graph: Mapping[str, Any], fields: Fields) -> str | None:
    """The field that feeds an input, directly or through the node that it is linked to."""
    if name is None:
        return fields.get(node_id)
    direct = fields.get(f"{node_id}:{name}")
    node = graph.get(node_id)
    if direct is not None or not isinstance(node, dict):
        return direct
    link = as_link(inputs_of(node).get(name))
    source = graph.get(link.node_id) if link else None
    return (
        fields.get(link.node_id)
        if link and isinstance(source, dict) and _only_gives_a_value(source)
        else None
    )


def _only_gives_a_value(node: Node) -> bool:
    return node.get("class_type") in INPUT_CLASSES or len(inputs_of(node)) == 1


def _whole(error: Entry, graph: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """What is wrong with the graph as a whole, or with a node that the host does not even look into."""
    info = error.get("extra_info")
    info = info if isinstance(info, dict) else {}
    named = _NODE_ID.match(str(error.get("details") or ""))
    node_id = str(info["node_id"]) if info.get("node_id") is not None else named[1] if named else None
    kind = str(error.get("type"))
    field = fields.get(node_id) if node_id else None
    if kind in ("invalid_prompt", "missing_node_type") and node_id is not None:
        message = _missing_kind(node_id, info, graph)
    elif kind in _WHOLE:
        message = _WHOLE[kind]
    elif kind in ("prompt_outputs_failed_validation", "dependency_cycle") and (circle := _circle(graph)):
        message = _go_round(circle, graph)
        node_id = next((one for one in circle if one in fields), circle[0])
        field = fields.get(node_id)
    else:
        message = _sentence(error)
    return {"node_id": node_id, "input": None, "field": field, "type": error.get("type"), "message": message}


def _missing_kind(node_id: str, info: Entry, graph: Mapping[str, Any]) -> str:
    node = graph.get(node_id)
    kind = info.get("class_type") or (node.get("class_type") if isinstance(node, dict) else None)
    if not kind:
        return f"Node {node_id} does not say of which kind it is."
    return f"This ComfyUI has no node “{kind}”: install the pack that brings it (node {node_id})."


def _circle(graph: Mapping[str, Any]) -> list[str]:
    """Nodes of a circle, without those that only wait for it."""
    waiting = cyclic_nodes(dict(graph))
    while True:
        read = {link.node_id for node_id in waiting for _name, link in links_of(graph[node_id])}
        inner = [node_id for node_id in waiting if node_id in read]
        if inner == waiting:
            return waiting
        waiting = inner


def _go_round(circle: list[str], graph: Mapping[str, Any]) -> str:
    return f"{_listed(circle, graph)} wait for each other; a graph must not go in a circle."


def _listed(node_ids: list[str], graph: Mapping[str, Any]) -> str:
    names = [f"“{title_of(graph[node_id])}” ({node_id})" for node_id in node_ids[:3]]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else f"{names[0]} and itself"


_WHOLE: Final = {
    "no_prompt": "The workflow is empty.",
    "prompt_no_outputs": "The workflow makes nothing: it has no node that saves or shows a picture.",
}


def _too_small(_entry: Entry, info: Entry) -> str:
    least = _limit(info, "min")
    return "is too small" if least is None else f"is too small: {least} at least"


def _too_big(_entry: Entry, info: Entry) -> str:
    most = _limit(info, "max")
    return "is too big" if most is None else f"is too big: {most} at most"


def _limit(info: Entry, name: str) -> Any:
    config = info.get("input_config")
    options = config[1] if isinstance(config, (list, tuple)) and len(config) > 1 else None
    return options.get(name) if isinstance(options, dict) else None


def _wrong_type(_entry: Entry, info: Entry) -> str:
    config = info.get("input_config")
    kind = config[0] if isinstance(config, (list, tuple)) and config else None
    wanted = {"INT": "a whole number", "FLOAT": "a number", "BOOLEAN": "on or off", "STRING": "a text"}
    return f"must be {wanted[kind]}" if isinstance(kind, str) and kind in wanted else "has the wrong type"


def _not_listed(entry: Entry, info: Entry) -> str:
    value = info.get("received_value")
    shown = f": “{value}”" if isinstance(value, str) and value else _detail(entry)
    return "is not among the choices" + shown[:_LONGEST_DETAIL]


def _own_words(entry: Entry, info: Entry) -> str:
    """What a node's own check says, without the input's name before it."""
    details = str(entry.get("details") or "")
    said = (details.partition(" - ")[2] or details).strip().rstrip(".")
    said = "" if said.isidentifier() else said  # nothing but the input's name
    said = re.sub(rf"^[\w ]+, {re.escape(str(info.get('input_name')))}: ", "", said)  # as our own nodes begin
    value = info.get("received_value")
    file = _file_name(value) if isinstance(value, str) else said.partition(": ")[2]
    if _NOT_CHOSEN.search(said) or (_ABSENT.search(said) and not file):
        return "has no picture yet; choose one"
    if _ABSENT.search(said):
        kind = "file" if re.match("Invalid (?!image)", said) else "picture"
        return f"names a {kind} that is not there: “{file[:_LONGEST_DETAIL]}”; choose another"
    return f"was refused: {said[:_LONGEST_DETAIL]}" if said else "was refused"


def _file_name(reference: str) -> str:
    """A reference as its owner knows the file: folder and name."""
    plain = reference.strip().removesuffix("[output]").removesuffix("[input]").rstrip()
    return plain.removeprefix("output::").replace("::", "/") if plain.startswith("output::") else plain


def _fell_over(entry: Entry, info: Entry) -> str:
    if info.get("exception_type") == "KeyError":
        return f"is connected to node {str(entry.get('details')).strip(chr(39))}, which is not there"
    if info.get("exception_type") == "IndexError":
        return "is connected to an output that the other node does not have"
    return "could not be checked" + _detail(entry)


def _detail(entry: Entry) -> str:
    details = str(entry.get("details") or "").strip().rstrip(".")
    return f": {details[:_LONGEST_DETAIL]}" if details else ""


def _plainly(_entry: Entry, _info: Entry) -> str:
    return ""


def _always(words: str) -> Callable[[Entry, Entry], str]:
    return lambda _entry, _info: words


_WORDS: Final[dict[str, Callable[[Entry, Entry], str]]] = {
    "value_smaller_than_min": _too_small,
    "value_bigger_than_max": _too_big,
    "value_not_in_list": _not_listed,
    "invalid_input_type": _wrong_type,
    "required_input_missing": _always("is missing"),
    "return_type_mismatch": _always("is connected to the wrong kind of output"),
    "bad_linked_input": _always("is connected wrongly"),
    "custom_validation_failed": _own_words,
    "exception_during_validation": _fell_over,
    "exception_during_inner_validation": _fell_over,
    "dependency_cycle": _always("waits for itself: a graph must not go in a circle"),
}


def _sentence(entry: Entry) -> str:
    text = str(entry.get("message") or "ComfyUI refused the graph").strip().rstrip(".")
    details = str(entry.get("details") or "").strip().rstrip(".")
    return f"{text} ({details[:_LONGEST_DETAIL]})." if details else f"{text}."


def failure(data: Mapping[str, Any], fields: Fields) -> RunError:
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
