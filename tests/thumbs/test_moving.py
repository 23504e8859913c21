"""Clips and sounds: their stills, their previews, and what a broken one costs."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import subprocess
import sys
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.stream import VideoStream
from PIL import Image

from cozygen.thumbs import moving, poster_process
from cozygen.thumbs.endpoints import THUMBS
from cozygen.thumbs.poster_process import PosterProcess, PosterProcesses, WorkerDiedError, WorkerSlowError
from tests.conftest import Client, error_of

from .clips import CODECS, LEFT, RIGHT, as_file, clip, quarter_turned, sound
from .pictures import photo, saved

OLD = 1_700_000_000


@pytest.fixture
def place() -> str:
    """Every test starts a process: the server alone is enough."""
    return "alone"


def aged(path: Path) -> Path:
    """A file that nobody writes to any more."""
    os.utime(path, (OLD, OLD))
    return path


async def still(client: Client, name: str, **params: str) -> Image.Image:
    reply = await client.get("/cozygen/thumb", params={"filename": name, **params})
    assert reply.status == HTTPStatus.OK, await reply.text()
    return Image.open(io.BytesIO(await reply.read()))


def near(pixel: Any, wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(pixel[:3], wanted, strict=True))


async def test_a_clip_has_a_poster(client: Client, output: Path) -> None:
    for suffix in CODECS:
        clip(output / f"clip.{suffix}")
        picture = await still(client, f"clip.{suffix}")
        assert picture.size == (128, 72)
        assert near(picture.getpixel((20, 60)), LEFT) and near(picture.getpixel((110, 60)), RIGHT)


async def test_a_clip_filmed_upright_stands_upright(client: Client, output: Path) -> None:
    quarter_turned(clip(output / "phone.mp4"))
    picture = await still(client, "phone.mp4")
    assert picture.size == (72, 128)
    assert near(picture.getpixel((60, 20)), LEFT) and near(picture.getpixel((60, 120)), RIGHT)
    item = await listed(client, "phone.mp4")
    assert (item["width"], item["height"]) == (72, 128)


async def test_a_fade_in_is_not_shown_as_a_black_square(client: Client, output: Path) -> None:
    clip(output / "fade.mp4", frames=48, black=3)
    assert near((await still(client, "fade.mp4")).getpixel((20, 60)), LEFT)


async def test_a_sound_shows_how_loud_it_is(client: Client, output: Path) -> None:
    for suffix in ("wav", "mp3", "flac", "ogg", "m4a"):
        sound(output / f"swell.{suffix}")
        drawn = np.asarray((await still(client, f"swell.{suffix}")).convert("RGBA"))
        assert drawn.shape == (384, 384, 4)
        heights = (drawn[..., 3] > 99).sum(axis=0)
        assert heights[:100].max() < heights[150:250].max() < heights[300:].max(), suffix


async def test_an_album_shows_its_cover(client: Client, output: Path) -> None:
    sound(output / "album.mp3", cover=True)
    assert (await still(client, "album.mp3")).size == (64, 64)


async def listed(client: Client, name: str, query: str = "") -> dict[str, Any]:
    """The item of a file, once the gallery has read it."""
    for _ in range(200):
        body = await (await client.get("/cozygen/api/gallery?recursive=1" + query)).json()
        for item in body["items"]:
            if item.get("filename", name) == name and (item.get("width", 1) or item["kind"] == "audio"):
                return dict(item)
        await asyncio.sleep(0.05)
    raise AssertionError(body)


async def test_a_listing_tells_size_and_length_of_a_clip(client: Client, output: Path) -> None:
    for suffix in CODECS:
        aged(clip(output / f"clip.{suffix}"))
        await still(client, f"clip.{suffix}")
        item = await listed(client, f"clip.{suffix}")
        assert (item["width"], item["height"], item["kind"]) == (128, 72, "video")
        assert item["duration"] == pytest.approx(2.0, abs=0.1)
        assert item["fps"] == pytest.approx(12, abs=0.1)
        assert len(base64.b64decode(item["blur"])) > 4


async def test_a_listing_tells_the_length_of_a_sound(client: Client, output: Path) -> None:
    for name in ("a.wav", "b.mp3", "c.ogg", "d.m4a", "e.flac"):
        aged(sound(output / name))
        await still(client, name)
        assert (await listed(client, name))["duration"] == pytest.approx(2.0, abs=0.1), name


async def test_the_blur_of_a_picture_appears_once_its_thumbnail_was_made(
    client: Client, output: Path
) -> None:
    odd = "ö #%&+?.png"
    (output / "deep").mkdir()
    (output / "deep" / odd).write_bytes(saved(photo(80, 60), "png"))
    aged(output / "deep" / odd)
    before = await listed(client, odd)
    assert "blur" not in before
    assert (await client.get("/cozygen/" + before["thumb"])).status == HTTPStatus.OK
    after = await listed(client, odd)
    assert {**after, "blur": 0} == {**before, "blur": 0}
    assert len(base64.b64decode(after["blur"])) > 4
    single = await (await client.get(f"/cozygen/api/gallery/item/{after['id']}")).json()
    assert single["blur"] == after["blur"]
    assert "blur" not in await listed(client, odd, "&kind=image&fields=id,thumb")
    assert (await listed(client, odd, "&kind=image&fields=thumb,blur"))["blur"] == after["blur"]


async def test_another_content_has_no_blur_of_the_old_one(client: Client, output: Path) -> None:
    path = output / "a.png"
    path.write_bytes(saved(photo(80, 60), "png"))
    aged(path)
    await still(client, "a.png")
    assert "blur" in await listed(client, "a.png")
    path.write_bytes(saved(photo(90, 60), "png"))
    for _ in range(100):
        item = await listed(client, "a.png")
        if item["width"] == 90:
            break
        await asyncio.sleep(0.05)
    assert (item["width"], "blur" in item) == (90, False)


async def test_a_facts_file_that_is_no_database_is_made_anew(
    client: Client, output: Path, folders: Any
) -> None:
    (folders.data / "thumbs").mkdir()
    (folders.data / "thumbs" / "facts.sqlite").write_bytes(b"nonsense" * 1000)
    (output / "a.png").write_bytes(saved(photo(80, 60), "png"))
    aged(output / "a.png")
    assert (await client.get("/cozygen/api/gallery")).status == HTTPStatus.OK
    await still(client, "a.png")
    assert "blur" in await listed(client, "a.png")


# --- previews


def streams_of(data: bytes) -> tuple[list[str], tuple[int, int], float]:
    with av.open(io.BytesIO(data)) as container:
        video = container.streams.video[0]
        assert isinstance(video, VideoStream)
        duration = (container.duration or 0) / av.time_base
        return [stream.type for stream in container.streams], (video.width, video.height), duration


async def test_a_preview_is_short_small_and_silent(client: Client, output: Path) -> None:
    clip(output / "long.mp4", 960, 540, frames=120, fps=15)
    reply = await client.get("/cozygen/preview", params={"filename": "long.mp4"})
    assert (reply.status, reply.content_type) == (HTTPStatus.OK, "video/mp4")
    assert reply.headers["Accept-Ranges"] == "bytes"
    kinds, size, duration = streams_of(await reply.read())
    assert (kinds, size) == (["video"], (480, 270))
    assert 4.5 < duration < 5.5


async def test_a_preview_is_upright_and_never_larger_or_longer(client: Client, output: Path) -> None:
    quarter_turned(clip(output / "phone.mp4", frames=12))
    reply = await client.get("/cozygen/preview", params={"filename": "phone.mp4"})
    _, size, duration = streams_of(await reply.read())
    assert (size, round(duration, 1)) == ((72, 128), 1.0)


RANGES: list[tuple[str, int, slice]] = [
    ("bytes=0-1", 206, slice(0, 2)),
    ("bytes=100-", 206, slice(100, None)),
    ("bytes=-10", 206, slice(-10, None)),
    ("bytes=0-99999999", 206, slice(0, None)),
    ("bytes=5-2", 200, slice(0, None)),
    ("bytes=", 200, slice(0, None)),
    ("bytes=0-1,4-5", 200, slice(0, None)),
    ("lines=0-1", 200, slice(0, None)),
    ("bytes=99999999-", 416, slice(0, 0)),
    ("bytes=-0", 416, slice(0, 0)),
]


async def test_a_preview_is_served_in_ranges(client: Client, output: Path) -> None:
    clip(output / "clip.mp4", frames=6)
    params = {"filename": "clip.mp4"}
    whole = await (await client.get("/cozygen/preview", params=params)).read()
    for asked, status, part in RANGES:
        reply = await client.get("/cozygen/preview", params=params, headers={"Range": asked})
        assert (reply.status, await reply.read()) == (status, whole[part]), asked
        if status == HTTPStatus.PARTIAL_CONTENT:
            assert reply.headers["Content-Range"].endswith(f"/{len(whole)}")


NO_PREVIEW = [
    ("picture.png", 415, "unsupported_format"),
    ("sound.wav", 415, "unsupported_format"),
    ("cut.mp4", 422, "undecodable"),
    ("absent.mp4", 404, "not found"),
    ("../clip.mp4", 403, "forbidden"),
    ("", 400, "Missing filename"),
]


async def test_what_has_no_preview_says_why(client: Client, output: Path) -> None:
    (output / "picture.png").write_bytes(saved(photo(50, 50), "png"))
    sound(output / "sound.wav", seconds=0.2)
    cut = clip(output / "cut.mp4")
    cut.write_bytes(cut.read_bytes()[:900])
    for name, status, code in NO_PREVIEW:
        reply = await client.get("/cozygen/preview", params={"filename": name})
        assert (reply.status, await error_of(reply)) == (status, code), name


async def test_a_preview_that_fails_does_not_hide_the_poster(client: Client, output: Path) -> None:
    (output / "picture.png").write_bytes(saved(photo(50, 50), "png"))
    aged(output / "picture.png")
    assert (await client.get("/cozygen/preview", params={"filename": "picture.png"})).status == 415
    assert (await still(client, "picture.png")).size == (50, 50)


# --- broken and hostile files


LISTS = [
    b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXTINF:1,\nhttp://127.0.0.1:%d/a.ts\n",
    b"ffconcat version 1.0\nfile 'secret.mp4'\nfile 'http://127.0.0.1:%d/a.mp4'\n",
    b"[InternetShortcut]\nURL=http://127.0.0.1:%d/\n",
]


async def test_i_73_a_list_named_mp4_opens_nothing(client: Client, output: Path) -> None:
    called: list[str] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.append("somebody called")
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    clip(output / "secret.mp4")
    for number, text in enumerate(LISTS):
        (output / f"{number}.mp4").write_bytes(text % port)
        reply = await client.get("/cozygen/thumb", params={"filename": f"{number}.mp4"})
        assert (reply.status, await error_of(reply), called) == (415, "unsupported_format", [])
    server.close()


async def test_i_74_a_clip_that_is_cut_short(client: Client, output: Path) -> None:
    for suffix in CODECS:
        whole = clip(output / f"whole.{suffix}").read_bytes()
        for percent in (0, 1, 30, 60, 95):
            path = output / f"{percent}.{suffix}"
            path.write_bytes(whole[: len(whole) * percent // 100])
            reply = await client.get("/cozygen/thumb", params={"filename": path.name})
            assert reply.status in (200, 415, 422), path.name
            if reply.status == HTTPStatus.OK:
                assert near(Image.open(io.BytesIO(await reply.read())).getpixel((20, 60)), LEFT)


async def test_i_75_a_moov_that_claims_two_gigabytes(client: Client, output: Path) -> None:
    whole = clip(output / "whole.mp4").read_bytes()
    at = whole.index(b"moov") - 4
    (output / "lies.mp4").write_bytes(whole[:at] + (0x7FFFFFFF).to_bytes(4, "big") + whole[at + 4 :])
    (output / "only.mp4").write_bytes(whole[:at] + b"\x7f\xff\xff\xffmoov")
    for name in ("lies.mp4", "only.mp4"):
        reply = await client.get("/cozygen/thumb", params={"filename": name})
        assert reply.status in (200, 422), name
    assert (await still(client, "whole.mp4")).size == (128, 72), "others go on"


def test_i_76_a_clip_of_very_many_frames_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = clip(tmp_path / "many.webm", 32, 32, frames=2000)
    read = CountingFile(as_file(path).getvalue())
    with av.open(read, format="matroska") as container:
        next(container.decode(video=0))
    assert read.count < path.stat().st_size
    processes = PosterProcesses()
    request = {"task": "poster", "path": os.fsencode(path).hex(), "box": 192, "format": "auto"}
    answer = processes.ask({**request, "max_pixels": 10**8, "cpu_s": moving.POSTER_CPU_S}, 60)
    assert answer.header["pixels"][:2] == [32, 32]
    processes.close()


class CountingFile(io.BytesIO):
    """Knows how much of it was read."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


