"""Graphs with a node that can be switched off, in every shape that people build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cozygen.workflows.graph import Graph
from tests.workflows.graphs import node

MODELS = {
    "checkpoints": ("base.safetensors", "sd_xl_base_1.0.safetensors"),
    "loras": (
        "a.safetensors",
        "b.safetensors",
        "style.safetensors",
        "motion-high.safetensors",
        "motion-low.safetensors",
    ),
    "controlnet": ("c.safetensors",),
    "upscale_models": ("u.pth",),
    "vae": ("v.safetensors", "ae.safetensors", "wan_2.1_vae.safetensors"),
    "diffusion_models": (
        "flux1-dev.safetensors",
        "wan2.1_t2v_1.3B_fp16.safetensors",
        "wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors",
        "wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors",
    ),
    "text_encoders": (
        "clip_l.safetensors",
        "t5xxl_fp8_e4m3fn.safetensors",
        "umt5_xxl_fp8_e4m3fn_scaled.safetensors",
    ),
}
"""Empty files that the graphs and the examples name, by folder."""
PICTURE = "picture.png"


@dataclass(frozen=True)
class Shape:
    """A graph, the fields that are switched off, and whether that is possible."""

    graph: Graph
    bypassed: tuple[str, ...]
    refused: bool = False


def switch(name: str, value: Any, kind: str = "DROPDOWN") -> dict[str, Any]:
    return node("CozyGenDynamicInput", param_name=name, priority=1, param_type=kind, default_value=value,
                choice_type="loras", display_bypass=True)  # fmt: skip


def linked(name: str) -> dict[str, Any]:
    """An input that reads the switch."""
    return {name: ["20", 0]}


def base(model: Any = ("4", 0), clip: Any = ("4", 1), **more: dict[str, Any]) -> Graph:
    """Text to image, its sampler and encoders fed as told."""
    return {
        "4": node("CheckpointLoaderSimple", ckpt_name="base.safetensors"),
        "6": node("CLIPTextEncode", text="a cat", clip=list(clip)),
        "7": node("CLIPTextEncode", text="blurry", clip=list(clip)),
        "5": node("EmptyLatentImage", width=512, height=512, batch_size=1),
        "3": sampler(model=list(model)),
        "8": node("VAEDecode", samples=["3", 0], vae=["4", 2]),
        "9": node("SaveImage", filename_prefix="x", images=["8", 0]),
        **more,
    }


def sampler(**changed: Any) -> dict[str, Any]:
    numbers = {"seed": 1, "steps": 2, "cfg": 8.0, "denoise": 1.0}
    names = {"sampler_name": "euler", "scheduler": "normal"}
    links = {"model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0]}
    return node("KSampler", **{**numbers, **names, **links, **changed})


def lora(name: Any, model: Any = ("4", 0), clip: Any = ("4", 1), strength: Any = 1.0) -> dict[str, Any]:
    return node("LoraLoader", lora_name=name, strength_model=strength, strength_clip=1.0,
                model=list(model), clip=list(clip))  # fmt: skip


def chain(*off: int) -> Shape:
    """Three LoRAs one after another."""
    loras: Graph = {}
    before = "4"
    for number in (1, 2, 3):
        loras[f"1{number}"] = lora([f"2{number}", 0], (before, 0), (before, 1))
        loras[f"2{number}"] = switch(f"lora {number}", "a.safetensors")
        before = f"1{number}"
    return Shape(base(("13", 0), ("13", 1), **loras), tuple(f"lora {number}" for number in off))


def on_latent(class_type: str, name: str, value: Any, kind: str, **inputs: Any) -> Shape:
    """A node between the empty latent and the sampler."""
    made = node(class_type, **inputs, samples=["5", 0], **linked(name))
    graph = base(**{"10": made, "20": switch("off", value, kind)})
    graph["3"]["inputs"]["latent_image"] = ["10", 0]
    return Shape(graph, ("off",))


def on_image(class_type: str, name: str, value: Any, kind: str, **inputs: Any) -> Shape:
    """A node between decoding and saving."""
    given: dict[str, Any] = {key: ["8", 0] if entry == "decoded" else entry for key, entry in inputs.items()}
    made = node(class_type, **given, **linked(name))
    graph = base(**{"10": made, "20": switch("off", value, kind)})
    graph["9"]["inputs"]["images"] = ["10", 0]
    return Shape(graph, ("off",))


def on_model(class_type: str, name: str, value: Any, kind: str, **inputs: Any) -> Shape:
    """A node between the checkpoint and the sampler's model."""
    made = node(class_type, **inputs, model=["4", 0], **linked(name))
    return Shape(base(("10", 0), **{"10": made, "20": switch("off", value, kind)}), ("off",))


