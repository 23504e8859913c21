"""What a host had saved of a lost run is told from everything else, on our disk and on another machine."""

from __future__ import annotations

import json
import os
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cozygen.host.folders import FixedFolders
from cozygen.host.protocol import HostDownError
from cozygen.node_types.signing import BATCH_KEY, RUN_KEY
from cozygen.runs.far_names import FarNames
from cozygen.runs.left_behind import LeftBehind
from cozygen.runs.run import Run
from cozygen.runs.run_log import RunLog
from cozygen.runs.signature import Signature, signature_of

MINE = "0b0e4a3c-0000-4000-8000-000000000001"
OTHER = "0b0e4a3c-0000-4000-8000-000000000002"


def png(prompt_id: str | None = MINE, **batch: Any) -> bytes:
    info = PngInfo()
    info.add_text("prompt", json.dumps({"1": {"class_type": "X" * 9000, "inputs": {}}}))
    if prompt_id is not None:
        info.add_text(RUN_KEY, json.dumps(prompt_id))
    if batch:
        info.add_text(BATCH_KEY, json.dumps(batch))
    made = BytesIO()
    Image.effect_noise((90, 90), 50).save(made, "PNG", pnginfo=info)
    return made.getvalue()


def webp() -> bytes:
    made = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = f"{RUN_KEY}:{json.dumps(MINE)}"
    Image.new("RGB", (20, 20)).save(made, "WEBP", exif=exif)
    return made.getvalue()


def mp4(*kinds: bytes) -> bytes:
    boxes = {b"ftyp": b"isom" * 4, b"moov": MINE.encode(), b"mdat": b"\0" * 99}
    return b"".join(struct.pack(">I4s", 8 + len(boxes[kind]), kind) + boxes[kind] for kind in kinds)


def signed(tmp_path: Path, content: bytes) -> Signature | None:
    path = tmp_path / "file"
    path.write_bytes(content)
    return signature_of(path, {MINE})


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (png(), Signature(MINE)),
        (png(node="2", number=1, of=3), Signature(MINE, "2", 1, 3)),
        (png(node=2, number="1"), Signature(MINE)),
        (png(OTHER), None),
        (png(None), None),
        (webp(), Signature(MINE)),
        (mp4(b"ftyp", b"mdat", b"moov"), Signature(MINE)),
        (b"GIF89a" + MINE.encode() + b";", Signature(MINE)),
        (b"", None),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_a_file_says_whose_it_is(tmp_path: Path, content: bytes, wanted: Signature | None) -> None:
    assert signed(tmp_path, content) == wanted


@pytest.mark.parametrize(
    "whole",
    [png(), webp(), mp4(b"ftyp", b"moov", b"mdat"), b"GIF89a" + MINE.encode() + b"x" * 99 + b";"],
    ids=["png", "webp", "mp4", "gif"],
)
def test_a_file_that_was_cut_short_is_nobodys(tmp_path: Path, whole: bytes) -> None:
    for length in range(0, len(whole), max(1, len(whole) // 60)):
        assert signed(tmp_path, whole[:length]) is None, length


@pytest.mark.parametrize("length", [0, 7, 2**31, 2**32 - 1])
def test_lengths_that_lie_do_no_harm(tmp_path: Path, length: int) -> None:
    lie = struct.pack(">I", length)
    assert signed(tmp_path, b"\x89PNG\r\n\x1a\n" + lie + b"tEXt" + MINE.encode()) is None
    assert signed(tmp_path, lie + b"ftyp" + MINE.encode() + b"\0" * 40) is None


def a_run(prompt_id: str = MINE, *, age_s: float = 10, **more: Any) -> Run:
    return Run("r" + prompt_id[-1], prompt_id, 0, None, "t", {}, time.time() - age_s, **more)


GRAPH = {
    "1": {"class_type": "CozyGenSketch", "inputs": {}},
    "2": {"class_type": "CozyGenOutput", "inputs": {"images": ["1", 0], "filename_prefix": "runs/r"}},
    "3": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "plain"}},
}


