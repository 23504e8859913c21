"""Which folders `cozygen serve` uses, and a clear sentence when one is missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cozygen.host.folders import FixedFolders
from cozygen.settings import Settings, SettingsError, option_name
from cozygen.storage.data_dir import default_data_folder


def decide_folders(settings: Settings, *, cwd: Path, environ: Mapping[str, str]) -> FixedFolders:
    """Settings first, then ComfyUI's folders in `cwd`, then the data folder.

    A folder that was named must exist (SettingsError); one of our own is made.
    """
    data = settings.data_dir or default_data_folder(environ)
    comfyui = find_comfyui(cwd)
    named = {"output": settings.output_dir, "input": settings.input_dir, "models": settings.models_dir}
    places = {
        kind: _named(kind + "_dir", path) if path else _own(comfyui or data, kind)
        for kind, path in named.items()
    }
    extra = tuple(_named("extra_output_dirs", path) for path in settings.extra_output_dirs)
    return FixedFolders(
        data=_make(data),
        workflows=_named("workflows_dir", settings.workflows_dir)
        if settings.workflows_dir
        else _own(data, "workflows"),
        models=places["models"],
        input=places["input"],
        output_roots=(places["output"], *extra),
    )


def find_comfyui(cwd: Path) -> Path | None:
    """A ComfyUI in the current folder, or the current folder itself."""
    for folder in (cwd, cwd / "ComfyUI"):
        if (folder / "comfy").is_dir() and (folder / "folder_paths.py").is_file():
            return folder
    return None


def _named(name: str, path: Path) -> Path:
    if not path.is_dir():
        raise SettingsError(f"{option_name(name)}: the folder {path} does not exist.")
    return path


def _own(base: Path, name: str) -> Path:
    return _make(base / name)


def _make(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"The folder {folder} cannot be made ({error.strerror}).") from error
    return folder
