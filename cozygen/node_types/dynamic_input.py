"""CozyGenDynamicInput: one field whose type follows what it is connected to."""

from __future__ import annotations

from typing import Any, ClassVar

from cozygen.node_types.any_type import ANY
from cozygen.node_types.base import CozyGenNode, flag, priority, text
from cozygen.node_types.conversion import Limits, convert

PARAM_TYPES = ("STRING", "INT", "FLOAT", "BOOLEAN", "DROPDOWN")


class CozyGenDynamicInput(CozyGenNode):
    """A form field; the graph editor fills type, limits and choices from the connected input."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen Dynamic Input"
    DESCRIPTION: ClassVar[str] = (
        "Connect it to any input of any node: that input becomes a field of the CozyGen form."
    )
    CATEGORY: ClassVar[str] = "CozyGen"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = (ANY,)
    RETURN_NAMES: ClassVar[tuple[str, ...]] = ("value",)
    FUNCTION: ClassVar[str] = "get_dynamic_value"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, as ComfyUI asks for them; the last two are spellings of older graphs."""
        return {
            "required": {
                "param_name": text("Dynamic Parameter", "The field's name in the form."),
                "priority": priority(),
                "param_type": (list(PARAM_TYPES), {"tooltip": "Set by connecting the output."}),
                "default_value": text("", "The value the form starts with."),
            },
            "optional": {
                "add_randomize_toggle": flag("Offer a dice in the form."),
                "choice_type": text("", "Which list the choices come from, such as checkpoints."),
                "display_bypass": flag("Offer a switch in the form that skips the connected node."),
                "choices": text(
                    "",
                    "The choices, separated by commas; empty: those of the connected input.",
                    advanced=True,
                ),
                "multiline": flag("Show a large text box in the form."),
                "min_value": _limit("The smallest value; equal to the largest: no limits."),
                "max_value": _limit("The largest value; equal to the smallest: no limits."),
                "step": _limit("The step of the slider; 0: the usual one."),
            },
            "hidden": {
                "increment": ("FLOAT", {"default": 0.0}),
                "Multiline": ("BOOLEAN", {"default": False}),
            },
        }

    @classmethod
    def VALIDATE_INPUTS(  # noqa: N802 - ComfyUI's name
        cls,
        param_type: str | None = None,
        default_value: Any = None,
        min_value: float | None = None,
        max_value: float | None = None,
    ) -> bool | str:
        """True, or the sentence ComfyUI shows at this node before anything runs."""
        if param_type is None:
            return True  # linked, not typed
        if param_type not in PARAM_TYPES:
            return f"{cls.DISPLAY_NAME}, param_type: {param_type!r} is not one of {', '.join(PARAM_TYPES)}"
        if default_value is None:
            return True
        try:
            convert(param_type, default_value, _limits(min_value, max_value))
        except ValueError as problem:
            return str(cls.fault("default_value", str(problem)))
        return True

    def get_dynamic_value(
        self,
        param_type: str,
        default_value: Any,
        min_value: float = 0.0,
        max_value: float = 0.0,
        **_form_only: Any,
    ) -> tuple[Any]:
        """The value in its type; an error instead of a silent 0."""
        try:
            return (convert(param_type, default_value, _limits(min_value, max_value)),)
        except ValueError as problem:
            raise self.fault("default_value", str(problem)) from None


def _limit(tooltip: str) -> tuple[str, dict[str, Any]]:
    return (
        "FLOAT",
        {"default": 0.0, "min": -1e20, "max": 1e20, "step": 0.001, "tooltip": tooltip, "advanced": True},
    )


def _limits(low: float | None, high: float | None) -> Limits:
    return Limits(float(low or 0.0), float(high or 0.0))