def on_conditioning(class_type: str, name: str, value: Any, kind: str, **inputs: Any) -> Shape:
    """A node between the encoder and the sampler's positive side."""
    made = node(class_type, **inputs, conditioning=["6", 0], **linked(name))
    graph = base(**{"10": made, "20": switch("off", value, kind)})
    graph["3"]["inputs"]["positive"] = ["10", 0]
    return Shape(graph, ("off",))


def controlnet(controlled: str) -> Shape:
    """Both sides pass through a ControlNet; the switch feeds its strength or its loader."""
    strength: Any = ["20", 0] if controlled == "strength" else 1.0
    loader: Any = ["20", 0] if controlled == "loader" else "c.safetensors"
    graph = base(
        **{
            "10": node("ControlNetApplyAdvanced", positive=["6", 0], negative=["7", 0], control_net=["11", 0],
                       image=["12", 0], strength=strength, start_percent=0.0, end_percent=1.0),
            "11": node("ControlNetLoader", control_net_name=loader),
            "12": node("LoadImage", image=PICTURE),
            "20": switch(
                "off", *((1.0, "FLOAT") if controlled == "strength" else ("c.safetensors", "DROPDOWN"))
            ),
        }
    )  # fmt: skip
    graph["3"]["inputs"].update(positive=["10", 0], negative=["10", 1])
    return Shape(graph, ("off",), refused=controlled == "loader")


def merged() -> Shape:
    """The LoRA's model arrives under another name."""
    merge = node("ModelMergeSimple", model1=["10", 0], model2=["4", 0], ratio=0.5)
    graph = base(("15", 0), **{"10": lora(["20", 0]), "15": merge, "20": switch("off", "a.safetensors")})
    return Shape(graph, ("off",))


def two_samplers() -> Shape:
    graph = base(("10", 0), ("10", 1), **{"10": lora(["20", 0]), "20": switch("off", "a.safetensors")})
    graph["30"] = sampler(model=["10", 0], latent_image=["3", 0])
    graph["8"]["inputs"]["samples"] = ["30", 0]
    return Shape(graph, ("off",))


def one_switch_for_two() -> Shape:
    loras = {"10": lora(["20", 0]), "11": lora(["20", 0], ("10", 0), ("10", 1))}
    return Shape(base(("11", 0), ("11", 1), **loras, **{"20": switch("off", "a.safetensors")}), ("off",))


def two_switches_of_one() -> Shape:
    """The file and the strength have a switch each, and both are off."""
    made = {"10": lora(["20", 0], strength=["21", 0]), "20": switch("file", "a.safetensors"),
            "21": switch("strength", 0.5, "FLOAT")}  # fmt: skip
    return Shape(base(("10", 0), ("10", 1), **made), ("file", "strength"))


def strength_left_alone() -> Shape:
    strength = node("CozyGenFloatInput", param_name="strength", priority=1, default_value=0.5,
                    min_value=0.0, max_value=2.0, step=0.1, add_randomize_toggle=False)  # fmt: skip
    made = {"10": lora(["20", 0], strength=["21", 0]), "20": switch("off", "a.safetensors"), "21": strength}
    return Shape(base(("10", 0), ("10", 1), **made), ("off",))


def one_lora() -> Shape:
    graph = base(("10", 0), ("10", 1), **{"10": lora(["20", 0]), "20": switch("off", "a.safetensors")})
    return Shape(graph, ("off",))


def dead_end() -> Shape:
    """Nobody reads what is switched off."""
    return Shape(base(**{"10": lora(["20", 0]), "20": switch("off", "a.safetensors")}), ("off",))


def clip_only() -> Shape:
    """Only one of the two outputs is read."""
    graph = base(clip=("10", 1), **{"10": lora(["20", 0]), "20": switch("off", "a.safetensors")})
    return Shape(graph, ("off",))


