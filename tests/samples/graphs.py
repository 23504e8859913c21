"""The graphs that the samples claim to come from, as ComfyUI writes them into files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NEGATIVE = "lowres, blurry, watermark, text"


@dataclass(frozen=True)
class Recipe:
    """What a text-to-image run was asked for."""

    positive: str
    seed: int
    width: int
    height: int
    model: str
    lora: str | None = None
    steps: int = 28
    cfg: float = 6.5


def api_graph(recipe: Recipe) -> dict[str, Any]:
    """The API-format graph of a plain text-to-image run, with a LoRA if there is one."""
    model: list[Any] = ["4", 0]
    clip: list[Any] = ["4", 1]
    graph: dict[str, Any] = {
        "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": recipe.model}},
        "5": {
            "class_type": "EmptyLatentImage",
            "inputs": {"width": recipe.width, "height": recipe.height, "batch_size": 1},
        },
        "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0], "vae": ["4", 2]}},
        "9": {"class_type": "SaveImage", "inputs": {"filename_prefix": "sample", "images": ["8", 0]}},
    }
    if recipe.lora:
        graph["10"] = {
            "class_type": "LoraLoader",
            "inputs": {
                "lora_name": recipe.lora,
                "strength_model": 0.8,
                "strength_clip": 0.8,
                "model": model,
                "clip": clip,
            },
        }
        model, clip = ["10", 0], ["10", 1]
    graph["6"] = {"class_type": "CLIPTextEncode", "inputs": {"text": recipe.positive, "clip": clip}}
    graph["7"] = {"class_type": "CLIPTextEncode", "inputs": {"text": NEGATIVE, "clip": clip}}
    graph["3"] = {
        "class_type": "KSampler",
        # ComfyUI really writes NaN here: readers must cope.
        "is_changed": [float("nan")],
        "inputs": {
            "seed": recipe.seed,
            "steps": recipe.steps,
            "cfg": recipe.cfg,
            "sampler_name": "dpmpp_2m",
            "scheduler": "karras",
            "denoise": 1.0,
            "model": model,
            "positive": ["6", 0],
            "negative": ["7", 0],
            "latent_image": ["5", 0],
        },
    }
    return graph


def ui_graph(recipe: Recipe) -> dict[str, Any]:
    """The graph editor's side of the same run: only what identifies it."""
    nodes = [
        {"id": int(node_id), "type": node["class_type"], "pos": [200 * index, 100], "widgets_values": []}
        for index, (node_id, node) in enumerate(api_graph(recipe).items())
    ]
    return {"id": "c0a5e0e0-0000-4000-8000-000000000001", "version": 0.4, "nodes": nodes, "links": []}


def a1111_parameters(recipe: Recipe) -> str:
    """The same run in the words of Automatic1111, which many tools write into JPEGs."""
    model = recipe.model.removesuffix(".safetensors")
    lora = f" <lora:{recipe.lora.removesuffix('.safetensors')}:0.8>" if recipe.lora else ""
    return (
        f"{recipe.positive}{lora}\nNegative prompt: {NEGATIVE}\n"
        f"Steps: {recipe.steps}, Sampler: DPM++ 2M Karras, CFG scale: {recipe.cfg}, Seed: {recipe.seed}, "
        f"Size: {recipe.width}x{recipe.height}, Model: {model}"
    )
