"""Small graphs that tests build on, and a host that describes their classes."""

from __future__ import annotations

from typing import Any

from cozygen.workflows.graph import Graph
from cozygen.workflows.node_info import NodeInfo, read_node_info


def node(class_type: str, title: str | None = None, **inputs: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"class_type": class_type, "inputs": inputs}
    if title:
        made["_meta"] = {"title": title}
    return made


def text_to_image() -> Graph:
    """The graph that everybody starts with."""
    return {
        "3": node(
            "KSampler",
            seed=5,
            steps=20,
            cfg=8.0,
            sampler_name="euler",
            scheduler="normal",
            denoise=1.0,
            model=["4", 0],
            positive=["6", 0],
            negative=["7", 0],
            latent_image=["5", 0],
        ),
        "4": node("CheckpointLoaderSimple", ckpt_name="cozy.safetensors"),
        "5": node("EmptyLatentImage", width=512, height=768, batch_size=1),
        "6": node("CLIPTextEncode", text="a cat", clip=["4", 1]),
        "7": node("CLIPTextEncode", text="blurry", clip=["4", 1]),
        "8": node("VAEDecode", samples=["3", 0], vae=["4", 2]),
        "9": node("SaveImage", filename_prefix="x", images=["8", 0]),
    }


def dynamic(name: str, kind: str, value: Any, **more: Any) -> dict[str, Any]:
    return node("CozyGenDynamicInput", param_name=name, param_type=kind, default_value=value, **more)


OBJECT_INFO: dict[str, dict[str, Any]] = {
    "KSampler": {
        "input": {
            "required": {
                "model": ["MODEL"],
                "seed": ["INT", {"default": 0, "min": 0, "max": 2**64 - 1, "control_after_generate": True}],
                "steps": ["INT", {"default": 20, "min": 1, "max": 10000}],
                "cfg": ["FLOAT", {"default": 8.0, "min": 0.0, "max": 100.0, "step": 0.1}],
                "sampler_name": [["euler", "heun"], {}],
                "scheduler": ["COMBO", {"options": ["normal", "karras"]}],
                "positive": ["CONDITIONING"],
                "negative": ["CONDITIONING"],
                "latent_image": ["LATENT"],
                "denoise": ["FLOAT", {"default": 1.0, "min": 0.0, "max": 1.0, "step": 0.01}],
            }
        },
        "output": ["LATENT"],
    },
    "CheckpointLoaderSimple": {
        "input": {"required": {"ckpt_name": [["cozy.safetensors", "other.safetensors"]]}},
        "output": ["MODEL", "CLIP", "VAE"],
        "display_name": "Load Checkpoint",
    },
    "EmptyLatentImage": {
        "input": {
            "required": {
                "width": ["INT", {"default": 512, "min": 16, "max": 16384, "step": 8}],
                "height": ["INT", {"default": 512, "min": 16, "max": 16384, "step": 8}],
                "batch_size": ["INT", {"default": 1, "min": 1, "max": 4096}],
            }
        },
        "output": ["LATENT"],
    },
    "CLIPTextEncode": {
        "input": {"required": {"text": ["STRING", {"multiline": True}], "clip": ["CLIP"]}},
        "output": ["CONDITIONING"],
        "display_name": "CLIP Text Encode (Prompt)",
    },
    "VAEDecode": {"input": {"required": {"samples": ["LATENT"], "vae": ["VAE"]}}, "output": ["IMAGE"]},
    "SaveImage": {
        "input": {"required": {"images": ["IMAGE"], "filename_prefix": ["STRING", {"default": "ComfyUI"}]}},
        "output": [],
        "output_node": True,
    },
    "LoraLoader": {
        "input": {
            "required": {
                "model": ["MODEL"],
                "clip": ["CLIP"],
                "lora_name": [["a.safetensors", "b.safetensors"]],
                "strength_model": ["FLOAT", {"min": -100.0, "max": 100.0, "step": 0.01}],
                "strength_clip": ["FLOAT", {"min": -100.0, "max": 100.0, "step": 0.01}],
            }
        },
        "output": ["MODEL", "CLIP"],
    },
    "LoraLoaderModelOnly": {
        "input": {
            "required": {"model": ["MODEL"], "lora_name": [["a.safetensors"]], "strength_model": ["FLOAT"]}
        },
        "output": ["MODEL"],
    },
    "ModelMerge": {
        "input": {"required": {"base_model": ["MODEL"], "other_model": ["MODEL"]}},
        "output": ["MODEL"],
    },
    "ControlNetLoader": {
        "input": {"required": {"control_net_name": [["c.safetensors"]]}},
        "output": ["CONTROL_NET"],
    },
    "ControlNetApplyAdvanced": {
        "input": {
            "required": {
                "positive": ["CONDITIONING"],
                "negative": ["CONDITIONING"],
                "control_net": ["CONTROL_NET"],
                "image": ["IMAGE"],
                "strength": ["FLOAT"],
            }
        },
        "output": ["CONDITIONING", "CONDITIONING"],
    },
    "ImageScale": {
        "input": {"required": {"image": ["IMAGE"], "upscale_method": [["nearest-exact", "lanczos"]]}},
        "output": ["IMAGE"],
    },
    "LoadImage": {"input": {"required": {"image": [["a.png"]]}}, "output": ["IMAGE", "MASK"]},
    "CozyGenDynamicInput": {"input": {}, "output": ["*"]},
    "CozyGenChoiceInput": {"input": {}, "output": ["*"]},
}


class FakeNodes:
    """A host that knows the classes above."""

    async def node_info(self, class_type: str) -> NodeInfo | None:
        raw = OBJECT_INFO.get(class_type)
        return read_node_info(class_type, raw) if raw else None


class FakeChoices:
    """A host with fixed lists."""

    def __init__(self, **lists: tuple[str, ...]) -> None:
        self.lists = lists

    async def choices(self, kind: str) -> tuple[str, ...] | None:
        return self.lists.get(kind)

    async def refresh(self, kind: str) -> None:
        self.lists.pop(kind, None)