def stand_in(script: str) -> tuple[str, ...]:
    """A worker that says it is ready and then misbehaves."""
    start = "import sys, os, time; print('ready', flush=True); line = sys.stdin.readline();"
    return (sys.executable, "-c", start + script)


def test_i_77_a_worker_that_hangs_is_ended_and_leaves_no_zombie(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poster_process, "COMMAND", stand_in("time.sleep(60)"))
    process = PosterProcess()
    pids: list[int] = []
    kept = subprocess.Popen

    def started(*arguments: Any, **options: Any) -> Any:
        child = kept(*arguments, **options)
        pids.append(child.pid)
        return child

    monkeypatch.setattr(subprocess, "Popen", started)
    start = time.monotonic()
    with pytest.raises(WorkerSlowError):
        process.ask({}, 0.3)
    assert time.monotonic() - start < 20
    assert process.pid is None
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no clock of CPU time")
def test_i_76_a_file_that_keeps_the_cpu_busy_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "import signal; signal.setitimer(signal.ITIMER_PROF, 0.2)\nwhile True: pass"
    monkeypatch.setattr(poster_process, "COMMAND", stand_in(endless))
    process = PosterProcess()
    with pytest.raises(WorkerSlowError):
        process.ask({}, 60)
    assert process.pid is None


