"""Bringing lists: upload, drop, enable, order, the command line; and what is refused."""

from __future__ import annotations

import asyncio
import io
import re
from pathlib import Path

import aiohttp
import pytest

from cozygen.cli import main
from cozygen.host.folders import FixedFolders
from cozygen.tags import OwnUse
from cozygen.tags.endpoints import OWN_USE, TAGS
from cozygen.tags.usage import read_usage
from cozygen_core import TagIndex
from tests.conftest import Client, error_of

SOURCES = "/cozygen/api/tags/sources"


def form(content: bytes, name: str = "my list.csv") -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field("file", io.BytesIO(content), filename=name, content_type="text/csv")
    return data


async def upload(client: Client, content: bytes, name: str = "my list.csv") -> aiohttp.ClientResponse:
    return await client.post(SOURCES, data=form(content, name))


async def first(client: Client, q: str, **more: str) -> dict[str, object]:
    body = await (await client.get("/cozygen/api/tags/search", params={"q": q, **more})).json()
    found: dict[str, object] = body["items"][0] if body["items"] else {}
    return found


async def test_an_uploaded_list_is_used_at_once_and_reported(client: Client, folders: FixedFolders) -> None:
    answer = await upload(client, b'zorkmid,0,77,"coin_of_zork"\nbroken,0,1,"x\n')
    body = await answer.json()
    assert (answer.status, body["name"]) == (200, "my list.csv")
    assert (body["report"]["tags"], body["report"]["skipped"]) == (1, 1)
    assert body["report"]["examples"][0] == {
        "line": 2,
        "why": "a quote is never closed",
        "row": 'broken,0,1,"x',
    }
    assert (await first(client, "coin of zork"))["tag"] == "zorkmid"
    assert [path.name for path in sorted((folders.data / "tags").iterdir())] == [
        ".compiled.tags",
        "my list.csv",
    ]


async def test_a_list_is_switched_off_and_on_named_and_ordered(client: Client) -> None:
    await upload(client, b"long_hair,4,77,\n", "a.csv")
    await upload(client, b"long_hair,0,5,\n", "b.csv")
    assert (await first(client, "long_hair"))["count"] == 77
    changed = await client.post(
        SOURCES, json={"order": ["b.csv"], "lists": [{"name": "b.csv", "label": "Bee"}]}
    )
    assert [entry["label"] for entry in (await changed.json())["sources"]][:2] == ["Bee", "a"]
    hit = await first(client, "long_hair")
    assert (hit["count"], hit["source"]) == (5, "Bee")
    await client.post(SOURCES, json={"lists": [{"name": "b.csv", "enabled": False}]})
    assert (await first(client, "long_hair"))["count"] == 77
    await client.post(SOURCES, json={"lists": [{"name": "shipped/danbooru_tags.md", "enabled": False}]})
    assert await first(client, "blue eyes", source="starter") == {}


async def test_all_lists_are_shown_with_what_became_of_them(client: Client) -> None:
    body = await (await client.get(SOURCES)).json()
    by_label = {entry["label"]: entry for entry in body["sources"]}
    assert by_label["starter"]["tags"] >= 2000
    assert by_label["starter"]["shipped"]
    assert by_label["quality words"]["error"] == ""
    assert body["state"] in ("ready", "building")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.csv"),
        (b"\x89PNG" + bytes(5000), "x.csv"),
        (b"<html></html>", "x.txt"),
        (b"a,0,1\n", "x.exe"),
        (b"a,0,1\n", "..csv"),
        (b"a,0,1\n", ".csv"),
        (b"a,0,1\n", "noending"),
        (b'"broken,0,1\n', "x.csv"),
    ],
)
async def test_what_is_no_list_is_refused_and_leaves_nothing(
    client: Client, folders: FixedFolders, content: bytes, name: str
) -> None:
    answer = await upload(client, content, name)
    assert (answer.status, await error_of(answer)) == (422, "bad_tag_list")
    kept = [path.name for path in (folders.data / "tags").iterdir()]
    assert [name for name in kept if not name.startswith(".compiled.tags")] == []


