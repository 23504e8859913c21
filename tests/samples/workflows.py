"""Workflows for trying the whole loop without a model: they run on the sketch engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Graph = dict[str, Any]


def _node(class_type: str, title: str = "", **inputs: Any) -> dict[str, Any]:
    node: dict[str, Any] = {"class_type": class_type, "inputs": inputs}
    return {**node, "_meta": {"title": title}} if title else node


def _whole(name: str, priority: int, value: int, lowest: int, highest: int, step: int, **more: Any) -> Any:
    return _node(
        "CozyGenIntInput",
        param_name=name,
        priority=priority,
        default_value=value,
        min_value=lowest,
        max_value=highest,
        step=step,
        add_randomize_toggle=more.get("dice", False),
    )


def _text(name: str, priority: int, value: str) -> Any:
    return _node(
        "CozyGenStringInput", param_name=name, priority=priority, default_value=value, display_multiline=True
    )


def sketch() -> Graph:
    """A prompt becomes a landscape."""
    return {
        "1": _text("Prompt", 0, "misty mountains at sunset, golden light"),
        "2": _text("Negative prompt", 1, "text, watermark"),
        "3": _whole("Width", 2, 832, 64, 2048, 64),
        "4": _whole("Height", 3, 1216, 64, 2048, 64),
        "5": _whole("Seed", 4, 7, 0, 2**64 - 1, 1, dice=True),
        "6": _whole("Steps", 5, 20, 1, 100, 1),
        "7": _whole("Pictures", 6, 1, 1, 16, 1),
        "8": _node(
            "CozyGenSketch",
            positive=["1", 0],
            negative=["2", 0],
            width=["3", 0],
            height=["4", 0],
            seed=["5", 0],
            steps=["6", 0],
            batch_size=["7", 0],
        ),
        "9": _node("CozyGenOutput", images=["8", 0], filename_prefix="CozyGen/sketch"),
    }


def invert() -> Graph:
    """A picture of the input folder in another size and with its colours turned round."""
    return {
        "1": _node("CozyGenImageInput", param_name="Picture", image_filename="sample_from_a_phone.jpg"),
        "2": _node(
            "ImageScale",
            "Size",
            image=["1", 0],
            upscale_method="lanczos",
            width=512,
            height=0,
            crop="disabled",
        ),
        "3": _node("ImageInvert", image=["2", 0]),
        "4": _node("CozyGenOutput", images=["3", 0], filename_prefix="CozyGen/inverted"),
    }


WORKFLOWS = {"Sketch a landscape.json": sketch, "pictures/Invert a picture.json": invert}


def write(folder: Path) -> None:
    """Write all of them below `folder`."""
    for name, make in WORKFLOWS.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(make(), indent=2), encoding="utf-8")
