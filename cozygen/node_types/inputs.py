"""The typed inputs of a form: number, whole number, text."""

from __future__ import annotations

from typing import Any, ClassVar

from cozygen.node_types.base import CozyGenNode, flag, priority, text

# JavaScript's canvas keeps whole numbers exactly up to 2**53; Python and the form go further.
MOST_NEGATIVE = -(2**63)
MOST_POSITIVE = 2**64 - 1
WIDEST = 1e18


class CozyGenFloatInput(CozyGenNode):
    """A number field of the form."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen Float Input"
    DESCRIPTION: ClassVar[str] = "A number with limits and a step that CozyGen shows as a field."
    CATEGORY: ClassVar[str] = "CozyGen/Static"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = ("FLOAT",)
    FUNCTION: ClassVar[str] = "get_value"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, as ComfyUI asks for them."""
        return {
            "required": {
                "param_name": text("Float Parameter", "The field's name in the form."),
                "priority": priority(),
                "default_value": _number(1.0, "The value the form starts with."),
                "min_value": _number(0.0, "The smallest value the form accepts."),
                "max_value": _number(1024.0, "The largest value the form accepts."),
                "step": ("FLOAT", {"default": 0.1, "min": 0.0, "max": WIDEST, "step": 0.001}),
            },
            "optional": {"add_randomize_toggle": flag("Offer a dice in the form.")},
        }

    def get_value(self, default_value: float, **_others: Any) -> tuple[float]:
        """The value as given; the form keeps it inside the limits."""
        return (default_value,)


class CozyGenIntInput(CozyGenNode):
    """A whole-number field of the form; seeds up to 2**64 - 1 stay exact."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen Int Input"
    DESCRIPTION: ClassVar[str] = "A whole number (a seed, steps, a size) that CozyGen shows as a field."
    CATEGORY: ClassVar[str] = "CozyGen/Static"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = ("INT",)
    FUNCTION: ClassVar[str] = "get_value"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, as ComfyUI asks for them."""
        return {
            "required": {
                "param_name": text("Int Parameter", "The field's name in the form."),
                "priority": priority(),
                "default_value": _whole(1, "The value the form starts with."),
                "min_value": _whole(0, "The smallest value the form accepts."),
                "max_value": _whole(9999999999, "The largest value the form accepts."),
                "step": ("INT", {"default": 1, "min": 1, "max": 2**53}),
            },
            "optional": {"add_randomize_toggle": flag("Offer a dice in the form.")},
        }

    def get_value(self, default_value: int, **_others: Any) -> tuple[int]:
        """The value as given; the form keeps it inside the limits."""
        return (default_value,)


class CozyGenStringInput(CozyGenNode):
    """A text field of the form."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen String Input"
    DESCRIPTION: ClassVar[str] = "A prompt or any other text that CozyGen shows as a field."
    CATEGORY: ClassVar[str] = "CozyGen/Static"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = ("STRING",)
    FUNCTION: ClassVar[str] = "get_value"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, as ComfyUI asks for them."""
        return {
            "required": {
                "param_name": text("String Parameter", "The field's name in the form."),
                "priority": priority(),
                "default_value": text("", "The text the form starts with."),
            },
            "optional": {"display_multiline": flag("Show a large text box in the form.")},
        }

    def get_value(self, default_value: str, **_others: Any) -> tuple[str]:
        """The text as given."""
        return (default_value,)


def _number(default: float, tooltip: str) -> tuple[str, dict[str, Any]]:
    limits = {"min": -WIDEST, "max": WIDEST, "step": 0.01}
    return ("FLOAT", {"default": default, **limits, "tooltip": tooltip})


def _whole(default: int, tooltip: str) -> tuple[str, dict[str, Any]]:
    return ("INT", {"default": default, "min": MOST_NEGATIVE, "max": MOST_POSITIVE, "tooltip": tooltip})
