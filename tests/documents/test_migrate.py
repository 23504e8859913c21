"""K-18, K-19: what the predecessors kept is taken over once, and their folder is only read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cozygen.cli import main

PRESET = {"id": "1", "name": "old", "values": {"seed": 2**64 - 1}, "updated": 5, "created": 4}
FILES: dict[str, Any] = {
    "data/aliases.json": {"hero": "1girl", "Sky": "blue sky"},
    "data/workflow_types.json": {"version": 1, "workflows": {"a.json": "text-to-image"}},
    "data/workflow_presets.json": {"version": 1, "workflows": {"a.json": [PRESET]}},
    "data/prompt_raw_store.json": {
        "version": 1,
        "prompts": {"p": {"raw": {"3:text": "$hero$"}, "ts": 1.5}},
        "files": {"a.png": {"prompt_id": "p", "ts": 2.5}},
    },
    "workflows/a.json": {"1": {"class_type": "KSampler", "inputs": {}}},
    "workflows/deep/b.json": {},
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A predecessor's folder in custom_nodes."""
    folder = tmp_path / "NeonCozyGen"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2))
    (folder / "data" / "danbooru_tags.md").write_text("## color\n- `red` — 5\n")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def run(source: Path, data: Path) -> int:
    return main(["migrate", "--from", str(source), "--data-dir", str(data)])


def stored(data: Path, name: str) -> Any:
    value = json.loads((data / name).read_text("utf-8"))
    value.pop("_cozygen")
    return value


@pytest.mark.parametrize("place", [".", "data"])
def test_k_18_everything_is_taken_over_and_the_source_is_untouched(
    pack: Path, tmp_path: Path, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(pack)
    data = tmp_path / "mine"
    assert run(pack / place, data) == 0
    assert tree(pack) == before
    assert stored(data, "aliases.json") == FILES["data/aliases.json"]
    assert stored(data, "workflow_types.json") == FILES["data/workflow_types.json"]
    assert stored(data, "workflow_presets.json") == {
        "version": 2, "users": {"default": {"workflows": {"a.json": [PRESET]}}},
    }  # fmt: skip
    assert stored(data, "prompt_raw_store.json") == FILES["data/prompt_raw_store.json"]
    assert (data / "danbooru_tags.md").read_text().startswith("## color")
    assert (data / "workflows" / "deep" / "b.json").exists() == (place == ".")
    assert "aliases.json: 2 new" in capsys.readouterr().out


def test_k_18_twice_is_once(pack: Path, tmp_path: Path) -> None:
    data = tmp_path / "mine"
    assert run(pack, data) == 0
    before = tree(data)
    assert run(pack, data) == 0
    assert tree(data) == before


def test_k_19_a_migration_that_stopped_half_way_is_completed(pack: Path, tmp_path: Path) -> None:
    whole, half = tmp_path / "whole", tmp_path / "half"
    assert run(pack, whole) == 0
    assert run(pack, half) == 0
    (half / "workflow_presets.json").unlink()
    (half / "workflows" / "a.json").unlink()
    (half / ".aliases.json.1.0123abcd.tmp").write_text("half")
    assert run(pack, half) == 0
    for name in ("aliases.json", "workflow_types.json", "workflow_presets.json"):
        assert stored(half, name) == stored(whole, name)
    assert (half / "workflows" / "a.json").exists()


def test_what_is_there_already_stays(pack: Path, tmp_path: Path) -> None:
    data = tmp_path / "mine"
    (data / "workflows").mkdir(parents=True)
    (data / "workflows" / "a.json").write_text('{"mine": 1}')
    (data / "aliases.json").write_text(
        json.dumps({"items": {"HERO": "mine"}, "categories": {"HERO": "X"}, "categoryList": ["X"]})
    )
    mine = {"id": "2", "name": "OLD", "values": {}, "updated": 9, "created": 9}
    (data / "workflow_presets.json").write_text(
        json.dumps({"version": 2, "users": {"default": {"workflows": {"a.json": [mine]}}}})
    )
    for _ in range(2):
        assert run(pack, data) == 0
        assert stored(data, "aliases.json") == {
            "items": {"HERO": "mine", "Sky": "blue sky"},
            "categories": {"HERO": "X"},
            "categoryList": ["X"],
        }
        presets = stored(data, "workflow_presets.json")["users"]["default"]["workflows"]["a.json"]
        assert [(preset["id"], preset["name"]) for preset in presets] == [("2", "OLD"), ("1", "old (2)")]
    assert (data / "workflows" / "a.json").read_text() == '{"mine": 1}'


def test_a_full_alias_document_joins_an_older_bare_one(pack: Path, tmp_path: Path) -> None:
    full = {"items": {"sea": "sea"}, "categories": {"sea": "Scene"}, "categoryList": ["Scene"]}
    (pack / "data" / "aliases.json").write_text(json.dumps(full))
    data = tmp_path / "mine"
    data.mkdir()
    (data / "aliases.json").write_text('{"hero": "1girl"}')
    assert run(pack, data) == 0
    assert stored(data, "aliases.json") == {
        "items": {"hero": "1girl", "sea": "sea"}, "categories": {"sea": "Scene"}, "categoryList": ["Scene"],
    }  # fmt: skip


def test_a_broken_file_is_named_left_alone_and_the_rest_is_taken(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / "data" / "aliases.json").write_text('{"hero": "1g')
    data = tmp_path / "mine"
    assert run(pack, data) == 1
    assert "aliases.json: left where it is, because it is not JSON" in capsys.readouterr().out
    assert not (data / "aliases.json").exists()
    assert stored(data, "workflow_types.json")["workflows"] == {"a.json": "text-to-image"}


def test_workflows_of_the_ancestors_are_enough(tmp_path: Path) -> None:
    (tmp_path / "old" / "workflows").mkdir(parents=True)
    (tmp_path / "old" / "workflows" / "x.json").write_text("{}")
    assert run(tmp_path / "old", tmp_path / "mine") == 0
    assert (tmp_path / "mine" / "workflows" / "x.json").read_text() == "{}"


@pytest.mark.parametrize("make", [True, False])
def test_a_folder_without_anything_is_one_sentence_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: bool
) -> None:
    if make:
        (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty", tmp_path / "mine") == 2
    assert "nothing of a predecessor" in capsys.readouterr().err
    assert not (tmp_path / "mine").exists()