def choice_node() -> Shape:
    chooser = node("CozyGenChoiceInput", param_name="off", priority=1, choice_type="loras",
                   default_choice="a.safetensors", display_bypass=True, value="a.safetensors")  # fmt: skip
    return Shape(base(("10", 0), ("10", 1), **{"10": lora(["20", 0]), "20": chooser}), ("off",))


def whole_sampler() -> Shape:
    """A second pass that can be left out: its latent passes through."""
    second = sampler(sampler_name=["20", 0], latent_image=["3", 0])
    graph = base(**{"30": second, "20": switch("off", "euler")})
    graph["8"]["inputs"]["samples"] = ["30", 0]
    return Shape(graph, ("off",))


def without_way_through(class_type: str, **inputs: Any) -> Shape:
    graph = base(**{"20": switch("off", next(iter(inputs.values())))})
    name = next(iter(inputs))
    if class_type == "VAELoader":
        graph["8"]["inputs"]["vae"] = ["10", 0]
    elif class_type == "EmptyLatentImage":
        graph["3"]["inputs"]["latent_image"] = ["10", 0]
    else:
        graph["9"] = node(class_type, images=["8", 0], **linked(name))
        return Shape(graph, ("off",), refused=True)
    rest: dict[str, Any] = (
        {"width": 512, "height": 512, "batch_size": 1} if class_type == "EmptyLatentImage" else {}
    )
    graph["10"] = node(class_type, **{**rest, name: ["20", 0]})
    return Shape(graph, ("off",), refused=True)


def clip_layer() -> Shape:
    made = node("CLIPSetLastLayer", stop_at_clip_layer=["20", 0], clip=["4", 1])
    return Shape(base(clip=("10", 0), **{"10": made, "20": switch("off", -2, "INT")}), ("off",))


SHAPES: dict[str, Shape] = {
    "a lora": one_lora(),
    "nothing is off": chain(),
    "first of three loras": chain(1),
    "second of three loras": chain(2),
    "third of three loras": chain(3),
    "outer two of three loras": chain(1, 3),
    "all of three loras": chain(1, 2, 3),
    "all of three loras, last first": chain(3, 2, 1),
    "a lora for the model only": on_model("LoraLoaderModelOnly", "lora_name", "a.safetensors", "DROPDOWN",
                                          strength_model=1.0),
    "a lora into an input of another name": merged(),
    "a lora with two readers": two_samplers(),
    "a lora of which only the clip is read": clip_only(),
    "a lora that nobody reads": dead_end(),
    "one switch for two loras": one_switch_for_two(),
    "two switches of one lora": two_switches_of_one(),
    "a lora whose strength is a field": strength_left_alone(),
    "a choice node": choice_node(),
    "a controlnet by its strength": controlnet("strength"),
    "a controlnet by its file": controlnet("loader"),
    "a clip layer": clip_layer(),
    "a model patch": on_model("FreeU_V2", "b1", 1.3, "FLOAT", b2=1.4, s1=0.9, s2=0.2),
    "a sampling patch": on_model("RescaleCFG", "multiplier", 0.7, "FLOAT"),
    "a latent upscale": on_latent("LatentUpscaleBy", "scale_by", 1.5, "FLOAT", upscale_method="bilinear"),
    "a latent batch": on_latent("RepeatLatentBatch", "amount", 2, "INT"),
    "a picture scaled": on_image("ImageScaleBy", "scale_by", 2.0, "FLOAT", image="decoded",
                                 upscale_method="lanczos"),
    "a picture sharpened": on_image("ImageSharpen", "alpha", 1.0, "FLOAT", image="decoded", sharpen_radius=1,
                                    sigma=1.0),
    "a blend of two pictures": on_image("ImageBlend", "blend_factor", 0.5, "FLOAT", image1="decoded",
                                        image2="decoded", blend_mode="normal"),
    "a time range": on_conditioning("ConditioningSetTimestepRange", "start", 0.0, "FLOAT", end=1.0),
    "an area's strength": on_conditioning("ConditioningSetAreaStrength", "strength", 1.0, "FLOAT"),
    "a whole second pass": whole_sampler(),
    "a loader without a way through": without_way_through("VAELoader", vae_name="v.safetensors"),
    "a source without a way through": without_way_through("EmptyLatentImage", batch_size=1),
    "an output": without_way_through("SaveImage", filename_prefix="x"),
}  # fmt: skip
