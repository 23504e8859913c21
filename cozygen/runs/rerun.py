"""A picture run again: the same, with a new seed, or with edits; and what it would fill into a form."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom
from typing import Any, Final, Literal

from PIL import Image, UnidentifiedImageError

from cozygen.errors import InvalidError, NotFoundError, UnprocessableError
from cozygen.gallery import Gallery
from cozygen.runs.history import RunHistory
from cozygen.runs.meaning import Place, places_of
from cozygen.runs.queueing import Prepared, Queued, Queueing, pnginfo_of, title_of_file, with_complaints
from cozygen.storage import json_text
from cozygen.workflows.form import Field, Form, Problem, Value, wire
from cozygen.workflows.forms import Forms
from cozygen.workflows.graph import Graph, as_link, copied, inputs_of, parse_graph
from cozygen.workflows.seeds import USUAL_HIGHEST, draw
from cozygen.workflows.values import ValueRefusedError, checked, fitting
from cozygen_core import read_metadata

Mode = Literal["same", "new_seed", "edit"]
SEED: Final = "seed"


@dataclass(frozen=True)
class Edit:
    """A new value, either for an input of a node or for everything of one meaning."""

    value: Any
    node_id: str | None = None
    input: str | None = None
    role: str | None = None


@dataclass
class Source:
    """What made a picture: the graph with its prompts put in, how they were typed, the workflow's file."""

    graph: Graph
    raw: dict[str, str] = field(default_factory=dict)
    ui_graph: Any = None
    workflow: str | None = None


class Rerun:
    """Reads what made a picture from the file, or from the record of its run."""

    def __init__(self, gallery: Gallery, history: RunHistory, forms: Forms, queueing: Queueing) -> None:
        self._gallery = gallery
        self._history = history
        self._forms = forms
        self._queueing = queueing

    async def rerun(self, item_id: str, mode: Mode, edits: list[Edit], user: str) -> Queued:
        """Queue a picture's graph again.

        Raises NotFoundError, UnprocessableError (`no_prompt`, `no_seed`, `invalid_values`), HostDownError.
        """
        if (mode == "edit") != bool(edits):
            raise InvalidError("Edits and the mode “edit” go together.")
        source = await self.source_of(item_id)
        graph = copied(source.graph)
        raw = _still_there(source.raw, graph)
        form = await self._forms.form_of_graph(graph, source.ui_graph)
        warnings: list[Problem] = []
        if mode == "new_seed":
            _draw_seeds(graph, form)
        touched = [place for edit in edits for place in _apply(graph, form, edit)]
        if mode == "new_seed":
            warnings = await self._expand(graph, form, raw, raw)
        elif mode == "edit":
            typed = {f"{place.node_id}:{place.input}": place.value for place in touched}
            warnings = await self._expand(graph, form, raw, typed)
        prepared = Prepared(
            graph=graph,
            form=form,
            values=_values_of(form, graph, raw),
            workflow=source.workflow,
            title=title_of_file(source.workflow) if source.workflow else "Graph",
            pnginfo=pnginfo_of(source.workflow, raw, source.ui_graph),
        )
        run = await self._queueing.send(prepared, user)
        return with_complaints(Queued([run], warnings))

    async def remix(self, item_id: str, workflow: str | None) -> dict[str, Any]:
        """Values for a workflow's form: from the same places where it made the picture, else by meaning.

        Raises NotFoundError, UnprocessableError (`no_prompt`, `no_workflow`).
        """
        source = await self.source_of(item_id)
        name = workflow or source.workflow
        if name is None:
            raise UnprocessableError(
                "It is not known which workflow made this picture: choose one.", code="no_workflow"
            )
        form = await self._forms.form_of(await self._forms.read(name))
        same = name == source.workflow
        found = {
            field.name: value for field in form.fields if (value := _found(field, source, same)) is not None
        }
        missing = [field.name for field in form.fields if field.role and field.name not in found]
        return {
            "workflow": name,
            "values": {key: wire(value) for key, value in found.items()},
            "missing": missing,
        }

    async def source_of(self, item_id: str) -> Source:
        """What made a picture. Raises NotFoundError, UnprocessableError `no_prompt`."""
        item = json_text.loads(await self._gallery.item(item_id))
        place = await self._gallery.place_of(item_id)
        path = f"{item['subfolder']}/{item['filename']}".lstrip("/")
        workflow, recorded = await self._history.made(path)
        found = await asyncio.to_thread(_read, place)
        document = found.get("prompt") or recorded
        if recorded and isinstance(document, dict) and _is_lowered(document, recorded):
            document = recorded
        if not isinstance(document, dict):
            raise UnprocessableError("This picture does not say how it was made.", code="no_prompt")
        raw = found.get("cozygen_prompt_raw") or self._gallery.raw_prompts.lookup(
            item["filename"], item["subfolder"], **found["identity"]
        )
        return Source(
            graph=parse_graph(document),
            raw={str(key): text for key, text in (raw or {}).items() if isinstance(text, str)},
            ui_graph=found.get("workflow"),
            workflow=found.get("cozygen_workflow") or workflow,
        )

    async def _expand(
        self, graph: Graph, form: Form, raw: dict[str, str], typed: Mapping[str, Any]
    ) -> list[Problem]:
        """Put aliases and choices into the prompts that were `typed` (`node id:input` → text)."""
        values = {
            entry.name: typed[key]
            for entry in form.fields
            for target in entry.targets
            if isinstance(typed.get(key := f"{target.node_id}:{target.input}"), str)
        }
        seeds = {entry.name: _held(graph, entry) for entry in form.fields if entry.role == SEED}
        expanded = await self._queueing.expand(form, {**seeds, **values}, await self._queueing.library())
        for entry in form.fields:
            for target in entry.targets if entry.name in values else ():
                graph[target.node_id]["inputs"][target.input] = expanded.values[entry.name]
        for key in list(typed):
            raw.pop(key, None)
        raw.update(expanded.raw)
        return expanded.warnings


