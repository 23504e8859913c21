"""`folder_paths` with ComfyUI's semantics over folders of a test."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

MODEL_FILES = {".safetensors", ".ckpt", ".pt"}


def make(base: Path, *, newest: bool) -> ModuleType:
    """A module over `base`; the newest ComfyUI also has `get_system_user_directory`."""
    module = ModuleType("folder_paths")
    for name in ("output", "input", "temp", "user", "models", "custom_nodes"):
        (base / name).mkdir(parents=True, exist_ok=True)
    models = base / "models"
    module.__dict__.update(
        base_path=str(base),
        models_dir=str(models),
        filename_list_cache={},
        folder_names_and_paths={
            "checkpoints": ([str(models / "checkpoints")], MODEL_FILES),
            "loras": ([str(models / "loras")], MODEL_FILES),
            "vae": ([str(models / "vae")], MODEL_FILES),
            "text_encoders": ([str(models / "text_encoders"), str(models / "clip")], MODEL_FILES),
            "diffusion_models": ([str(models / "unet"), str(models / "diffusion_models")], MODEL_FILES),
            "configs": ([str(models / "configs")], {".yaml"}),
            "custom_nodes": ([str(base / "custom_nodes")], set()),
        },
        get_output_directory=lambda: str(base / "output"),
        get_input_directory=lambda: str(base / "input"),
        get_temp_directory=lambda: str(base / "temp"),
        get_user_directory=lambda: str(base / "user"),
        get_save_image_path=get_save_image_path,
    )
    module.__dict__["get_filename_list"] = lambda kind: _listed(module, kind)
    module.__dict__["get_full_path"] = lambda kind, name: _full_path(module, kind, name)
    module.__dict__["get_folder_paths"] = lambda kind: list(module.folder_names_and_paths[kind][0])
    if newest:
        module.__dict__["get_system_user_directory"] = lambda name: str(base / "user" / f"__{name}")
    return module


def _listed(module: ModuleType, kind: str) -> list[str]:
    """Cached until the entry is removed, as ComfyUI's is until a folder's mtime changes."""
    kind = {"unet": "diffusion_models", "clip": "text_encoders"}.get(kind, kind)
    paths, endings = module.folder_names_and_paths[kind]
    cache = module.filename_list_cache
    if kind not in cache:
        cache[kind] = sorted({name for path in paths for name in _files(Path(path), endings)})
    return list(cache[kind])


def _full_path(module: ModuleType, kind: str, name: str) -> str | None:
    kind = {"unet": "diffusion_models", "clip": "text_encoders"}.get(kind, kind)
    inside = os.path.relpath(Path("/", name), "/")
    found = (Path(path, inside) for path in module.folder_names_and_paths.get(kind, ([],))[0])
    return next((str(path) for path in found if path.is_file()), None)


def _files(root: Path, endings: set[str]) -> list[str]:
    found = [path for path in root.rglob("*") if path.is_file()]
    return [os.path.relpath(path, root) for path in found if not endings or path.suffix.lower() in endings]


def get_save_image_path(
    prefix: str, output: str, width: int = 0, height: int = 0
) -> tuple[str, str, int, str, str]:
    """(folder, name, counter, subfolder, prefix); refuses to leave the output folder."""
    prefix = prefix.replace("%width%", str(width)).replace("%height%", str(height))
    subfolder, name = os.path.split(os.path.normpath(prefix))
    folder = os.path.normpath(Path(output) / subfolder)
    if os.path.commonpath((output, folder)) != output:
        raise Exception("Saving image outside the output folder is not allowed.")
    Path(folder).mkdir(parents=True, exist_ok=True)
    used = [_number(entry.name, name) for entry in Path(folder).iterdir()]
    return folder, name, max(used, default=0) + 1, subfolder, prefix


def _number(entry: str, name: str) -> int:
    rest = entry.removeprefix(name + "_").split("_")[0]
    return int(rest) if entry.startswith(name + "_") and rest.isdigit() else 0
