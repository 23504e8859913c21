"""Which tag lists there are: the owner's own, those dropped into `tags/`, the shipped ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cozygen.errors import UnprocessableError
from cozygen.storage.data_dir import defaults_folder
from cozygen.storage.document_format import DocumentFormat, Value

MAIN_LIST: Final = "danbooru_tags.md"
FOLDER: Final = "tags"
SHIPPED: Final = (MAIN_LIST, "quality_words.csv")
SCHEMES: Final = ("danbooru", "e621", "merged", "derpibooru", "wd14")
MAX_LISTS: Final = 32
LIST_BYTES: Final = 256 * 1024 * 1024
_ENDINGS: Final = (".md", ".csv", ".txt", ".json", ".jsonl", ".yaml", ".yml", ".gz")
# What these unpack to may be a list; to unpack them is the owner's part.
_PACKED: Final = (".7z", ".zip", ".rar", ".xz", ".bz2", ".zst", ".tar", ".tgz")
_PACKED_BEGIN: Final = (
    b"7z\xbc\xaf\x27\x1c",
    b"PK\x03\x04",
    b"Rar!",
    b"\xfd7zXZ\x00",
    b"BZh",
    b"\x28\xb5\x2f\xfd",
)
_NAME: Final = re.compile(r"[\w][\w .()+-]{0,99}")


UNPACK: Final = (
    "This is a packed file. Unpack it and add the list that is inside; of packed lists only .gz is read."
)


class TagListError(UnprocessableError):
    """A file is no tag list, or too large."""

    code = "bad_tag_list"


@dataclass(frozen=True)
class TagList:
    """One list. `name` is stable: the file's name, with `shipped/` before a default's."""

    name: str
    path: Path
    label: str
    enabled: bool = True
    scheme: str | None = None
    shipped: bool = False

    def stamp(self) -> str:
        """Changes whenever the content may have changed."""
        try:
            state = self.path.stat()
        except OSError as error:
            return f"{self.name}:{type(error).__name__}"
        return f"{self.name}:{state.st_size}:{state.st_mtime_ns}:{state.st_ino}"


def find_lists(data: Path, choices: Mapping[str, Any]) -> list[TagList]:
    """All lists in order of precedence, the owner's before the shipped ones. Blocking."""
    found = [*_own(data), *_shipped(data)]
    decided = [_decide(entry, choices.get("lists", {}).get(entry.name, {})) for entry in found]
    places = {name: place for place, name in enumerate(choices.get("order", []))}
    # Stable: what the owner never ordered keeps its place behind what was ordered.
    return sorted(decided, key=lambda entry: places.get(entry.name, len(places)))


def fingerprint(lists: Iterable[TagList]) -> str:
    """What a compiled index must have been built from. Blocking."""
    return "\n".join(f"{entry.label}:{entry.scheme}:{entry.stamp()}" for entry in lists if entry.enabled)


def _own(data: Path) -> list[TagList]:
    main = data / MAIN_LIST
    paths = [main] if main.exists() and not _is_default(main) else []
    try:
        dropped = sorted((data / FOLDER).iterdir())
    except (FileNotFoundError, NotADirectoryError):
        dropped = []
    paths += [path for path in dropped if is_list_name(path.name) and path.is_file()]
    return [TagList(path.name, path, label_of(path.name)) for path in paths]


def _shipped(data: Path) -> list[TagList]:
    folder = defaults_folder()
    replaced = {name for name in SHIPPED if (data / name).exists() and not _is_default(data / name)}
    kept = [name for name in SHIPPED if name not in replaced and (folder / name).exists()]
    lists = [TagList(f"shipped/{name}", folder / name, _shipped_label(name), shipped=True) for name in kept]
    own_words = data / SHIPPED[1]
    if SHIPPED[1] in replaced:
        lists.append(TagList(own_words.name, own_words, label_of(own_words.name)))
    return lists


def _is_default(path: Path) -> bool:
    """In a checkout the data folder holds the defaults themselves."""
    return path.resolve().parent == defaults_folder().resolve()


def _shipped_label(name: str) -> str:
    return "starter" if name == MAIN_LIST else "quality words"


def _decide(entry: TagList, choice: Mapping[str, Any]) -> TagList:
    scheme = choice.get("scheme")
    return replace(
        entry,
        label=choice.get("label") or entry.label,
        enabled=choice.get("enabled", True) is not False,
        scheme=scheme if scheme in SCHEMES else None,
    )


def is_list_name(name: str) -> bool:
    """Whether a file of that name in `tags/` is taken for a list."""
    return bool(_NAME.fullmatch(name)) and name.lower().endswith(_ENDINGS)


def label_of(name: str) -> str:
    """The label of a file until the owner gives another: `e621_2026.csv.gz` → `e621_2026`."""
    stem = name.lower()
    for ending in (".gz", *_ENDINGS):
        stem = stem.removesuffix(ending)
    return stem


def safe_name(name: str) -> str:
    """The name under which an uploaded list is kept; raises TagListError for one that is no list's."""
    base = re.sub(r"[^\w .()+-]", "_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(". _")
    if _is_packed_name(base):
        raise TagListError(UNPACK)
    if not is_list_name(base):
        raise TagListError(
            "A tag list is a .csv, .txt, .md, .json, .jsonl or .yaml file, or one of these as .gz."
        )
    return base


def packed_lists(data: Path) -> list[str]:
    """Names of packed files in `tags/` that are not read. Blocking."""
    try:
        return sorted(path.name for path in (data / FOLDER).iterdir() if _is_packed_name(path.name))
    except (FileNotFoundError, NotADirectoryError):
        return []


def refuse_packed(path: Path) -> None:
    """Raise TagListError, saying what helps, for a packed file whatever its name. Blocking."""
    with path.open("rb") as file:
        if file.read(8).startswith(_PACKED_BEGIN):
            raise TagListError(UNPACK)


def _is_packed_name(name: str) -> bool:
    return name.lower().endswith(_PACKED) and not name.startswith(".")


def _migrate(value: Value) -> Value:
    return {"version": 1, "lists": value.get("lists") or {}, "order": value.get("order") or []}


CHOICES: Final = DocumentFormat(
    name="tag_lists",
    version=1,
    default=lambda: {"version": 1, "lists": {}, "order": []},
    migrate=_migrate,
)
"""What the owner decided about the lists: enabled, label, category scheme, order."""