class Graphs:
    """A history of graphs."""

    async def graph_of(self, run_id: str) -> dict[str, Any]:
        return GRAPH


class Near:
    """A host whose files are ours."""

    def __init__(self, folders: FixedFolders) -> None:
        self.folders = folders


def near(folders: FixedFolders) -> LeftBehind:
    return LeftBehind(Near(folders), RunLog(lambda run: None), Graphs())  # type: ignore[arg-type]  # what is used of them


def put(output: Path, name: str, content: bytes, *, age_s: float = 0) -> None:
    path = output / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if age_s:
        os.utime(path, (time.time() - age_s,) * 2)


async def test_only_new_whole_files_of_the_run_are_found_on_our_disk(
    folders: FixedFolders, output: Path
) -> None:
    put(output, "runs/r_00001_.png", png())
    put(output, "deep/er/still.webp", webp())
    put(output, "runs/r_00002_.png", png(OTHER))
    put(output, "runs/r_00003_.png", png()[:-20])
    put(output, "runs/notes.txt", MINE.encode())
    put(output, "runs/.draft.png", png())
    put(output, ".cozygen-trash/gone.png", png())
    put(output, "runs/old.png", png(), age_s=3600)
    (output / "loop").symlink_to(output)
    (output / "dangling.png").symlink_to(output / "nowhere")
    kept = (await near(folders).search([a_run()]))["r1"]
    assert kept.files == [
        {"filename": "r_00001_.png", "subfolder": "runs", "type": "output"},
        {"filename": "still.webp", "subfolder": "deep/er", "type": "output"},
    ]
    assert not kept.everything


async def test_several_lost_runs_are_told_apart(folders: FixedFolders, output: Path) -> None:
    put(output, "a.png", png())
    put(output, "b.png", png(OTHER))
    kept = await near(folders).search([a_run(), a_run(OTHER)])
    assert {name: [file["filename"] for file in one.files] for name, one in kept.items()} == {
        "r1": ["a.png"],
        "r2": ["b.png"],
    }


@pytest.mark.parametrize(
    ("made", "pictures", "everything"),
    [
        ([], [], False),
        (["2", "3"], [], True),
        (["2"], [], False),
        (["3"], [{"node": "2", "number": 0, "of": 1}], True),
        (["3"], [{"node": "2", "number": 0, "of": 2}], False),
        (["3"], [{"node": "2", "number": 0, "of": 2}, {"node": "2", "number": 1, "of": 2}], True),
        (["3"], [{"node": "2", "number": 1, "of": 2}, {"node": "2", "number": 1, "of": 2}], False),
    ],
)
async def test_a_run_is_whole_only_when_every_end_of_its_graph_has_saved(
    folders: FixedFolders, output: Path, made: list[str], pictures: list[dict[str, Any]], everything: bool
) -> None:
    for number, batch in enumerate(pictures):
        put(output, f"{number}.png", png(**batch))
    kept = (await near(folders).search([a_run(made=made)]))["r1"]
    assert kept.everything is everything


class FarDisk:
    """Files on another machine; counts what is asked of it."""

    folder = "far-8188"
    shares_output = False

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked = 0
        self.sent = 0
        self.up = True

    def is_slow(self) -> bool:
        return False

    async def upload(self, path: Path, name: str) -> str:
        raise AssertionError("nothing is sent")

    async def has(self, filename: str, subfolder: str) -> bool:
        self.asked += 1
        if not self.up:
            raise HostDownError("away")
        return f"{subfolder}/{filename}".lstrip("/") in self.files

    @asynccontextmanager
    async def download(self, filename: str, subfolder: str) -> AsyncIterator[AsyncIterator[bytes] | None]:
        content = self.files.get(f"{subfolder}/{filename}".lstrip("/"))
        yield self._pieces(content) if content is not None else None

    async def _pieces(self, content: bytes) -> AsyncIterator[bytes]:
        for start in range(0, len(content), 1000):
            self.sent += 1000
            yield content[start : start + 1000]


def numbered(mine: list[int], others: list[int], prefix: str = "plain") -> dict[str, bytes]:
    return {
        **{f"{prefix}_{number:05}_.png": png(OTHER) for number in others},
        **{f"{prefix}_{number:05}_.png": png() for number in mine},
    }


