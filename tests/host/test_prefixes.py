"""A prefix of file names that cannot be used is the output node's fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.comfyui_nodes import ComfyNodeHost
from cozygen.host.sketch.save_path import save_target
from cozygen.node_types.errors import NodeInputError
from cozygen.node_types.node_host import PrefixError
from cozygen.nodes import node_classes
from tests.host.node_stand_in import gradient
from tests.host.stand_in.comfyui import ComfyUI


def _save_picture(node: Any, prefix: str) -> None:
    node["CozyGenOutput"]().save_images(gradient(1, 4, 4), prefix)


def _save_clip(node: Any, prefix: str) -> None:
    node["CozyGenVideoOutput"]().save_video(
        images=gradient(2, 16, 16),
        frame_rate=8,
        loop_count=0,
        filename_prefix=prefix,
        format="image/gif",
        pingpong=False,
    )


@pytest.mark.parametrize("save", [_save_picture, _save_clip])
@pytest.mark.parametrize("prefix", ["../../evil", "/etc/evil", "a/../../evil", "nul\0byte"])
async def test_it_is_named_with_node_and_input_and_nothing_is_written(
    comfyui: ComfyUI, save: Callable[[Any, str], None], prefix: str
) -> None:
    before = sorted(comfyui.base.parent.rglob("*"))
    named = r"Output, filename_prefix: .*(outside the output folder|NUL character)"
    with pytest.raises(NodeInputError, match=named) as seen:
        save(node_classes(ComfyNodeHost()), prefix)
    assert str(comfyui.base) not in str(seen.value)
    after = [path for path in sorted(comfyui.base.parent.rglob("*")) if not path.is_dir()]
    assert after == [path for path in before if not path.is_dir()]


def test_the_sketch_engine_refuses_it_in_the_words_of_comfyui(tmp_path: Path) -> None:
    with pytest.raises(PrefixError, match="outside the output folder is not allowed"):
        save_target(tmp_path, "../evil", 1, 1)
