"""A workflow file from elsewhere: read, checked, and given a free name."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from cozygen.errors import InvalidError
from cozygen.storage import json_text
from cozygen.workflows.files import ENDING, WorkflowFiles
from cozygen.workflows.graph import parse_graph

_LONGEST_STEM: Final = 100
# What some system's file names cannot hold, and what a shell or a browser would stumble over.
_ODD: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*%\ud800-\udfff]+')


class Taken(NamedTuple):
    """The workflow that a file became; `already` when the very same one was there."""

    workflow: str
    already: bool


def take_in(files: WorkflowFiles, folder: str, name: str, data: bytes) -> Taken:
    """Keep one file as a new workflow of `folder`; blocking.

    Raises InvalidError `bad json` or `invalid name`, UnprocessableError (`ui_format`,
    `not_a_workflow`, `too_many_nodes`), ForbiddenError for a folder outside, or a storage error.
    """
    stem = stem_of(name)
    try:
        document = json_text.loads(data)
    except json_text.JsonTextError as error:
        raise InvalidError("This file is not JSON.", code="bad json") from error
    graph = parse_graph(document)
    place = f"{folder.strip('/')}/{stem}" if folder.strip("/") else stem
    saved, already = files.add(place, graph, _ui_graph(document))
    return Taken(saved, already)


def stem_of(name: str) -> str:
    """What a file is to be called, without its ending. Raises InvalidError for another ending, or no name."""
    base = PurePosixPath(name.replace("\\", "/").replace("\0", "")).name
    if not base.lower().endswith(ENDING):
        raise InvalidError("A workflow's name ends in .json.", code="invalid name")
    stem = unicodedata.normalize("NFC", _ODD.sub("_", base[: -len(ENDING)])).strip(" .")
    if not stem.strip("_"):
        raise InvalidError("This file has no name.", code="invalid name")
    return stem[:_LONGEST_STEM].rstrip(" .")


def _ui_graph(document: Any) -> Any:
    """The editor's graph of a file that holds both."""
    ui_graph = document.get("workflow") if isinstance(document.get("prompt"), dict) else None
    return ui_graph if isinstance(ui_graph, dict) else None
