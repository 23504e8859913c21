"""Forms that were made before: good while the file and everything that was asked for it are the same."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from cozygen.workflows.build_form import ChoiceSource
from cozygen.workflows.files import Workflow
from cozygen.workflows.form import Form
from cozygen.workflows.node_info import NodeInfo, NodeInfoSource

REMEMBERED: Final = 64


@dataclass
class Asked:
    """Passes questions on to the host and remembers the answers."""

    nodes: NodeInfoSource
    lists: ChoiceSource
    infos: dict[str, NodeInfo | None] = field(default_factory=dict)
    names: dict[str, tuple[str, ...] | None] = field(default_factory=dict)

    async def node_info(self, class_type: str) -> NodeInfo | None:
        """The description of a class; None where the host has none."""
        self.infos[class_type] = await self.nodes.node_info(class_type)
        return self.infos[class_type]

    async def choices(self, kind: str) -> tuple[str, ...] | None:
        """The list of a choice type, asked for once."""
        if kind not in self.names:
            self.names[kind] = await self.lists.choices(kind)
        return self.names[kind]

    async def still_true(self) -> bool:
        """Whether the host would answer the same again."""
        for class_type, info in self.infos.items():
            if await self.nodes.node_info(class_type) != info:
                return False
        for kind, names in self.names.items():
            if await self.lists.choices(kind) != names:
                return False
        return True


class MadeForms:
    """The last forms by workflow."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, tuple[Workflow, Asked, Form]] = OrderedDict()

    async def get(self, workflow: Workflow) -> Form | None:
        """The form made of this very reading of the file, if it would be made the same again."""
        known = self._made.get(workflow.name)
        # A file that has not changed is the same object: `WorkflowFiles` reads it once.
        if known is None or known[0].document is not workflow.document:
            return None
        if known[0].ui_graph is not workflow.ui_graph or not await known[1].still_true():
            return None
        self._made.move_to_end(workflow.name)
        return known[2]

    def keep(self, workflow: Workflow, asked: Asked, form: Form) -> None:
        """Remember a form and what was asked for it."""
        self._made[workflow.name] = (workflow, asked, form)
        while len(self._made) > REMEMBERED:
            self._made.popitem(last=False)
