from __future__ import annotations

import asyncio
import json
import os
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from cozygen.runs import prompt_raw
from cozygen.runs.prompt_raw import PROMPT_RAW, PromptRawStore, file_key, trim
from cozygen.runs.prompt_raw_endpoints import PROMPT_RAW as PROMPT_RAW_KEY
from cozygen.storage.json_document import JsonDocument
from tests.conftest import Client, error_of
from tests.gallery.files import graph_png, put

URL = "/cozygen/api/prompt_raw"


async def test_raw_prompts_are_cleaned_and_stored_under_the_run(
    client: Client, folders: FixedFolders
) -> None:
    for name in ("prompt_raw", "cozygen_prompt_raw", "raw"):
        body = {"prompt_id": 7, name: {" 3:text ": "$hero$", " ": "x", "n": 1}, "more": True}
        reply = await client.post(URL, json=body)
        assert (reply.status, await reply.json()) == (200, {"ok": True})
    stored = json.loads((folders.data / "prompt_raw_store.json").read_text())
    assert list(stored["prompts"]) == ["7"]
    assert stored["prompts"]["7"]["raw"] == {"3:text": "$hero$"}
    assert isinstance(stored["prompts"]["7"]["ts"], float)
    assert (stored["version"], stored["files"]) == (1, {})


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", "invalid json payload"),
        ("[]", "invalid_request"),
        ("{}", "prompt_id required"),
        ('{"prompt_id": " "}', "prompt_id required"),
        ('{"prompt_id": "a"}', "prompt_raw required"),
        ('{"prompt_id": "a", "raw": {}}', "prompt_raw required"),
        ('{"prompt_id": "a", "raw": [1]}', "prompt_raw required"),
        ('{"prompt_id": "a", "raw": {"x": 1}}', "prompt_raw invalid"),
        ('{"prompt_id": ["a"], "raw": {"x": "1"}}', "invalid_request"),
        ('{"prompt_id": "a", "raw": {"x": "\\udc00"}}', "invalid_text"),
    ],
)
async def test_what_makes_no_sense_is_400(client: Client, body: str, code: str) -> None:
    reply = await client.post(URL, data=body, headers={"Content-Type": "application/json"})
    assert (reply.status, await error_of(reply)) == (400, code)


@pytest.fixture
def store(tmp_path: Path) -> PromptRawStore:
    ticks = count(1)
    document = JsonDocument(PROMPT_RAW, tmp_path, lambda *_args, **_words: None)
    return PromptRawStore(document, clock=lambda: float(next(ticks)))


async def test_a_file_finds_the_prompts_of_its_run_until_another_takes_its_name(
    store: PromptRawStore,
) -> None:
    await store.store("run", {"3:text": "$hero$"})
    await store.record("sub\\deep/", "a.png", "run", mtime_ns=5, size=100)
    assert await store.find("sub/deep", "a.png") == {"3:text": "$hero$"}
    assert await store.find("/sub/deep/", "a.png", mtime_ns=5, size=100) == {"3:text": "$hero$"}
    assert await store.find("sub/deep", "a.png", mtime_ns=6, size=100) is None
    assert await store.find("", "a.png") is None
    assert store.lookup("a.png", "sub/deep", mtime_ns=5, size=100) == {"3:text": "$hero$"}
    assert store.lookup("a.png", "sub/deep", mtime_ns=5, size=101) is None
    await store.forget([("sub/deep", "a.png"), ("", "never there.png")])
    assert await store.find("sub/deep", "a.png") is None


async def test_files_of_the_predecessor_without_identity_are_found(
    store: PromptRawStore, tmp_path: Path
) -> None:
    (tmp_path / "prompt_raw_store.json").write_text(
        json.dumps(
            {
                "version": 1,
                "prompts": {"p": {"raw": {"a": "b"}, "ts": 1.5}},
                "files": {"s::a.png": {"prompt_id": "p", "ts": 2.5}, "odd": 3},
            }
        )
    )
    assert await store.find("s", "a.png", mtime_ns=1, size=1) == {"a": "b"}
    assert await store.find("", "odd") is None


async def test_a_hundred_images_at_once_cost_a_few_writes(store: PromptRawStore) -> None:
    await store.store("run", {"a": "b"})
    before = (await store.document.read()).rev
    await asyncio.gather(
        *(store.record("", f"{number}.png", "run", mtime_ns=1, size=1) for number in range(100))
    )
    after = await store.document.read()
    assert len(after.value["files"]) == 100
    assert after.rev - before <= 3


def prompts(amount: int, text: str = "x") -> dict[str, Any]:
    return {str(number): {"raw": {"a": text}, "ts": number} for number in range(amount)}


def test_beyond_2000_prompts_the_oldest_go_with_their_files() -> None:
    files = {"old.png": {"prompt_id": "0", "ts": 9}, "new.png": {"prompt_id": "2001", "ts": 1}}
    value = {"prompts": prompts(2002), "files": files}
    trim(value)
    assert len(value["prompts"]) == 2000 and "1" not in value["prompts"] and "2" in value["prompts"]
    assert list(value["files"]) == ["new.png"]


def test_beyond_4000_files_the_oldest_go() -> None:
    files = {f"{number}.png": {"prompt_id": "0", "ts": number} for number in range(4003)}
    value = {"prompts": prompts(1), "files": files}
    trim(value)
    assert len(files) == 4000 and "2.png" not in files and "3.png" in files


def test_the_store_stays_below_its_bytes_and_keeps_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompt_raw, "MAX_BYTES", 100_000)
    value = {"prompts": prompts(200, "x" * 2000), "files": {}}
    trim(value)
    assert 10 < len(value["prompts"]) < 50 and "199" in value["prompts"]


@pytest.mark.parametrize(
    ("folder", "key"), [("", "a"), ("/", "a"), ("s", "s::a"), ("\\s\\t\\", "s/t::a"), ("s/t", "s/t::a")]
)
def test_keys_are_the_predecessors(folder: str, key: str) -> None:
    assert file_key(folder, "a") == key


async def test_the_gallery_shows_what_was_typed_until_another_file_takes_the_name(
    client: Client, output: Path
) -> None:
    picture = put(output, "sub/a.png", graph_png({"6": {"class_type": "CLIPTextEncode", "inputs": {}}}))
    await client.post(URL, json={"prompt_id": "run", "raw": {"6:text": "$hero$"}})
    assert client.app is not None
    store, state = client.app[PROMPT_RAW_KEY], picture.stat()
    await store.record("sub", "a.png", "run", mtime_ns=state.st_mtime_ns, size=state.st_size)
    ask = {"filename": "a.png", "subfolder": "sub"}
    body = await (await client.get("/cozygen/api/gallery/prompt", params=ask)).json()
    assert body["cozygen_prompt_raw"] == {"6:text": "$hero$"}
    os.utime(picture, ns=(state.st_mtime_ns + 10**9,) * 2)
    body = await (await client.get("/cozygen/api/gallery/prompt", params=ask)).json()
    assert "cozygen_prompt_raw" not in body