@pytest.mark.parametrize("name", ["../../x.csv", "..\\..\\x.csv", "/etc/x.csv", "C:\\x.csv"])
async def test_an_upload_stays_in_its_folder(client: Client, folders: FixedFolders, name: str) -> None:
    answer = await upload(client, b"a,0,1\n", name)
    assert answer.status == 200
    assert (folders.data / "tags" / "x.csv").is_file()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"lists": [{"name": "nothing"}]}, 404),
        ({"order": ["nothing"]}, 404),
        ({"lists": [{"name": "shipped/danbooru_tags.md", "enabled": "yes"}]}, 400),
        ({"lists": [{"name": "shipped/danbooru_tags.md", "scheme": "x"}]}, 400),
        ({"lists": [{"name": "shipped/danbooru_tags.md", "label": ""}]}, 400),
        ({"unknown": 1}, 400),
        ([], 400),
    ],
)
async def test_changes_that_cannot_be_meant_are_refused(client: Client, body: object, status: int) -> None:
    answer = await client.post(SOURCES, json=body)
    assert answer.status == status
    await error_of(answer)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data; boundary=x"),
        (b"abc", "multipart/form-data"),
        (
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nv\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
async def test_an_upload_without_a_file_is_refused(client: Client, data: bytes, kind: str) -> None:
    answer = await client.post(SOURCES, data=data, headers={"Content-Type": kind})
    assert answer.status == 400
    await error_of(answer)


async def test_a_rebuild_goes_on_behind_the_answers(client: Client, folders: FixedFolders) -> None:
    await first(client, "long")
    lines = [f"tag_{i:06},0,{200_000 - i}," for i in range(200_000)]
    (folders.data / "tags" / "big.csv").write_text("\n".join(lines), encoding="utf-8")
    assert client.app is not None
    library = client.app[TAGS]
    task = library.refresh()
    answered = 0
    while not task.done():
        assert (await first(client, "long h"))["tag"] == "long_hair"
        answered += 1
        await asyncio.sleep(0.01)
    assert answered >= 1
    assert (await first(client, "tag 000007"))["tag"] == "tag_000007"


async def test_a_list_that_changes_while_it_serves(client: Client, folders: FixedFolders) -> None:
    place = folders.data / "tags"
    await first(client, "x")
    assert client.app is not None
    for count in range(1, 6):
        temporary = place / ".new"
        temporary.write_text(f"zorkmid,0,{count},\n", encoding="utf-8")
        temporary.replace(place / "mine.csv")
        await client.app[TAGS].refreshed()
        assert (await first(client, "zorkmid"))["count"] == count


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"a,0,1\n", "danbooru.7z"),
        (b"a,0,1\n", "lists.tar"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(80), "danbooru.csv"),
        (b"PK\x03\x04" + bytes(80), "tags.txt"),
    ],
)
async def test_a_packed_list_is_answered_with_what_helps(
    client: Client, folders: FixedFolders, content: bytes, name: str
) -> None:
    answer = await upload(client, content, name)
    assert answer.status == 422
    body = await answer.json()
    assert body["error"] == "bad_tag_list"
    assert "Unpack it" in body["message"]
    assert not list((folders.data / "tags").glob("[!.]*"))


