"""What the output nodes write: exact pixels, true timing, the graph inside, whole files or none."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from cozygen.node_types.errors import NodeInputError
from cozygen.node_types.video_output import play_order
from cozygen.node_types.video_writer import gif_schedule
from tests.host.node_stand_in import NodeStandIn, colours, gradient

GRAPH = {"3": {"class_type": "KSampler", "inputs": {"seed": 2**64 - 1}}}
RIDING = {"workflow": {"id": "w"}, "cozygen_prompt_raw": {"prompt": "$cat$"}}
FORMATS = ("video/webm", "video/mp4", "image/gif")


@pytest.fixture
def host(tmp_path: Path) -> NodeStandIn:
    return NodeStandIn(tmp_path)


def _files(host: NodeStandIn) -> list[str]:
    root = host.output_folder()
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def _clip(host: NodeStandIn, images: Any, kind: str = "video/mp4", **more: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "frame_rate": 8,
        "loop_count": 0,
        "filename_prefix": "v/clip",
        "format": kind,
        "pingpong": False,
    }
    answer: dict[str, Any] = host.node("CozyGenVideoOutput").save_video(images=images, **{**usual, **more})
    return answer


def test_pictures_are_saved_pixel_for_pixel_and_passed_on(host: NodeStandIn) -> None:
    images = gradient(2, 5, 7)
    answer = host.node("CozyGenOutput").save_images(images, "a/b", GRAPH, RIDING)
    assert answer["ui"]["images"] == [
        {"filename": "b_00001_.png", "subfolder": "a", "type": "output"},
        {"filename": "b_00002_.png", "subfolder": "a", "type": "output"},
    ]
    assert answer["result"][0] is images
    with Image.open(host.output_folder() / "a" / "b_00002_.png") as picture:
        assert np.array_equal(np.asarray(picture), (images[1] * 255).astype(np.uint8))


@pytest.mark.parametrize(("channels", "mode"), [(1, "L"), (3, "RGB"), (4, "RGBA")])
def test_gray_and_transparent_batches_keep_their_mode(host: NodeStandIn, channels: int, mode: str) -> None:
    host.node("CozyGenOutput").save_images(gradient(1, 4, 4, channels), "a")
    with Image.open(host.output_folder() / "a_00001_.png") as picture:
        assert picture.mode == mode


def test_values_outside_are_clipped_not_wrapped(host: NodeStandIn) -> None:
    images = np.array([[[[-1.0, 1.5, np.nan]]]], dtype=np.float32)
    host.node("CozyGenOutput").save_images(images, "a")
    with Image.open(host.output_folder() / "a_00001_.png") as picture:
        assert picture.getpixel((0, 0)) == (0, 255, 0)


def test_the_graph_and_what_rides_along_are_in_the_picture(host: NodeStandIn) -> None:
    host.node("CozyGenOutput").save_images(gradient(1, 2, 2), "a", GRAPH, RIDING)
    with Image.open(host.output_folder() / "a_00001_.png") as picture:
        texts = picture.text
    assert {key: json.loads(value) for key, value in texts.items()} == {"prompt": GRAPH, **RIDING}


@pytest.mark.parametrize("extra", [None, [], "text"])
def test_nothing_riding_along_is_no_error(host: NodeStandIn, extra: object) -> None:
    host.node("CozyGenOutput").save_images(gradient(1, 2, 2), "a", None, extra)
    assert _files(host) == ["a_00001_.png"]


def test_without_metadata_nothing_is_written_into_files(host: NodeStandIn) -> None:
    host.metadata = False
    host.node("CozyGenOutput").save_images(gradient(1, 2, 2), "a", GRAPH, RIDING)
    _clip(host, colours(2), prompt=GRAPH)
    with Image.open(host.output_folder() / "a_00001_.png") as picture:
        assert picture.text == {}
    with av.open(str(host.output_folder() / "v" / "clip_00001_.mp4")) as container:
        assert "prompt" not in container.metadata


def test_no_file_is_overwritten(host: NodeStandIn) -> None:
    (host.output_folder() / "a_00001_.png").write_bytes(b"old")
    host.node("CozyGenOutput").save_images(gradient(2, 2, 2), "a")
    assert _files(host) == ["a_00001_.png", "a_00002_.png", "a_00003_.png"]
    assert (host.output_folder() / "a_00001_.png").read_bytes() == b"old"


def test_the_batch_number_goes_into_the_name(host: NodeStandIn) -> None:
    host.node("CozyGenOutput").save_images(gradient(2, 2, 2), "n%batch_num%")
    assert [name.split("_")[0] for name in _files(host)] == ["n0", "n1"]


@pytest.mark.parametrize("node_id", ["CozyGenOutput", "CozyGenVideoOutput"])
@pytest.mark.parametrize(
    ("shape", "words"),
    [((0, 4, 4, 3), "empty"), ((1, 0, 4, 3), "empty"), ((4, 4, 3), "batch"), ((1, 4, 4, 5), "channels")],
)
def test_what_is_no_batch_of_pictures_is_named(
    host: NodeStandIn, node_id: str, shape: tuple[int, ...], words: str
) -> None:
    images = np.zeros(shape, dtype=np.float32)
    with pytest.raises(NodeInputError, match=f"images: .*{words}"):
        if node_id == "CozyGenOutput":
            host.node(node_id).save_images(images)
        else:
            _clip(host, images)
    assert _files(host) == []


def test_a_full_disk_is_said_and_leaves_nothing_behind(
    host: NodeStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", full)
    with pytest.raises(NodeInputError, match=r"CozyGen Output, filename_prefix: .*No space left") as refusal:
        host.node("CozyGenOutput").save_images(gradient(1, 2, 2), "a")
    assert str(host.base) not in str(refusal.value)
    assert _files(host) == []
    assert host.announced == []


@pytest.mark.parametrize("kind", FORMATS)
def test_a_clip_that_cannot_be_written_is_an_error_not_a_broken_file(
    host: NodeStandIn, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("_encode", "_palette"):
        monkeypatch.setattr(f"cozygen.node_types.video_writer.{name}", full)
    with pytest.raises(NodeInputError, match="could not be saved as"):
        _clip(host, colours(3), kind)
    assert _files(host) == []


@pytest.mark.parametrize("kind", ["video/webm", "video/mp4"])
@pytest.mark.parametrize("count", [1, 2, 9])
def test_a_video_has_every_frame_in_order_and_the_right_length(
    host: NodeStandIn, kind: str, count: int
) -> None:
    answer = _clip(host, colours(count), kind, frame_rate=12)
    (entry,) = answer["ui"]["images"]
    assert answer["ui"]["animated"] == (True,)
    with av.open(str(host.output_folder() / "v" / entry["filename"])) as container:
        stream = container.streams.video[0]
        shades = [float(frame.to_ndarray(format="rgb24").mean()) for frame in container.decode(stream)]
        assert stream.average_rate == 12
        assert container.duration == pytest.approx(count / 12 * 1e6, abs=2_000)
    assert shades == pytest.approx([255 * shade for shade in np.linspace(0.1, 0.9, count)], abs=6)


@pytest.mark.parametrize(("kind", "codec"), [("video/webm", "vp9"), ("video/mp4", "h264")])
def test_the_codec_is_one_that_plays(host: NodeStandIn, kind: str, codec: str) -> None:
    _clip(host, colours(3), kind)
    (name,) = _files(host)
    with av.open(str(host.output_folder() / name)) as container:
        assert container.streams.video[0].codec_context.name == codec
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"


@pytest.mark.parametrize(
    ("kind", "size"), [("video/webm", (33, 21)), ("video/mp4", (34, 22)), ("image/gif", (33, 21))]
)
def test_an_odd_size_is_never_rescaled(host: NodeStandIn, kind: str, size: tuple[int, int]) -> None:
    _clip(host, colours(2, height=21, width=33), kind)
    (name,) = _files(host)
    with av.open(str(host.output_folder() / name)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == size


@pytest.mark.parametrize("kind", ["video/webm", "video/mp4"])
def test_the_graph_is_in_the_container(host: NodeStandIn, kind: str) -> None:
    _clip(host, colours(2), kind, prompt=GRAPH, extra_pnginfo=RIDING)
    (name,) = _files(host)
    with av.open(str(host.output_folder() / name)) as container:
        tags = {key.lower(): value for key, value in container.metadata.items()}
    assert json.loads(tags["prompt"]) == GRAPH
    assert json.loads(tags["workflow"]) == RIDING["workflow"]


def test_a_gif_has_its_time_its_loop_and_its_graph(host: NodeStandIn) -> None:
    _clip(host, colours(4), "image/gif", frame_rate=8, loop_count=0, prompt=GRAPH)
    with Image.open(host.output_folder() / "v" / "clip_00001_.gif") as picture:
        assert picture.info["loop"] == 0
        assert json.loads(picture.info["comment"]) == {"prompt": GRAPH}
        durations = []
        for number in range(picture.n_frames):
            picture.seek(number)
            durations.append(picture.info["duration"])
    assert len(durations) == 4
    assert sum(durations) == pytest.approx(500, abs=10)
    assert min(durations) >= 20


@pytest.mark.parametrize(("loop_count", "loop"), [(0, 0), (1, None), (5, 4)])
def test_a_gif_repeats_as_often_as_asked(host: NodeStandIn, loop_count: int, loop: int | None) -> None:
    _clip(host, colours(2), "image/gif", loop_count=loop_count)
    with Image.open(host.output_folder() / "v" / "clip_00001_.gif") as picture:
        assert picture.info.get("loop") == loop


@pytest.mark.parametrize(("count", "rate"), [(1, 8), (10, 8), (30, 30), (100, 60), (240, 120), (7, 1)])
def test_a_gifs_length_is_true_at_every_rate(count: int, rate: int) -> None:
    schedule = gif_schedule(count, rate)
    assert sum(schedule.values()) == pytest.approx(max(count / rate * 1000, 20), abs=15)
    assert min(schedule.values()) >= 20


@pytest.mark.parametrize(
    ("count", "order"), [(1, [0]), (2, [0, 1]), (3, [0, 1, 2, 1]), (5, [0, 1, 2, 3, 4, 3, 2, 1])]
)
def test_pingpong_shows_the_ends_once(count: int, order: list[int]) -> None:
    assert play_order(count, True) == order
    assert play_order(count, False) == list(range(count))


def test_a_transparent_webm_keeps_its_alpha(host: NodeStandIn) -> None:
    images = np.zeros((2, 16, 16, 4), dtype=np.float32)
    _clip(host, images, "video/webm")
    (name,) = _files(host)
    with av.open(str(host.output_folder() / name)) as container:
        assert container.streams.video[0].metadata.get("alpha_mode") == "1"


def test_an_unknown_format_is_named(host: NodeStandIn) -> None:
    with pytest.raises(NodeInputError, match="format: 'video/avi'"):
        _clip(host, colours(1), "video/avi")


def test_finished_files_are_announced_with_their_run(host: NodeStandIn) -> None:
    host.node("CozyGenOutput").save_images(gradient(2, 2, 2), "a/b")
    _clip(host, colours(2))
    (kind, files), (clip_kind, clips) = host.announced
    assert (kind, clip_kind) == ("images", "video")
    assert [file.path.name for file in files] == ["b_00001_.png", "b_00002_.png"]
    assert all(file.path.is_file() for file in (*files, *clips))
    assert {(file.prompt_id, file.node_id, file.subfolder) for file in files} == {("run-1", "7", "a")}
