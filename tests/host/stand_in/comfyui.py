"""One stand-in ComfyUI: its modules in `sys.modules`, packs loaded as ComfyUI loads them."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from tests.host.stand_in import folder_paths as folder_paths_stand_in
from tests.host.stand_in.prompt_server import PromptServer


@dataclass
class ComfyUI:
    """The parts a test looks at."""

    base: Path
    args: SimpleNamespace
    server: PromptServer
    nodes: ModuleType
    folder_paths: ModuleType
    loaded: list[str] = field(default_factory=list)

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.base / "output"

    @property
    def input(self) -> Path:
        """The input folder."""
        return self.base / "input"

    def load_pack(self, folder: Path) -> ModuleType:
        """Import a pack as ComfyUI does: by absolute path, `custom_nodes` not on `sys.path`."""
        name = str(folder).replace(".", "_x_")
        spec = importlib.util.spec_from_file_location(name, folder / "__init__.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        finally:
            self.loaded.append(name)
        self._register(module, folder)
        return module

    def _register(self, module: ModuleType, folder: Path) -> None:
        web_directory = getattr(module, "WEB_DIRECTORY", None)
        if web_directory is not None and (folder / web_directory).is_dir():
            self.nodes.EXTENSION_WEB_DIRS[folder.name] = str((folder / web_directory).absolute())
        for node_id, node in module.NODE_CLASS_MAPPINGS.items():
            self.nodes.NODE_CLASS_MAPPINGS[node_id] = node
            node.RELATIVE_PYTHON_MODULE = f"custom_nodes.{folder.name}"


@contextmanager
def running(base: Path, *, newest: bool, **options: Any) -> Iterator[ComfyUI]:
    """A ComfyUI that is importing its packs; its modules vanish at the end."""
    args = SimpleNamespace(**{**DEFAULT_OPTIONS, "newest": newest, **options})
    before = dict(sys.modules)
    folder_paths = folder_paths_stand_in.make(base, newest=newest)
    nodes = _module("nodes", NODE_CLASS_MAPPINGS={}, NODE_DISPLAY_NAME_MAPPINGS={}, EXTENSION_WEB_DIRS={})
    server = PromptServer(args, folder_paths, nodes)
    sys.modules.update(_modules(args, folder_paths, nodes))
    made = ComfyUI(base, args, server, nodes, folder_paths)
    try:
        yield made
    finally:
        PromptServer.instance = None
        for name in {*_modules(args, folder_paths, nodes), *made.loaded}:
            sys.modules.pop(name, None)
            if name in before:
                sys.modules[name] = before[name]


DEFAULT_OPTIONS = {
    "listen": "127.0.0.1",
    "port": 8188,
    "enable_cors_header": None,
    "tls_keyfile": None,
    "tls_certfile": None,
    "multi_user": False,
    "disable_metadata": False,
}


class _KSampler:
    SAMPLERS = ("euler", "euler_ancestral", "dpmpp_2m")
    SCHEDULERS = ("normal", "karras")


def _modules(args: SimpleNamespace, folder_paths: ModuleType, nodes: ModuleType) -> dict[str, ModuleType]:
    version = "0.38.1" if args.newest else "0.3.64"
    return {
        "folder_paths": folder_paths,
        "nodes": nodes,
        "server": _module("server", PromptServer=PromptServer),
        "comfyui_version": _module("comfyui_version", __version__=version),
        "comfy": _module("comfy"),
        "comfy.cli_args": _module("comfy.cli_args", args=args),
        "comfy.samplers": _module("comfy.samplers", KSampler=_KSampler),
        "comfy_execution": _module("comfy_execution"),
        "comfy_execution.utils": _module("comfy_execution.utils", get_executing_context=lambda: _context),
    }


_context: Any = None


def _module(name: str, **content: Any) -> ModuleType:
    module = ModuleType(name)
    module.__dict__.update(content)
    return module