def seeking(disk: FarDisk, *earlier: Run) -> FarNames:
    log = RunLog(lambda run: None)
    for run in earlier:
        log.restore(run)
    return FarNames(disk, log)


@pytest.mark.parametrize(
    ("mine", "others"),
    [
        ([1], []),
        ([7, 8], range(1, 7)),
        ([300, 301, 302], range(1, 300)),
        ([5, 6], [*range(1, 5), *range(7, 20)]),
        ([], range(1, 9)),
        ([], []),
    ],
)
async def test_files_elsewhere_are_found_by_their_numbers(mine: list[int], others: Any) -> None:
    disk = FarDisk(numbered(mine, list(others)))
    found = await seeking(disk).seek(a_run(), GRAPH)
    assert [file["filename"] for _signature, file in found] == [f"plain_{number:05}_.png" for number in mine]
    assert disk.asked < 60, "by doubling and halving, not one after the other"


async def test_another_runs_picture_is_not_sent_whole() -> None:
    disk = FarDisk(numbered([], [1]))
    await seeking(disk).seek(a_run(), GRAPH)
    assert 9000 < disk.sent <= len(disk.files["plain_00001_.png"]) - 1000


async def test_names_below_those_of_earlier_runs_may_be_gone() -> None:
    known = {"filename": "plain_00040_.png", "subfolder": "far-8188", "type": "output"}
    disk = FarDisk(numbered([41, 42], []))
    assert not await seeking(disk).seek(a_run(), GRAPH)
    found = await seeking(disk, a_run(OTHER, age_s=60, files=[known])).seek(a_run(), GRAPH)
    assert [file["filename"] for _signature, file in found] == ["plain_00041_.png", "plain_00042_.png"]


async def test_one_that_was_cut_short_is_passed_over() -> None:
    disk = FarDisk(numbered([1, 2, 3], []))
    disk.files["plain_00003_.png"] = png()[:-30]
    found = await seeking(disk).seek(a_run(), GRAPH)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("prefix", "folder", "stem"),
    [
        ("a/b/c", "a/b", "c"),
        ("a\\b", "a", "b"),
        ("./x//y", "x", "y"),
        ("%year%/%month%-%day%", time.strftime("%Y"), time.strftime("%m-%d")),
    ],
)
async def test_prefixes_become_folders_and_dates(prefix: str, folder: str, stem: str) -> None:
    graph = {"2": {"class_type": "SaveImage", "inputs": {"filename_prefix": prefix}}}
    disk = FarDisk({f"{folder}/{stem}_00001_.png": png()})
    found = await seeking(disk).seek(a_run(age_s=0), graph)
    assert [file for _signature, file in found] == [
        {"filename": f"{stem}_00001_.png", "subfolder": folder, "type": "output"}
    ]


@pytest.mark.parametrize("prefix", ["%width%/x", "/etc/x", "../x", "", None, 7, ["1", 0]])
async def test_prefixes_that_only_comfyui_could_read_ask_for_nothing(prefix: Any) -> None:
    graph = {"2": {"class_type": "SaveImage", "inputs": {"filename_prefix": prefix}}}
    disk = FarDisk({})
    assert await seeking(disk).seek(a_run(), graph) == []
    assert disk.asked == 0


async def test_a_prefix_from_one_of_our_input_nodes_is_followed() -> None:
    graph = {
        "2": {"class_type": "CozyGenOutput", "inputs": {"filename_prefix": ["9", 0], "images": ["1", 0]}},
        "9": {"class_type": "CozyGenStringInput", "inputs": {"default_value": "named/x"}},
    }
    found = await seeking(FarDisk({"named/x_00001_.png": png()})).seek(a_run(), graph)
    assert len(found) == 1


async def test_a_host_that_goes_away_while_it_is_asked_is_asked_again_later() -> None:
    disk = FarDisk({})
    disk.up = False
    with pytest.raises(HostDownError):
        await seeking(disk).seek(a_run(), GRAPH)
