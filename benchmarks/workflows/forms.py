"""How long the form of a large workflow and a long list take: `python -m benchmarks.workflows.forms`."""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cozygen.storage import json_text
from cozygen.workflows.choices import model_file
from cozygen.workflows.endpoints import form_json
from cozygen.workflows.files import WorkflowFiles
from cozygen.workflows.forms import Forms
from cozygen.workflows.model_files import ModelFiles
from cozygen.workflows.node_info import NodeInfo, read_node_info

RECORD = Path(__file__).resolve().parents[2] / "tests" / "vectors" / "comfyui_verdicts.json"
LORAS = tuple(f"folder {n % 20}/lora {n}.safetensors" for n in range(1000))


class Nodes:
    """A real ComfyUI's descriptions, recorded."""

    def __init__(self) -> None:
        self._raw = json.loads(RECORD.read_text("utf-8"))["object_info"]

    async def node_info(self, class_type: str) -> NodeInfo | None:
        """One class, read anew as in a cold start."""
        raw = self._raw.get(class_type)
        return read_node_info(class_type, raw) if raw is not None else None


class Lists:
    """A thousand LoRAs."""

    async def choices(self, kind: str) -> tuple[str, ...] | None:
        """The same list of any kind."""
        return LORAS

    async def refresh(self, kind: str) -> None:
        """Nothing is kept."""


def large(count: int, cozy: bool) -> dict[str, Any]:
    """A checkpoint, a chain of LoRAs with switches, encoders, samplers: `count` nodes."""
    graph: dict[str, Any] = {"1": made("CheckpointLoaderSimple", ckpt_name="base.safetensors")}
    before = "1"
    while len(graph) < count:
        number = len(graph) + 1
        lora, name = f"{number}", f"{number + 1}"
        source: Any = [name, 0] if cozy else LORAS[number % 1000]
        graph[lora] = made("LoraLoader", lora_name=source, strength_model=1.0, strength_clip=1.0,
                           model=[before, 0], clip=[before, 1])  # fmt: skip
        before = lora
        if cozy:
            graph[name] = made("CozyGenDynamicInput", param_name=f"lora {number}", priority=number,
                               param_type="DROPDOWN", default_value=LORAS[5], choice_type="loras",
                               display_bypass=True)  # fmt: skip
        else:
            graph[name] = made("CLIPTextEncode", text="a cat", clip=[before, 1])
    return graph


def made(class_type: str, **inputs: Any) -> dict[str, Any]:
    """A node."""
    return {"class_type": class_type, "inputs": inputs}


def best_ms(work: Callable[[], object], rounds: int = 20) -> float:
    """The fastest of some rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def form(folder: Path, name: str, forms: Forms | None = None) -> None:
    """Read a file and make its form, as the endpoint does; without `forms` from nothing."""
    forms = forms or Forms(WorkflowFiles(folder), Nodes(), Lists())

    async def work() -> None:
        form_json(await forms.form_of(await forms.read(name)))

    asyncio.run(work())


def main() -> None:
    """Prints one line for each measure."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for kind, cozy in (("CozyGen nodes", True), ("plain nodes", False)):
            (folder / f"{kind}.json").write_text(json.dumps(large(300, cozy)))
            cold = best_ms(lambda kind=kind: form(folder, f"{kind}.json"))  # type: ignore[misc]
            forms = Forms(WorkflowFiles(folder), Nodes(), Lists())
            warm = best_ms(lambda kind=kind, forms=forms: form(folder, f"{kind}.json", forms))  # type: ignore[misc]
            print(f"form, 300 {kind:14} cold {cold:6.1f} ms  again {warm:6.1f} ms  (target 30)")
        for number in range(2000):
            path = folder / f"folder {number % 40}" / f"workflow {number}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_text("{}")
        files = WorkflowFiles(folder)
        print(f"list of 2,000 files           {best_ms(files.list):6.1f} ms  (target 20)")
        print(f"the same as JSON              {best_ms(lambda: listed(files)):6.1f} ms")
        print(f"pictures of 1,000 models      {pictures(folder):6.1f} ms")


def listed(files: WorkflowFiles) -> bytes:
    """The list as the endpoint answers it."""
    found = files.list()
    items = [{**file._asdict(), "pinned": False, "type": None} for file in found]
    return json_text.dumps({"workflows": [file.name for file in found], "items": items})


def pictures(folder: Path) -> float:
    """Finding the pictures of a thousand models in twenty folders, each with one."""
    for name in LORAS:
        path = folder / "loras" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        path.with_suffix(".preview.png").touch()
    models = ModelFiles(lambda kind, name: model_file(folder, kind, name))
    return best_ms(lambda: models.previews("loras", LORAS))


if __name__ == "__main__":
    main()
