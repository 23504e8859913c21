"""`cozygen migrate --from FOLDER`: take over what a predecessor kept. Its folder is only read.

The folder may be the predecessor's pack in `custom_nodes` or its `data`.
What is there already stays; running it again, or after a crash, adds what is
missing and nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cozygen.aliases.store import ALIASES, is_bare, stored_name, texts_of
from cozygen.errors import CozyGenError
from cozygen.presets.store import PRESETS, same_name
from cozygen.runs.prompt_raw import PROMPT_RAW, trim
from cozygen.storage.adopt import adopt
from cozygen.storage.disk import Disk, read_file
from cozygen.storage.document_file import DocumentFile
from cozygen.storage.document_format import DocumentFormat, Value
from cozygen.storage.document_reading import read_document
from cozygen.storage.document_text import UnreadableError
from cozygen.storage.whole_file import write_whole_file
from cozygen.workflows.types import WORKFLOW_TYPES

TAG_LIST: Final = "danbooru_tags.md"
_MAX_BYTES: Final = 64 * 1024 * 1024
Joiner = Callable[[Value, Value], int]


@dataclass(frozen=True)
class Line:
    """What became of one file: a sentence, and whether it could be taken over."""

    text: str
    good: bool = True


def is_source(folder: Path) -> bool:
    """Whether anything of a predecessor lies there."""
    return any(True for _ in _sources(folder))


def _sources(folder: Path) -> Iterator[Path]:
    names = [form.file_name for form, _ in _DOCUMENTS] + [TAG_LIST]
    for place in (folder / "data", folder):
        yield from (place / name for name in names if (place / name).is_file())
    yield from _workflows(folder)


def _workflows(folder: Path) -> Iterator[Path]:
    place = folder / "workflows"
    yield from sorted(path for path in place.rglob("*.json") if path.is_file())


def migrate(source: Path, data: Path, workflows: Path) -> Iterator[Line]:
    """Take over documents, tag list and workflows; yields a line for each file found."""
    for form, join in _DOCUMENTS:
        path = next((p for p in _sources(source) if p.name == form.file_name), None)
        if path is not None:
            yield _take_document(form, join, path, data)
    tags = next((path for path in _sources(source) if path.name == TAG_LIST), None)
    if tags is not None:
        yield _take_file(tags, data / TAG_LIST, TAG_LIST)
    for path in _workflows(source):
        name = path.relative_to(source / "workflows")
        yield _take_file(path, workflows / name, f"workflows/{name.as_posix()}")


def _take_document(form: DocumentFormat, join: Joiner, path: Path, data: Path) -> Line:
    told: list[str] = []

    def notify(code: str, message: str, **details: Any) -> None:
        told.append(message)

    added = 0

    def change(ours: Value) -> None:
        nonlocal added
        added = join(ours, theirs)

    try:
        theirs = read_document(form, read_file(Disk(), path, limit=form.max_bytes)[0]).value
        DocumentFile(form, data, notify).update(None, change)
    except UnreadableError as error:
        return Line(f"{form.file_name}: left where it is, because {error}", good=False)
    except OSError as error:
        return Line(f"{form.file_name}: cannot be read ({error.strerror})", good=False)
    except CozyGenError as error:
        return Line(f"{form.file_name}: {error.message}", good=False)
    return Line(" ".join([f"{form.file_name}: {added} new", *told]))


def _take_file(path: Path, target: Path, name: str) -> Line:
    try:
        content = read_file(Disk(), path, limit=_MAX_BYTES)[0]
        if len(content) > _MAX_BYTES:
            return Line(f"{name}: left where it is, because it is larger than 64 MiB", good=False)
        if target.exists():
            same = read_file(Disk(), target, limit=_MAX_BYTES)[0] == content
            return Line(f"{name}: there already" + ("" if same else ", with other content; yours stays"))
        write_whole_file(target, content)
    except OSError as error:
        return Line(f"{name}: cannot be read ({error.strerror})", good=False)
    except CozyGenError as error:
        return Line(f"{name}: {error.message}", good=False)
    return Line(f"{name}: new")


def _join_aliases(ours: Value, theirs: Value) -> int:
    """In the full shape unless both are bare; names are equal in any case."""
    if not ours or (is_bare(ours) != is_bare(theirs)):
        _make_full(ours, bare=is_bare(theirs))
        if not is_bare(ours):
            _make_full(theirs, bare=False)
    items = theirs if is_bare(theirs) else theirs["items"]
    for name in [name for name in texts_of(theirs) if stored_name(ours, name) not in (None, name)]:
        del items[name]
    return adopt(ours, theirs)


def _make_full(value: Value, *, bare: bool) -> None:
    if is_bare(value) and not (bare and not value):
        texts = {name: value.pop(name) for name in texts_of(value)}
        value.update(items=texts, categories={}, categoryList=[])


def _join_presets(ours: Value, theirs: Value) -> int:
    """A preset of another id whose name is taken keeps its values under a new name."""
    for user, section in theirs["users"].items():
        for workflow, presets in section["workflows"].items():
            present = ours["users"].get(user, {}).get("workflows", {}).get(workflow, [])
            _rename_clashing(presets, present)
    return adopt(ours, theirs)


def _rename_clashing(presets: list[Value], present: list[Value]) -> None:
    ids = {str(preset["id"]) for preset in present}
    taken = {same_name(preset["name"]) for preset in present}
    for preset in presets:
        number = 2
        name = preset["name"]
        while str(preset["id"]) not in ids and same_name(preset["name"]) in taken:
            preset["name"] = f"{name} ({number})"
            number += 1


def _join_prompt_raw(ours: Value, theirs: Value) -> int:
    added = adopt(ours, theirs)
    trim(ours)
    return added


_DOCUMENTS: Final[tuple[tuple[DocumentFormat, Joiner], ...]] = (
    (ALIASES, _join_aliases),
    (WORKFLOW_TYPES, adopt),
    (PRESETS, _join_presets),
    (PROMPT_RAW, _join_prompt_raw),
)
