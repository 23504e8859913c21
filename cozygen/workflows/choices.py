"""Lists to choose from: sampler names, and the files of a kind of model.

Inside ComfyUI the host's own lists count; the sketch engine offers these names
and the files of its models folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from cozygen.storage.confine import relative_parts

ALIASES: Mapping[str, str] = {
    "samplers_list": "sampler",
    "schedulers_list": "scheduler",
    "clip": "text_encoders",
    "unet": "diffusion_models",
    "unet_gguf": "diffusion_models",
}
"""Older and shorter names of a choice type."""

MODEL_KINDS = frozenset(
    {
        "audio_encoders",
        "checkpoints",
        "clip_vision",
        "controlnet",
        "diffusers",
        "diffusion_models",
        "embeddings",
        "gligen",
        "hypernetworks",
        "latent_upscale_models",
        "loras",
        "model_patches",
        "photomaker",
        "style_models",
        "text_encoders",
        "upscale_models",
        "vae",
        "vae_approx",
    }
)
"""Kinds whose files may be listed; never `custom_nodes`, `configs` or what may hold secrets."""

# Where ComfyUI looks for a kind besides the folder of its name.
_FOLDERS = {"text_encoders": ("text_encoders", "clip"), "diffusion_models": ("diffusion_models", "unet")}
MODEL_ENDINGS = frozenset({".safetensors", ".sft", ".ckpt", ".pt", ".pt2", ".bin", ".pth", ".pkl", ".gguf"})

SAMPLERS = (
    "euler",
    "euler_cfg_pp",
    "euler_ancestral",
    "euler_ancestral_cfg_pp",
    "heun",
    "heunpp2",
    "dpm_2",
    "dpm_2_ancestral",
    "lms",
    "dpm_fast",
    "dpm_adaptive",
    "dpmpp_2s_ancestral",
    "dpmpp_2s_ancestral_cfg_pp",
    "dpmpp_sde",
    "dpmpp_sde_gpu",
    "dpmpp_2m",
    "dpmpp_2m_cfg_pp",
    "dpmpp_2m_sde",
    "dpmpp_2m_sde_gpu",
    "dpmpp_3m_sde",
    "dpmpp_3m_sde_gpu",
    "ddpm",
    "lcm",
    "ipndm",
    "ipndm_v",
    "deis",
    "res_multistep",
    "res_multistep_ancestral",
    "gradient_estimation",
    "er_sde",
    "seeds_2",
    "seeds_3",
    "sa_solver",
    "ddim",
    "uni_pc",
    "uni_pc_bh2",
)
SCHEDULERS = (
    "simple",
    "sgm_uniform",
    "karras",
    "exponential",
    "ddim_uniform",
    "beta",
    "normal",
    "linear_quadratic",
    "kl_optimal",
)


class Choices(Protocol):
    """What a host offers to choose from."""

    async def choices(self, kind: str) -> tuple[str, ...] | None:
        """The list of a choice type, aliases resolved; None where there is no such type."""

    async def refresh(self, kind: str) -> None:
        """Forget the list, so that the next question reads it anew."""


def resolved(kind: str) -> str:
    """A choice type without its alias."""
    return ALIASES.get(kind, kind)


def model_files(models: Path, kind: str) -> list[str]:
    """Relative paths of the model files of a kind, sub-folders included, sorted; blocking."""
    folders = _FOLDERS.get(kind, (kind,))
    return sorted({name for folder in folders for name in _files_below(models / folder)})


def model_file(models: Path, kind: str, name: str) -> Path | None:
    """The file of a name that `model_files` lists; None where there is none; blocking.

    Links are followed, as listing does: what they lead to is the owner's wish.
    """
    if kind not in MODEL_KINDS:
        return None
    parts = relative_parts(name)
    for folder in _FOLDERS.get(kind, (kind,)):
        path = models.joinpath(folder, *parts)
        if path.is_file():
            return path
    return None


def _files_below(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root, followlinks=True):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if Path(name).suffix.lower() in MODEL_ENDINGS:
                yield Path(folder, name).relative_to(root).as_posix()