def _read(place: Any) -> dict[str, Any]:
    path: Path = place()
    try:
        state = path.stat()
        found: dict[str, Any] = json_text.loads(read_metadata(path))
    except OSError as error:
        raise NotFoundError("There is no such file (any more).") from error
    identity = {"mtime_ns": state.st_mtime_ns, "size": state.st_size}
    return {**found, "cozygen_workflow": _workflow_in(path), "identity": identity}


def _is_lowered(document: Mapping[str, Any], recorded: Mapping[str, Any]) -> bool:
    """Whether a file holds what became of a recorded graph for a ComfyUI without our nodes."""
    return len(document) < len(recorded) and all(
        node_id in recorded or node_id.removesuffix("-frames") in recorded for node_id in document
    )


def _workflow_in(path: Path) -> str | None:
    """The workflow's name in a PNG that CozyGen queued."""
    if path.suffix.lower() != ".png":
        return None
    try:
        with Image.open(path) as image:
            name = json_text.loads(str(image.info.get("cozygen_workflow", "null")).encode())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    return name if isinstance(name, str) else None


def _still_there(raw: Mapping[str, str], graph: Graph) -> dict[str, str]:
    """Typed prompts whose inputs the graph has."""
    return {
        key: text
        for key, text in raw.items()
        if key.rpartition(":")[2] in inputs_of(graph.get(key.rpartition(":")[0], {"inputs": {}}))
    }


