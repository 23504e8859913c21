"""CozyGenChoiceInput: one value out of a list of the host (models, samplers, schedulers)."""

from __future__ import annotations

from typing import Any, ClassVar

from cozygen.node_types.any_type import ANY
from cozygen.node_types.base import CozyGenNode, flag, priority, text

UNSET = "None"
# Lists whose first entry is a sound default; a model is never picked by accident.
WITH_DEFAULT = frozenset({"sampler", "scheduler"})
OLD_NAMES = {"samplers_list": "sampler", "schedulers_list": "scheduler"}


class CozyGenChoiceInput(CozyGenNode):
    """A list field of the form."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen Choice Input"
    DESCRIPTION: ClassVar[str] = "A model, a LoRA, a sampler or a scheduler that CozyGen shows as a list."
    CATEGORY: ClassVar[str] = "CozyGen/Static"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = (ANY,)
    RETURN_NAMES: ClassVar[tuple[str, ...]] = ("choice",)
    FUNCTION: ClassVar[str] = "get_value"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs; no model folder is read here, the graph editor fills `default_choice` itself."""
        return {
            "required": {
                "param_name": text("Choice Parameter", "The field's name in the form."),
                "priority": priority(),
                "choice_type": (cls.host.choice_types(), {"tooltip": "Which list the form offers."}),
                "default_choice": ([UNSET], {"tooltip": "The choice the form starts with."}),
            },
            "optional": {"display_bypass": flag("Offer a switch in the form that skips the connected node.")},
            "hidden": {"value": ("STRING", {"default": ""})},
        }

    @classmethod
    def VALIDATE_INPUTS(  # noqa: N802 - ComfyUI's name
        cls, choice_type: Any = None, default_choice: Any = None
    ) -> bool | str:
        """Naming both inputs keeps ComfyUI from comparing them with the short lists above."""
        if choice_type is None or default_choice is None:
            return True  # linked, not typed
        kind = OLD_NAMES.get(str(choice_type), str(choice_type))
        try:
            cls.host.choices(kind)
        except KeyError:
            return str(cls.fault("choice_type", f"this ComfyUI has no list named {choice_type!r}"))
        return True

    def get_value(
        self, choice_type: str, default_choice: str = UNSET, value: str = "", **_form_only: Any
    ) -> tuple[str]:
        """The form's value, else the default; an error names what is missing."""
        kind = OLD_NAMES.get(choice_type, choice_type)
        try:
            known = self.host.choices(kind)
        except KeyError:
            message = f"this ComfyUI has no list named {choice_type!r}"
            raise self.fault("choice_type", message) from None
        return (self._chosen(kind, known, value, default_choice),)

    def _chosen(self, kind: str, known: list[str], value: str, default_choice: str) -> str:
        for name, wanted in (("value", value), ("default_choice", default_choice)):
            if wanted and wanted != UNSET:
                return self._spelled(name, kind, known, wanted)
        if kind in WITH_DEFAULT and known:
            return known[0]
        raise self.fault("default_choice", f"nothing is chosen from {kind}")

    def _spelled(self, name: str, kind: str, known: list[str], wanted: str) -> str:
        """`wanted` as this system spells it: a graph from Windows has backslashes in model names."""
        spelled = {entry.replace("\\", "/"): entry for entry in known}
        try:
            return spelled[wanted.replace("\\", "/")]
        except KeyError:
            raise self.fault(name, f"{wanted!r} is not among the {len(known)} choices of {kind}") from None
