"""Lays into `cozygen/_bundled/` what the wheel holds besides Python: app, extension, defaults."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import CHECKOUT

TARGET = CHECKOUT / "cozygen" / "_bundled"
FOLDERS = {"app": CHECKOUT / "js" / "dist", "web": CHECKOUT / "js" / "web", "data": CHECKOUT / "data"}
# Live documents of a checkout lie beside the defaults; they stay out.
DEFAULTS = ("danbooru_tags.md", "quality_words.csv", "example_aliases.json")


def main() -> None:
    """Make the folder anew."""
    shutil.rmtree(TARGET, ignore_errors=True)
    for name, source in FOLDERS.items():
        for path in sorted(source.rglob("*")):
            relative = path.relative_to(source)
            if path.is_file() and not _hidden(relative) and (name != "data" or path.name in DEFAULTS):
                _copy(path, TARGET / name / relative)


def _hidden(path: Path) -> bool:
    """What the build keeps for itself, such as `.vite/`."""
    return any(part.startswith(".") for part in path.parts)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