def _draw_seeds(graph: Graph, form: Form) -> None:
    """Give every seed another value; what was equal stays equal."""
    dice = SystemRandom()
    drawn: dict[Any, int | float] = {}
    places = [place for place in places_of(graph, SEED) if _is_number(place.value)]
    if not places:
        raise UnprocessableError("This picture was made without a seed.", code="no_seed")
    for place in places:
        entry = _field_at(form, place.node_id, place.input)
        if place.value not in drawn:
            drawn[place.value] = draw(entry, dice) if entry else dice.randint(0, USUAL_HIGHEST)
        graph[place.node_id]["inputs"][place.input] = drawn[place.value]


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return value.isdigit()
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _apply(graph: Graph, form: Form, edit: Edit) -> list[Place]:
    """Put an edit into the graph; the places that it changed. Raises UnprocessableError."""
    if edit.role is not None:
        places = places_of(graph, edit.role)
        named = edit.role
    else:
        node = graph.get(edit.node_id or "")
        has = node is not None and edit.input in inputs_of(node)
        places = [Place(str(edit.node_id), str(edit.input), None)] if has else []
        named = f"{edit.node_id}:{edit.input}"
    if not places:
        raise _refused(named, "is not in this picture's graph")
    done = []
    for place in places:
        held = inputs_of(graph[place.node_id])[place.input]
        if as_link(held) is not None:
            raise _refused(named, "is fed by another node")
        value = _fit(named, _field_at(form, place.node_id, place.input), held, edit.value)
        graph[place.node_id]["inputs"][place.input] = value
        done.append(Place(place.node_id, place.input, value))
    return done


def _fit(named: str, entry: Field | None, held: Any, value: Any) -> Any:
    """The value in the type of its field, or of what was there."""
    if entry is not None:
        try:
            return checked(entry, value)
        except ValueRefusedError as error:
            raise _refused(named, f"must be {error}") from error
    if isinstance(value, (dict, list)) or value is None:
        raise _refused(named, "must be a text, a number or a yes or no")
    if isinstance(held, bool):
        return fitting("boolean", value, None, None)
    if isinstance(held, str):
        return value if isinstance(value, str) else fitting("text", value, None, None)
    kind = "integer" if isinstance(held, int) else "number"
    fitted = fitting(kind, value, None, None)
    if isinstance(value, str) and fitted == 0 and value.strip() not in ("0", "0.0"):
        raise _refused(named, "must be a number")
    return fitted


def _refused(named: str, what: str) -> UnprocessableError:
    text = f"“{named}” {what}."
    return UnprocessableError(text, code="invalid_values", details={"fields": {named: [what]}})


def _field_at(form: Form, node_id: str, name: str) -> Field | None:
    for entry in form.fields:
        if any(target.node_id == node_id and target.input == name for target in entry.targets):
            return entry
    return None


def _held(graph: Graph, entry: Field) -> Value:
    """What the graph holds for a field."""
    for target in entry.targets:
        held = inputs_of(graph.get(target.node_id, {"inputs": {}})).get(target.input)
        if as_link(held) is None and isinstance(held, (str, int, float, bool)):
            return held
    return entry.default


def _values_of(form: Form, graph: Graph, raw: Mapping[str, str]) -> dict[str, Value]:
    """The form as it stood: values of the graph, prompts as they were typed."""
    values = {}
    for entry in form.fields:
        if entry.kind == "lora_pair":
            continue
        typed = [raw[key] for target in entry.targets if (key := f"{target.node_id}:{target.input}") in raw]
        values[entry.name] = typed[0] if typed else _held(graph, entry)
    return values


def _found(entry: Field, source: Source, same: bool) -> Value:
    """What a picture has for a field of a form: at the same place of the same workflow, else by meaning."""
    if entry.kind == "lora_pair":
        return None
    candidates: list[Any] = []
    if same:
        for target in entry.targets:
            typed = source.raw.get(f"{target.node_id}:{target.input}")
            held = inputs_of(source.graph.get(target.node_id, {"inputs": {}})).get(target.input)
            candidates += [value for value in (typed, held) if value is not None and as_link(value) is None]
    if entry.role is not None:
        for place in places_of(source.graph, entry.role):
            candidates += [source.raw.get(f"{place.node_id}:{place.input}", place.value)]
    for value in candidates:
        try:
            return checked(entry, value)
        except ValueRefusedError:
            continue
    return None
