"""The lists of this ComfyUI: model files by kind, samplers, schedulers."""

from __future__ import annotations

from pathlib import Path

SAMPLER = "sampler"
SCHEDULER = "scheduler"
# Files of packs and settings are not choices: they would publish `.env` files.
NOT_MODELS = frozenset({"custom_nodes", "configs", "datasets", "fonts"})
# ComfyUI's own legacy names; graphs still use them.
LEGACY = ("clip", "unet")


def choice_types() -> list[str]:
    """Every kind, sorted; also the kinds that other packs and extra paths add."""
    import folder_paths

    kinds = (set(folder_paths.folder_names_and_paths) - NOT_MODELS).union(LEGACY)
    return [*sorted(kinds), SAMPLER, SCHEDULER]


def choices(kind: str, *, refresh: bool = False) -> list[str]:
    """The values of one kind, in ComfyUI's order; KeyError for an unknown kind."""
    if kind in (SAMPLER, SCHEDULER):
        return _sampling(kind)
    import folder_paths

    if kind not in choice_types():
        raise KeyError(kind)
    if refresh:
        folder_paths.filename_list_cache.pop(_registered(kind), None)
    return list(folder_paths.get_filename_list(_registered(kind)))


def model_file(kind: str, name: str) -> Path | None:
    """The file of a model by its relative path; None for what is no model. ComfyUI keeps it inside."""
    import folder_paths

    if kind in (SAMPLER, SCHEDULER) or kind not in choice_types():
        return None
    found = folder_paths.get_full_path(_registered(kind), name)
    return Path(found) if found else None


def _registered(kind: str) -> str:
    """The key under which ComfyUI keeps a kind: it renamed `clip` and `unet`."""
    import folder_paths

    if kind in folder_paths.folder_names_and_paths:
        return kind
    return {"clip": "text_encoders", "unet": "diffusion_models"}.get(kind, kind)


def _sampling(kind: str) -> list[str]:
    from comfy.samplers import KSampler

    return list(KSampler.SAMPLERS if kind == SAMPLER else KSampler.SCHEDULERS)
