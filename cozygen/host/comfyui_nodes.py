"""What CozyGen's nodes ask of the ComfyUI that runs them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cozygen.host import comfyui_choices
from cozygen.node_types.arrays import Bytes
from cozygen.node_types.node_host import FileMemory, PrefixError, SavedFile, SaveTarget

log = logging.getLogger(__name__)
EVENTS = {"images": "cozygen_batch_ready", "video": "cozygen_video_ready"}


class ComfyNodeHost:
    """Folders and choices by `folder_paths`; saved files are announced to whoever queued the run."""

    def __init__(self) -> None:
        self.memory: FileMemory | None = None

    def output_folder(self) -> Path:
        """The output root."""
        import folder_paths

        return Path(folder_paths.get_output_directory())

    def input_folder(self) -> Path:
        """The input root."""
        import folder_paths

        return Path(folder_paths.get_input_directory())

    def save_target(self, prefix: str, width: int, height: int) -> SaveTarget:
        """ComfyUI's own rule: it expands the prefix and keeps the file inside the output root."""
        import folder_paths

        try:
            folder, stem, counter, subfolder, _ = folder_paths.get_save_image_path(
                prefix, folder_paths.get_output_directory(), width, height
            )
        except OSError:
            raise
        except Exception as problem:  # ComfyUI has no narrower one; its text names folders of the machine
            raise PrefixError("it leads outside the output folder, or is no file name") from problem
        Path(folder).mkdir(parents=True, exist_ok=True)
        return SaveTarget(Path(folder), subfolder.replace("\\", "/"), stem, counter)

    def choice_types(self) -> list[str]:
        """Model folders, `sampler`, `scheduler`."""
        return comfyui_choices.choice_types()

    def choices(self, kind: str) -> list[str]:
        """The values of one kind; KeyError for an unknown one."""
        return comfyui_choices.choices(kind)

    def writes_metadata(self) -> bool:
        """False with `--disable-metadata`."""
        from comfy.cli_args import args

        return not args.disable_metadata

    def running(self) -> tuple[str | None, str | None]:
        """(prompt id, node id) of the node on this thread."""
        from comfy_execution.utils import get_executing_context

        context = get_executing_context()
        if context is not None:
            return context.prompt_id, context.node_id
        return getattr(_prompt_server(), "last_prompt_id", None), None

    def wrote(self, file: SavedFile, pixels: Bytes) -> None:
        """Keep the thumbnail now, while the pixels are at hand."""
        if self.memory is not None:
            self.memory.wrote(file, pixels)

    def saved(self, kind: str, files: list[SavedFile]) -> None:
        """Remember the files, then tell the client whose run it is (never everybody)."""
        if self.memory is not None:
            self.memory.saved(files)
        server = _prompt_server()
        client_id = getattr(server, "client_id", None)
        if client_id is None or not files:
            return
        server.send_sync(EVENTS[kind], announcement(kind, files), client_id)


def announcement(kind: str, files: list[SavedFile]) -> dict[str, Any]:
    """The predecessor's event, with the run and the node in it and encoded addresses."""
    entries = [_entry(file) for file in files]
    whose = {"prompt_id": files[0].prompt_id, "node": files[0].node_id}
    if kind == "images":
        return {"status": "images_generated", "images": entries, **whose}
    entry = entries[0]
    return {"status": "video_generated", "video_url": entry.pop("url"), **entry, **whose}


def _entry(file: SavedFile) -> dict[str, str]:
    place = {"filename": file.path.name, "subfolder": file.subfolder, "type": "output"}
    return {"url": "/view?" + urlencode(place), **place}


def _prompt_server() -> Any:
    from server import PromptServer

    return PromptServer.instance
