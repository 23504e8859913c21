"""Which texts are prompts. Only these are expanded: a file name or a path is never touched."""

from __future__ import annotations

import re
from typing import Final

_PROMPTS: Final = re.compile(r"prompt|positive|negative|caption")
_TEXT: Final = re.compile(r"(^|[^a-z])(text|tags|wildcard|style)([^a-z]|\Z)")
_NEVER: Final = re.compile(
    r"(^|[^a-z])(checkpoint|ckpt|lora|model|unet|vae|embedding|clip|sampler|scheduler|seed|file|filename|path|"
    r"folder|directory|image|video|audio|mask|url)s?([^a-z]|\Z)"
)
_FILE: Final = re.compile(
    r"^[^,\n]*\.(safetensors|ckpt|pt|pth|bin|gguf|sft|onnx|png|jpe?g|webp|gif|bmp|tiff?|avif|mp4|webm|mov|mkv|wav|mp3|flac|"
    r"json|ya?ml|txt|csv)\Z",
    re.IGNORECASE | re.ASCII,
)
_REFERENCE: Final = re.compile(r"^(output|input|temp)::", re.IGNORECASE | re.ASCII)
_ROLES: Final = frozenset({"positive", "negative", "prompt"})
_ENCODED: Final = frozenset(
    {"text", "text_g", "text_l", "prompt", "positive", "negative", "clip_l", "clip_g", "t5xxl", "llama"}
)


def is_prompt_text(value: object) -> bool:
    """Whether a value could be a prompt at all: text, and no reference to a file."""
    return isinstance(value, str) and not _REFERENCE.match(value) and not _FILE.search(value)


def is_prompt_field(
    name: str,
    *,
    kind: str = "text",
    label: str = "",
    role: str | None = None,
    multiline: bool = False,
    value: object = "",
) -> bool:
    """Whether a form field holds a prompt: a text with that role, a telling name, or several lines."""
    if kind != "text" or not is_prompt_text(value):
        return False
    if role in _ROLES:
        return True
    names = f"{name} {label}".lower().replace("_", " ")
    if _NEVER.search(names):
        return False
    return multiline or bool(_PROMPTS.search(names) or _TEXT.search(names))


def is_prompt_input(class_type: str, name: str, value: object) -> bool:
    """Whether a node's own literal input is encoded as text, as in CLIPTextEncode."""
    encodes = "textencode" in class_type.lower().replace("_", "").replace(" ", "")
    return encodes and name.lower() in _ENCODED and is_prompt_text(value)