@pytest.mark.parametrize(
    "script",
    [
        "os.abort()",
        "sys.exit(0)",
        "sys.stdout.write('{\"bytes\": 100}\\nshort'); sys.stdout.flush()",
        "sys.stdout.write('half a line'); sys.stdout.flush()",
    ],
)
def test_a_worker_that_dies_costs_one_request(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setattr(poster_process, "COMMAND", stand_in(script))
    process = PosterProcess()
    with pytest.raises(WorkerDiedError):
        process.ask({}, 30)
    healthy = "sys.stdout.write('{\"bytes\": 2}\\nok'); sys.stdout.flush(); time.sleep(9)"
    monkeypatch.setattr(poster_process, "COMMAND", stand_in(healthy))
    assert process.ask({}, 30).body == b"ok"
    process.close()


def test_a_worker_that_has_nothing_to_do_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poster_process, "IDLE_S", 0.2)
    healthy = "sys.stdout.write('{\"bytes\": 2}\\nok'); sys.stdout.flush(); time.sleep(60)"
    monkeypatch.setattr(poster_process, "COMMAND", stand_in(healthy))
    process = PosterProcess()
    process.ask({}, 30)
    for _ in range(200):
        if process.pid is None:
            return
        time.sleep(0.05)
    raise AssertionError("it still runs")