async def test_a_packed_list_that_was_dropped_in_is_named_in_health(
    client: Client, folders: FixedFolders
) -> None:
    await first(client, "long")
    (folders.data / "tags" / "danbooru.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(80))
    assert client.app is not None
    await client.app[TAGS].refreshed()
    part = (await (await client.get("/cozygen/api/health")).json())["parts"]["tags"]
    assert part["state"] == "warning"
    assert "danbooru.7z" in part["message"]
    assert (await first(client, "long h"))["tag"] == "long_hair"


def sparse(path: Path, size: int) -> Path:
    """A file that says it is so large, with nothing on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_500_mb_are_refused_before_they_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    data.mkdir()
    huge = sparse(tmp_path / "huge.csv", 500_000_000)
    assert main(["tags", "import", str(huge), "--data-dir", str(data)]) == 1
    said = capsys.readouterr().out
    assert "refused: The file was not taken: the list is too large: 500 MB of at most 268 MB." in said
    assert not (data / "tags").exists()


async def test_500_mb_that_were_dropped_in_leave_the_rest_serving(
    client: Client, folders: FixedFolders
) -> None:
    await first(client, "long")
    sparse(folders.data / "tags" / "huge.csv", 500_000_000)
    assert client.app is not None
    await client.app[TAGS].refreshed()
    assert (await first(client, "long h"))["tag"] == "long_hair"
    sources = (await (await client.get(SOURCES)).json())["sources"]
    assert "too large" in next(entry["error"] for entry in sources if entry["name"] == "huge.csv")


async def test_an_upload_that_says_it_has_500_mb_is_refused_at_once(
    client: Client, folders: FixedFolders
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    head = (
        f"POST {SOURCES} HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nContent-Length: 500000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    writer.write(head.encode())
    answer = await asyncio.wait_for(reader.readuntil(b"}"), 10)
    writer.close()
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"The list is larger than 268 MB." in answer
    assert not list((folders.data / "tags").glob(".incoming*"))


async def test_an_upload_that_grows_past_the_limit_is_refused_and_leaves_nothing(
    client: Client, folders: FixedFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.app is not None
    monkeypatch.setattr(client.app[TAGS], "_list_bytes", 100_000)
    answer = await upload(client, b"a,0,1\n" * 30_000)
    assert (answer.status, await error_of(answer)) == (413, "payload_too_large")
    kept = [path.name for path in (folders.data / "tags").iterdir()]
    assert [name for name in kept if not name.startswith(".compiled.tags")] == []


async def test_how_far_an_upload_is_read_is_told_meanwhile(client: Client) -> None:
    content = "\n".join(f"tag_{i:06},0,{400_000 - i}," for i in range(400_000)).encode()
    sending = asyncio.create_task(upload(client, content, "big.csv"))
    shares = []
    while not sending.done():
        shares.append((await (await client.get(SOURCES)).json())["progress"])
        await asyncio.sleep(0.005)
    assert (await sending).status == 200
    told = [share for share in shares if share is not None]
    assert len(set(told)) >= 2
    assert all(0 <= share <= 1 for share in told)
    assert (await (await client.get(SOURCES)).json())["progress"] is None


def test_the_command_line_says_how_much_of_a_large_list_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    large, data = tmp_path / "large.csv", tmp_path / "data"
    large.write_text("\n".join(f"tag_{i:06},0,{400_000 - i}," for i in range(400_000)), encoding="utf-8")
    data.mkdir()
    monkeypatch.setattr("cozygen.tags.commands._LOOK_S", 0.01)
    assert main(["tags", "import", str(large), "--data-dir", str(data)]) == 0
    shares = [int(number) for number in re.findall(r"(\d+)% read", capsys.readouterr().out)]
    assert shares
    assert shares == sorted(set(shares))
    assert shares[-1] <= 100


async def test_a_list_that_vanishes_while_it_is_searched(client: Client, folders: FixedFolders) -> None:
    mine = folders.data / "tags" / "mine.csv"
    await first(client, "x")
    mine.write_text("zorkmid,0,5,\n", encoding="utf-8")
    assert client.app is not None
    library = client.app[TAGS]
    await library.refreshed()
    gone = asyncio.create_task(asyncio.to_thread(mine.unlink))
    # The lists are looked at and searched while the file goes.
    answers = await asyncio.gather(*(client.get("/cozygen/api/tags/search?q=zork") for _ in range(50)))
    await gone
    assert {answer.status for answer in answers} == {200}
    await library.refreshed()
    assert await first(client, "zorkmid") == {}


def test_the_command_line_imports_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, data = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "data"
    good.write_text('hat,0,5,"cap"\nhat,0,5,\n,0,1,\n', encoding="utf-8")
    bad.write_bytes(bytes(9000))
    data.mkdir()
    assert (
        main(["tags", "import", str(good), str(bad), str(tmp_path / "none.csv"), "--data-dir", str(data)])
        == 1
    )
    said = capsys.readouterr().out
    for sentence in (
        "tagcomplete csv: 1 tags, 1 other names",
        "1 rows were left out",
        "an empty name",
        "refused: ",
    ):
        assert sentence in said
    assert said.count("refused") == 2
    assert main(["tags", "import", str(good), "--data-dir", str(data)]) == 0
    assert [path.name for path in (data / "tags").iterdir()] == ["good.csv"]


PROMPTS = [
    "1girl, (long hair:1.2), blue eyes, <lora:x:0.8>",
    "1girl, long_hair, smile\nhat BREAK blue_eyes",
    r"1girl, ((smile)), saber \(fate\), boobs",
    "no such words, 1GIRL",
    "",
    ", , ,",
    "\ud800",
]


def test_usage_counts_tags_by_prompt_and_finds_relatives(small: TagIndex) -> None:
    usage = read_usage(PROMPTS, small)
    counts = usage.counts
    assert counts["1girl"] == 4
    assert (counts["long_hair"], counts["blue_eyes"], counts["smile"]) == (2, 2, 2)
    assert (counts["saber_(fate)"], counts["breasts"]) == (1, 1)
    assert "no_such_words" not in counts
    names = [name for name, _, _ in usage.related("long_hair", 10)]
    assert names[0] == "blue_eyes"
    assert "1girl" in names
    assert "long_hair" not in names
    assert usage.related("nothing", 5) == []
    assert read_usage(PROMPTS, None).counts == {}


async def test_own_use_is_shown_filtered_and_related(client: Client) -> None:
    app = client.app
    assert app is not None
    await first(client, "x")
    app._state[OWN_USE] = OwnUse(app[TAGS], lambda: PROMPTS)  # the frozen app takes no new key
    loaded = await app[TAGS].current()
    assert loaded is not None
    await app[OWN_USE].usage(loaded)
    assert (await first(client, "1girl"))["used"] == 4
    body = await (await client.get("/cozygen/api/tags/search?used=1&limit=3")).json()
    assert body["items"][0]["tag"] == "1girl"
    assert {item["tag"] for item in body["items"]} <= {"1girl", "long_hair", "blue_eyes", "smile", "hat"}
    related = await (await client.get("/cozygen/api/tags/related?tag=Long Hair")).json()
    assert (related["tag"], related["used"]) == ("long_hair", 2)
    assert related["related"][0]["tag"] == "blue_eyes"
    assert related["related"][0]["together"] == 2


@pytest.mark.parametrize("query", ["", "?tag=x&limit=0", "?tag=x&limit=1000", "?tag=x&limit=many"])
async def test_related_refuses_what_cannot_be_meant(client: Client, query: str) -> None:
    answer = await client.get("/cozygen/api/tags/related" + query)
    assert answer.status == 400


async def test_related_of_what_is_never_used_is_empty(client: Client) -> None:
    body = await (await client.get("/cozygen/api/tags/related?tag=zzz")).json()
    assert body == {"tag": "zzz", "used": 0, "related": []}
