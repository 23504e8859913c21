"""Validation of a queued graph with ComfyUI's errors, word for word (comfyui.md A.4)."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from typing import Any

from cozygen.host.sketch.object_info import NodeClasses, declared_inputs

Prompt = dict[str, Any]
Reason = dict[str, Any]
Config = tuple[Any, dict[str, Any], bool]
_CAST = {"INT": int, "FLOAT": float, "STRING": str, "BOOLEAN": bool}


@dataclass
class Verdict:
    """What may run: `outputs` in order, errors by node, and the refusal if nothing may."""

    outputs: list[str] = field(default_factory=list)
    node_errors: dict[str, Any] = field(default_factory=dict)
    error: dict[str, Any] | None = None


def validate(prompt: Prompt, classes: NodeClasses) -> Verdict:
    """Check a graph; casts its literal inputs in place, as ComfyUI does."""
    outputs, error = _find_outputs(prompt, classes)
    if error is not None:
        return Verdict(error=error)
    check = _Check(prompt, classes)
    good = [node_id for node_id in outputs if check.node(node_id)]
    verdict = Verdict(good, check.node_errors(outputs, set(good)))
    if not good:
        details = "\n".join(f"{entry['message']}: {entry['details']}" for entry in check.own_reasons(outputs))
        verdict.error = _error(
            "prompt_outputs_failed_validation", "Prompt outputs failed validation", details
        )
    return verdict


def _find_outputs(prompt: Prompt, classes: NodeClasses) -> tuple[list[str], dict[str, Any] | None]:
    outputs = []
    for node_id, node in prompt.items():
        class_type = node.get("class_type") if isinstance(node, dict) else None
        if class_type is None:
            message = "Cannot execute because a node is missing the class_type property."
            return [], _error("invalid_prompt", message, f"Node ID '#{node_id}'")
        if class_type not in classes:
            message = f"Cannot execute because node {class_type} does not exist."
            return [], _error("invalid_prompt", message, f"Node ID '#{node_id}'")
        if getattr(classes[class_type], "OUTPUT_NODE", False):
            outputs.append(node_id)
    if not outputs:
        return [], _error("prompt_no_outputs", "Prompt has no outputs", "")
    return outputs, None


def _error(kind: str, message: str, details: str) -> dict[str, Any]:
    return {"type": kind, "message": message, "details": details, "extra_info": {}}


class _Check:
    """One pass over a graph; every node is checked once, without recursion."""

    def __init__(self, prompt: Prompt, classes: NodeClasses) -> None:
        self._prompt = prompt
        self._classes = classes
        self._declared: dict[str, dict[str, Config]] = {}
        self._valid: dict[str, bool] = {}
        self._reasons: dict[str, list[Reason]] = {}

    def node(self, node_id: str) -> bool:
        """Whether a node and all it reads are valid; what waits for itself is not."""
        waiting = [node_id]
        open_nodes: set[str] = set()
        while waiting:
            current = waiting[-1]
            if current in self._valid:
                waiting.pop()
                continue
            missing = [source for source in self._sources(current) if source not in self._valid]
            if missing and current not in open_nodes:
                open_nodes.add(current)
                waiting.extend(missing)
                continue
            waiting.pop()
            # Still missing after its sources had their turn: they wait for this node.
            self._valid[current] = not missing and self._inputs_valid(current)
        return self._valid[node_id]

    def _sources(self, node_id: str) -> list[str]:
        inputs = self._prompt[node_id].get("inputs") or {}
        declared = self._inputs_of_class(node_id)
        links = [inputs[name] for name in declared if isinstance(inputs.get(name), list)]
        return [str(link[0]) for link in links if len(link) == 2 and str(link[0]) in self._prompt]

    def _inputs_of_class(self, node_id: str) -> dict[str, Config]:
        """Asked once: a class may list a folder to answer."""
        kind = self._prompt[node_id]["class_type"]
        if kind not in self._declared:
            self._declared[kind] = declared_inputs(self._classes[kind])
        return self._declared[kind]

    def _class(self, node_id: str) -> Any:
        return self._classes[self._prompt[node_id]["class_type"]]

    def _inputs_valid(self, node_id: str) -> bool:
        inputs = self._prompt[node_id].setdefault("inputs", {})
        valid = True
        for name, config in self._inputs_of_class(node_id).items():
            if name not in inputs:
                if config[2]:
                    self._refuse(
                        node_id, "required_input_missing", "Required input is missing", name, input_name=name
                    )
                    valid = False
            elif isinstance(inputs[name], list):
                valid = self._link_valid(node_id, name, inputs[name], config) and valid
            else:
                valid = self._literal_valid(node_id, name, inputs, config) and valid
        return self._custom_valid(node_id, inputs) and valid if valid else False

    def _link_valid(self, node_id: str, name: str, link: list[Any], config: Config) -> bool:
        if len(link) != 2:
            message = "Bad linked input, must be a length-2 list of [node_id, slot_index]"
            self._refuse(node_id, "bad_linked_input", message, name, name, config, received_value=link)
            return False
        source, slot = str(link[0]), link[1]
        if source not in self._prompt:
            return self._raised(node_id, "KeyError", f"'{source}'")
        types = self._class(source).RETURN_TYPES
        if not isinstance(slot, int) or slot >= len(types):
            return self._raised(node_id, "IndexError", "tuple index out of range")
        received, wanted = types[slot], config[0]
        if not _fits(received, wanted):
            details = f"{name}, received_type({received}) mismatch input_type({wanted})"
            message = "Return type mismatch between linked nodes"
            self._refuse(
                node_id,
                "return_type_mismatch",
                message,
                details,
                name,
                config,
                received_type=received,
                linked_node=link,
            )
            return False
        return self._valid[source]

    def _raised(self, node_id: str, kind: str, text: str) -> bool:
        self._refuse(
            node_id, "exception_during_validation", "Exception when validating node", text,
            exception_type=kind, traceback=[],
        )  # fmt: skip
        return False

    def _literal_valid(self, node_id: str, name: str, inputs: dict[str, Any], config: Config) -> bool:
        kind = config[0]
        if isinstance(kind, str) and kind in _CAST:
            try:
                inputs[name] = _CAST[kind](inputs[name])
            except (ValueError, TypeError, OverflowError) as error:
                message = f"Failed to convert an input value to a {kind} value"
                details = f"{name}, {inputs[name]}, {error}"
                self._refuse(
                    node_id, "invalid_input_type", message, details, name, config,
                    received_value=inputs[name], exception_message=str(error),
                )  # fmt: skip
                return False
        value = inputs[name]
        return self._in_range(node_id, name, value, config) and self._in_list(node_id, name, value, config)

    def _in_range(self, node_id: str, name: str, value: Any, config: Config) -> bool:
        options = config[1]
        if config[0] != "INT" and config[0] != "FLOAT":
            return True
        if "min" in options and value < options["min"]:
            message = f"Value {value} smaller than min of {options['min']}"
            self._refuse(node_id, "value_smaller_than_min", message, name, name, config, received_value=value)
            return False
        if "max" in options and value > options["max"]:
            message = f"Value {value} bigger than max of {options['max']}"
            self._refuse(node_id, "value_bigger_than_max", message, name, name, config, received_value=value)
            return False
        return True

    def _in_list(self, node_id: str, name: str, value: Any, config: Config) -> bool:
        choices = config[0] if isinstance(config[0], list) else config[1].get("options")
        if not isinstance(choices, list) or value in choices or name in self._own_checks(node_id):
            return True
        shown = str(choices) if len(choices) <= 20 else f"(list of length {len(choices)})"
        details = f"{name}: '{value}' not in {shown}"
        self._refuse(
            node_id, "value_not_in_list", "Value not in list", details, name, config, received_value=value
        )
        return False

    def _own_checks(self, node_id: str) -> list[str]:
        """Inputs that the class validates itself."""
        check = getattr(self._class(node_id), "VALIDATE_INPUTS", None)
        return list(inspect.signature(check).parameters) if check else []

    def _custom_valid(self, node_id: str, inputs: dict[str, Any]) -> bool:
        node = self._class(node_id)
        wanted = self._own_checks(node_id)
        given = {
            name: inputs[name] for name in wanted if name in inputs and not isinstance(inputs[name], list)
        }
        if not wanted or (set(given) != set(wanted) and "kwargs" not in wanted):
            return True
        answer = node.VALIDATE_INPUTS(**given)
        if answer is True:
            return True
        details = f"{wanted[0]} - {answer}" if isinstance(answer, str) else wanted[0]
        message = "Custom validation failed for node"
        self._refuse(node_id, "custom_validation_failed", message, details, input_name=wanted[0])
        return False

    def _refuse(
        self, node_id: str, kind: str, message: str, details: str, name: str | None = None,
        config: Config | None = None, **extra: Any,
    ) -> None:  # fmt: skip
        info: dict[str, Any] = {"input_name": name, "input_config": _shown(config)} if name and config else {}
        reason = {"type": kind, "message": message, "details": details, "extra_info": {**info, **extra}}
        self._reasons.setdefault(node_id, []).append(reason)

    def own_reasons(self, outputs: list[str]) -> list[Reason]:
        """The outputs' own errors, without those of what they read."""
        return [reason for node_id in outputs for reason in self._reasons.get(node_id, ())]

    def node_errors(self, outputs: list[str], good: set[str]) -> dict[str, Any]:
        """Errors by node, with the outputs that do not run because of it."""
        return {
            node_id: {
                "errors": reasons,
                "dependent_outputs": [
                    out for out in outputs if out not in good and self._reaches(out, node_id)
                ],
                "class_type": self._prompt[node_id]["class_type"],
            }
            for node_id, reasons in self._reasons.items()
        }

    def _reaches(self, output: str, node_id: str) -> bool:
        waiting, seen = [output], set()
        while waiting:
            current = waiting.pop()
            if current == node_id:
                return True
            if current not in seen:
                seen.add(current)
                waiting.extend(self._sources(current))
        return False


def _shown(config: Config) -> list[Any]:
    kind, options, _required = config
    return [kind] if not options and not isinstance(kind, list) else [kind, options]


def _fits(received: Any, wanted: Any) -> bool:
    """Whether an output's type may go into an input; `*` goes anywhere, lists are COMBO."""
    if received == "*" or wanted == "*" or received == wanted:
        return True
    if isinstance(received, list) or isinstance(wanted, list):
        return str(received) == "COMBO" or str(wanted) == "COMBO"
    return set(str(received).split(",")) <= set(str(wanted).split(","))