async def test_a_clip_that_breaks_its_decoder_is_not_tried_again_until_it_changes(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = aged(clip(output / "bad.mp4"))
    monkeypatch.setattr(poster_process, "COMMAND", stand_in("os.abort()"))
    reply = await client.get("/cozygen/thumb", params={"filename": "bad.mp4"})
    assert (reply.status, await error_of(reply)) == (422, "undecodable")
    monkeypatch.setattr(poster_process, "COMMAND", ("/nonexistent",))
    assert (await client.get("/cozygen/thumb", params={"filename": "bad.mp4"})).status == 422
    monkeypatch.undo()
    os.utime(path, (OLD + 9, OLD + 9))
    assert (await still(client, "bad.mp4")).size == (128, 72)


async def test_a_hang_costs_that_poster_only(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip(output / "slow.mp4")
    aged(output / "slow.mp4")
    (output / "picture.png").write_bytes(saved(photo(50, 50), "png"))
    monkeypatch.setattr(moving, "WITHIN_S", 0.5)
    monkeypatch.setattr(poster_process, "COMMAND", stand_in("time.sleep(60)"))
    waiting = asyncio.ensure_future(client.get("/cozygen/thumb", params={"filename": "slow.mp4"}))
    assert (await still(client, "picture.png")).size == (50, 50)
    reply = await waiting
    assert (reply.status, await error_of(reply)) == (422, "too_slow")


async def test_i_78_without_pyav_clips_say_so_and_come_back_with_it(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aged(clip(output / "clip.mp4"))
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "av.py").write_text("raise ImportError('no av here', name='av')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "none"))
    reply = await client.get("/cozygen/thumb", params={"filename": "clip.mp4"})
    assert reply.status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    assert "pip install av" in (await reply.json())["message"]
    framed = await client.get(
        "/cozygen/thumb", params={"filename": "clip.mp4"}, headers={"Accept": "image/*"}
    )
    assert (framed.content_type, framed.headers["Cache-Control"]) == ("image/svg+xml", "no-store")
    monkeypatch.delenv("PYTHONPATH")
    for process in client.app[THUMBS].thumbs.moving.processes.all:
        process.close()
    assert (await still(client, "clip.mp4")).size == (128, 72)


async def test_i_79_a_name_is_never_an_option(client: Client, output: Path) -> None:
    for name in ("-i.mp4", "--help.mp4", "-f lavfi.mp4", "concat:a|b.mp4", "file:a.mp4", "pipe:0.mp4"):
        clip(output / "plain.mp4").rename(output / name)
        assert (await still(client, name)).size == (128, 72), name


async def test_i_80_sixteen_clips_at_once_are_read_by_two_processes(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    kept = poster_process._start

    def counted() -> Any:
        child = kept()
        started.append(child.pid)
        return child

    monkeypatch.setattr(poster_process, "_start", counted)
    data = clip(output / "0.mp4").read_bytes()
    for number in range(1, 16):
        (output / f"{number}.mp4").write_bytes(data)
    pictures = await asyncio.gather(*(still(client, f"{number}.mp4") for number in range(16)))
    assert [picture.size for picture in pictures] == [(128, 72)] * 16
    assert 1 <= len(started) <= 2


async def test_a_picture_that_ended_the_server_is_read_by_the_process_that_may_end(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = output / "killer.png"
    path.write_bytes(saved(photo(80, 60), "png"))
    aged(path)
    thumbs = client.app[THUMBS].thumbs
    source = await asyncio.to_thread(thumbs._look, place_of("killer.png"), thumbs_variant())
    thumbs.failures.check(source[0].key)
    thumbs.failures._suspects.add(source[0].key)
    monkeypatch.setattr("cozygen_core.thumbnail", None)
    assert (await still(client, "killer.png")).size == (80, 60)
    assert not thumbs.failures.is_suspect(source[0].key)


def place_of(name: str) -> Any:
    from cozygen.thumbs import Place

    return Place("output", "", name)


def thumbs_variant() -> Any:
    from cozygen.thumbs import Variant

    return Variant()


async def test_avif_is_shown_where_pillow_reads_it(client: Client, output: Path) -> None:
    (output / "a.avif").write_bytes(saved(photo(80, 60), "avif"))
    (output / "b.avif").write_bytes(saved(photo(80, 60, 4), "avif"))
    (output / "cut.avif").write_bytes(saved(photo(80, 60), "avif")[:200])
    assert (await still(client, "a.avif")).size == (80, 60)
    assert (await still(client, "b.avif")).format == "WEBP"
    reply = await client.get("/cozygen/thumb", params={"filename": "cut.avif"})
    assert reply.status in (415, 422)
