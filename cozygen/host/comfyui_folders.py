"""ComfyUI's folders, asked at use time: options and other packs may move them until the server runs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from cozygen.settings import Settings, env_name

SYSTEM_USER = "cozygen"


class ComfyFolders:
    """`folder_paths` as CozyGen's folders; `COZYGEN_*` settings come first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def data(self) -> Path:
        """`COZYGEN_DATA_DIR`, else ComfyUI's system-user folder `user/__cozygen`."""
        return self._settings.data_dir or system_user_folder()

    @property
    def workflows(self) -> Path:
        """`workflows` in the data folder, unless set."""
        return self._settings.workflows_dir or self.data / "workflows"

    @property
    def models(self) -> Path:
        """ComfyUI's own models folder; further ones are known by `choices` only."""
        import folder_paths

        return self._settings.models_dir or Path(folder_paths.models_dir)

    @property
    def input(self) -> Path:
        """ComfyUI's input folder."""
        import folder_paths

        return Path(folder_paths.get_input_directory())

    def outputs(self) -> list[Path]:
        """ComfyUI's output folder first, then the ones that were added by setting."""
        import folder_paths

        return [Path(folder_paths.get_output_directory()), *self._settings.extra_output_dirs]


def data_folder(environ: Mapping[str, str]) -> Path:
    """The data folder before the settings are read, because `.env` lies in it."""
    named = environ.get(env_name("data_dir"))
    return Path(named).expanduser().absolute() if named else system_user_folder()


def system_user_folder() -> Path:
    """`user/__cozygen`: unreachable over `/userdata`, kept through updates of the pack."""
    import folder_paths

    named = getattr(folder_paths, "get_system_user_directory", None)
    if named is not None:
        return Path(named(SYSTEM_USER))
    return Path(folder_paths.get_user_directory(), "__" + SYSTEM_USER)


def make_data_folder(folder: Path) -> str | None:
    """Make the data folder; the reason when it cannot be written, else None."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        return problem.strerror or type(problem).__name__
    return None if os.access(folder, os.W_OK | os.X_OK) else "it is read-only"
