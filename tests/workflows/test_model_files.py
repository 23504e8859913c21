"""Models with what lies beside them: previews as thumbnails, notes of their managers, nothing else."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cozygen.host.folders import FixedFolders
from cozygen.workflows import model_notes
from cozygen.workflows.model_files import ModelFiles
from tests.conftest import Client, ClientFactory, error_of


def picture(kind: str = "PNG", color: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (600, 400), color).save(file, kind)
    return file.getvalue()


def safetensors(metadata: Any = None, tail: bytes = b"") -> bytes:
    header = json.dumps({"__metadata__": metadata} if metadata is not None else {}).encode()
    return struct.pack("<Q", len(header)) + header + tail


@pytest.fixture
def loras(folders: FixedFolders) -> Path:
    folder = folders.models / "loras"
    (folder / "deep").mkdir(parents=True)
    for name in ("plain", "style", "deep/other"):
        (folder / f"{name}.safetensors").write_bytes(safetensors())
    (folder / "style.preview.png").write_bytes(picture())
    (folder / "deep" / "other.webp").write_bytes(picture("WEBP"))
    return folder


async def choices(client: Client, **query: str) -> dict[str, Any]:
    answer = await client.get("/cozygen/get_choices", params={"type": "loras", "previews": "1", **query})
    body: dict[str, Any] = await answer.json()
    assert answer.status == 200, body
    return body


async def model(client: Client, name: str, kind: str = "loras") -> dict[str, Any]:
    answer = await client.get("/cozygen/api/model", params={"type": kind, "name": name})
    body: dict[str, Any] = await answer.json()
    assert answer.status == 200, body
    return body


# --- previews ----------------------------------------------------------------


async def test_those_that_have_a_picture_say_where(client: Client, loras: Path) -> None:
    body = await choices(client)
    assert set(body["choices"]) == {"plain.safetensors", "style.safetensors", "deep/other.safetensors"}
    assert set(body["previews"]) == {"style.safetensors", "deep/other.safetensors"}


async def test_a_preview_is_a_small_picture_kept_by_caches(client: Client, loras: Path) -> None:
    for link in (await choices(client))["previews"].values():
        answer = await client.get(f"/cozygen/{link}&w=192")
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        shown = Image.open(io.BytesIO(await answer.read()))
        assert shown.size == (192, 128)
        again = await client.get(f"/cozygen/{link}&w=192", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status == 304


async def test_a_new_picture_has_another_address(client: Client, loras: Path) -> None:
    before = (await choices(client))["previews"]["style.safetensors"]
    (loras / "style.preview.png").write_bytes(picture(color="blue") + b" ")
    after = (await choices(client))["previews"]["style.safetensors"]
    assert after != before
    shown = Image.open(io.BytesIO(await (await client.get(f"/cozygen/{after}")).read()))
    red, _green, blue = shown.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert blue > red


@pytest.mark.parametrize(
    "names",
    [
        ["plain.preview.png", "plain.png"],
        ["plain.png", "plain.jpg"],
        ["plain.preview.jpg"],
        ["plain.jpeg"],
        ["PLAIN.PNG"],
        ["plain.gif"],
    ],
)
async def test_the_preferred_of_the_usual_names_is_taken(
    client: Client, loras: Path, names: list[str]
) -> None:
    for place, name in enumerate(names):
        kind = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF"}[name.lower().rsplit(".")[-1]]
        (loras / name).write_bytes(picture(kind, "lime" if place == 0 else "red"))
    link = (await choices(client))["previews"]["plain.safetensors"]
    shown = Image.open(io.BytesIO(await (await client.get(f"/cozygen/{link}")).read()))
    assert shown.convert("RGB").getpixel((10, 10))[1] > 200  # type: ignore[index]


async def test_a_similar_name_is_not_its_picture(client: Client, loras: Path) -> None:
    for name in ("plain2.png", "plai.png", "plain.old.png", "plain.txt", ".plain.png"):
        (loras / name).write_bytes(picture())
    (loras / "plain.png").mkdir()
    assert "plain.safetensors" not in (await choices(client))["previews"]


async def test_a_broken_picture_is_a_failed_thumbnail_and_no_more(client: Client, loras: Path) -> None:
    (loras / "plain.png").write_bytes(b"no picture")
    link = (await choices(client))["previews"]["plain.safetensors"]
    answer = await client.get(f"/cozygen/{link}&frame=no")
    assert answer.status in (415, 422)
    await error_of(answer)


async def test_search_and_previews_go_together(client: Client, loras: Path) -> None:
    body = await choices(client, q="styl")
    assert body["choices"][0] == "style.safetensors"
    assert "style.safetensors" in body["previews"]


async def test_old_clients_get_the_old_answer(client: Client, loras: Path) -> None:
    answer = await client.get("/cozygen/get_choices", params={"type": "loras"})
    assert set(await answer.json()) == {"choices"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("loras", "style.preview.png"),
        ("loras", "../secret.safetensors"),
        ("loras", "..\\secret.safetensors"),
        ("loras", "/etc/secret.safetensors"),
        ("loras", "deep/../../secret.safetensors"),
        ("loras", "absent.safetensors"),
        ("loras", ""),
        ("loras", ".hidden.safetensors"),
        ("custom_nodes", "x.safetensors"),
        ("configs", "x.safetensors"),
        ("../loras", "style.safetensors"),
        ("..", "secret.safetensors"),
        ("sampler", "euler"),
        ("", "style.safetensors"),
    ],
)
async def test_nothing_but_models_of_a_list_is_looked_at(
    client: Client, folders: FixedFolders, loras: Path, kind: str, name: str
) -> None:
    for place in ("secret", "custom_nodes/x", "configs/x", "loras/.hidden"):
        path = folders.models / f"{place}.safetensors"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(safetensors({"modelspec.title": "secret"}))
        path.with_suffix(".png").write_bytes(picture())
    answer = await client.get("/cozygen/api/model", params={"type": kind, "name": name})
    assert answer.status in (400, 403, 404)
    await error_of(answer)
    query = {"type": "model", "subfolder": kind, "filename": name, "frame": "no"}
    answer = await client.get("/cozygen/thumb", params=query)
    assert answer.status in (400, 403, 404)
    await error_of(answer)


async def test_models_need_a_session(start: ClientFactory, loras: Path) -> None:
    client = await start(COZYGEN_AUTH_USER="anna", COZYGEN_AUTH_PASS="secret words")
    for address in ("api/model?type=loras&name=style.safetensors", "get_choices?type=loras&previews=1",
                    "thumb?type=model&subfolder=loras&filename=style.safetensors"):  # fmt: skip
        assert (await client.get("/cozygen/" + address)).status == 401


def test_a_long_list_looks_through_each_folder_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    scanned: list[str] = []
    real = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: scanned.append(path) or real(path))  # type: ignore[func-returns-value]
    for number in range(300):
        (tmp_path / f"{number}.safetensors").touch()
        (tmp_path / f"{number}.png").write_bytes(b"x")
    models = ModelFiles(lambda _kind, name: tmp_path / name)
    assert len(models.previews("loras", [f"{number}.safetensors" for number in range(300)])) == 300
    assert scanned == [str(tmp_path)]


# --- notes -------------------------------------------------------------------

CIVITAI = {
    "baseModel": "SDXL 1.0",
    "trainedWords": ["ohwx style", "night, rain"],
    "model": {"name": "Night &amp; Rain", "nsfw": True,
              "description": "<p>For <b>rain</b>.</p><script>x</script>",
              "tags": ["style", "rain"]},
}  # fmt: skip


async def test_a_models_own_header_is_read(client: Client, loras: Path) -> None:
    frequency = json.dumps({"10_a": {"rain": 9, "night": 12}, "5_b": {"rain": 5}})
    metadata = {
        "ss_output_name": "rainy",
        "ss_base_model_version": "sdxl_base_v1-0",
        "ss_tag_frequency": frequency,
    }
    (loras / "plain.safetensors").write_bytes(safetensors(metadata, bytes(1000)))
    body = await model(client, "plain.safetensors")
    assert (body["title"], body["base_model"]) == ("rainy", "sdxl_base_v1-0")
    assert body["tags"] == ["rain", "night"]
    assert (body["sources"], body["preview"], body["triggers"]) == (["header"], None, [])
    assert body["size"] == (loras / "plain.safetensors").stat().st_size


async def test_what_a_manager_wrote_comes_before_the_header(client: Client, loras: Path) -> None:
    (loras / "style.safetensors").write_bytes(safetensors({"ss_output_name": "v3_final"}))
    (loras / "style.civitai.info").write_text(json.dumps(CIVITAI))
    (loras / "style.json").write_text(json.dumps({"preferred weight": "0.7", "notes": "use little"}))
    body = await model(client, "style.safetensors")
    assert body["title"] == "Night & Rain"
    assert body["description"] == "For rain . x"
    assert (body["base_model"], body["triggers"]) == ("SDXL 1.0", ["ohwx style", "night, rain"])
    assert (body["tags"], body["nsfw"], body["weight"]) == (["style", "rain"], True, 0.7)
    assert (body["notes"], body["sources"]) == ("use little", ["civitai.info", "json", "header"])
    assert (await client.get("/cozygen/" + body["preview"])).status == 200


@pytest.mark.parametrize(
    ("ending", "value", "title", "triggers"),
    [
        (".json", {"description": "x", "activation text": "a, b"}, "", ["a", "b"]),
        (
            ".metadata.json",
            {"model_name": "M", "civitai": {"trainedWords": ["t"]}},
            "M",
            ["t"],
        ),
        (".cm-info.json", {"ModelName": "S", "TrainedWords": ["u"]}, "S", ["u"]),
    ],
)
async def test_other_managers_are_understood(
    client: Client, loras: Path, ending: str, value: Any, title: str, triggers: list[str]
) -> None:
    (loras / f"plain{ending}").write_text(json.dumps(value))
    body = await model(client, "plain.safetensors")
    assert (body["title"], body["triggers"]) == (title, triggers)


async def test_a_changed_note_shows_at_once(client: Client, loras: Path) -> None:
    (loras / "plain.json").write_text('{"notes": "one"}')
    assert (await model(client, "plain.safetensors"))["notes"] == "one"
    (loras / "plain.json").write_text('{"notes": "three"}')
    assert (await model(client, "plain.safetensors"))["notes"] == "three"
    (loras / "plain.civitai.info").write_text(json.dumps(CIVITAI))
    assert (await model(client, "plain.safetensors"))["base_model"] == "SDXL 1.0"


HEADERS: Mapping[str, bytes] = {
    "empty": b"",
    "short": b"\x08\0\0",
    "longer than the file": struct.pack("<Q", 5000) + b"{}",
    "longer than memory": struct.pack("<Q", 2**63) + b"{}",
    "no JSON": struct.pack("<Q", 4) + b"abcd",
    "a list": struct.pack("<Q", 4) + b"[12]",
    "bottomless": struct.pack("<Q", 100_000) + b"[" * 100_000,
    "metadata of odd shape": safetensors([1, 2]),
    "members of odd shape": safetensors(
        {"modelspec.title": 5, "ss_tag_frequency": {"a": 1}, "modelspec.tags": 1}
    ),
    "frequencies of odd shape": safetensors({"ss_tag_frequency": '{"a": 5, "b": {"c": "d", "e": 2}}'}),
    "half a character": safetensors({"modelspec.title": "\ud800"}),
    "not UTF-8": struct.pack("<Q", 30) + b'{"__metadata__": {"a": "\xff"}}'[:30],
}


@pytest.mark.parametrize("case", HEADERS)
async def test_a_broken_header_says_nothing(client: Client, loras: Path, case: str) -> None:
    (loras / "plain.safetensors").write_bytes(HEADERS[case])
    body = await model(client, "plain.safetensors")
    assert body["base_model"] == ""
    assert len(body["tags"]) <= 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", '{"model": 5, "trainedWords": {"a": 1}}', '{"a":' * 5000]
)
async def test_a_broken_note_says_nothing(client: Client, loras: Path, text: str) -> None:
    for ending in model_notes.SIDECARS:
        (loras / f"plain{ending}").write_text(text)
    body = await model(client, "plain.safetensors")
    assert (body["title"], body["triggers"], body["preview"]) == ("", [], None)


async def test_long_notes_are_cut_and_huge_ones_left_unread(client: Client, loras: Path) -> None:
    long = {"notes": "word " * 5000, "activation text": ",".join(f"t{n}" * 200 for n in range(500))}
    (loras / "plain.json").write_text(json.dumps(long))
    body = await model(client, "plain.safetensors")
    assert len(body["notes"]) == model_notes.LONGEST_TEXT
    assert len(body["triggers"]) == model_notes.MOST_WORDS
    assert max(map(len, body["triggers"])) == model_notes.LONGEST_WORD
    (loras / "plain.json").write_text(json.dumps({"notes": "x" * model_notes.MOST_SIDECAR}))
    assert (await model(client, "plain.safetensors"))["notes"] == ""


def test_only_the_header_of_a_model_is_read(tmp_path: Path) -> None:
    """A checkpoint of many gigabytes: the file is sparse here, and reading all of it would show."""
    path = tmp_path / "big.safetensors"
    path.write_bytes(safetensors({"modelspec.title": "Big"}))
    with path.open("r+b") as file:
        file.truncate(50 * 2**30)
    assert model_notes.read_notes(path).title == "Big"
