from __future__ import annotations

import asyncio
import json
import shutil
import stat
import time
from pathlib import Path
from typing import Any

import pytest

from cozygen.errors import (
    CozyGenError,
    InvalidError,
    PayloadTooLargeError,
    PreconditionRequiredError,
    StaleError,
)
from cozygen.storage.document_file import Snapshot
from cozygen.storage.document_format import DocumentFormat, Value
from cozygen.storage.preconditions import require_match
from tests.storage.faults import NoLinks
from tests.storage.notes import Notices, note


def only_if(header: str | None) -> Any:
    def precondition(present: Snapshot) -> None:
        require_match(header, present.etag, current=present.value)

    return precondition


async def test_a_new_document_is_its_default_and_touches_no_disk(make: Any, folder: Path) -> None:
    snapshot = await make().read()
    assert snapshot.value == {"notes": {}}
    assert not folder.exists()


async def test_a_save_is_there_for_the_next_process(make: Any) -> None:
    await make().update(note("a", "ä \N{SNOWMAN} 中"))
    assert (await make().read()).value == {"notes": {"a": "ä \N{SNOWMAN} 中"}}


async def test_the_file_is_readable_for_people_and_private(make: Any, folder: Path) -> None:
    await make().update(note("a", "中"))
    path = folder / "notes.json"
    text = path.read_text("utf-8")
    assert '"a": "中"' in text
    assert text.endswith("}\n")
    assert json.loads(text)["_cozygen"]["rev"] == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_a_mode_that_the_owner_chose_is_kept(make: Any, folder: Path) -> None:
    document = make()
    await document.update(note("a", "1"))
    (folder / "notes.json").chmod(0o664)
    await document.update(note("a", "2"))
    assert stat.S_IMODE((folder / "notes.json").stat().st_mode) == 0o664


async def test_fields_that_we_do_not_know_are_kept(make: Any, folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.json").write_text('{"notes": {"a": "1"}, "later": [1, {"x": null}], "version": 1}')
    await make().update(note("b", "2"))
    stored = json.loads((folder / "notes.json").read_text())
    assert stored["later"] == [1, {"x": None}]
    assert stored["version"] == 1
    assert stored["notes"] == {"a": "1", "b": "2"}


async def test_a_change_that_changes_nothing_writes_nothing(make: Any, folder: Path) -> None:
    document = make()
    await document.update(note("a", "1"))
    before = (folder / "notes.json").stat()
    change = await document.update(note("a", "1"))
    assert not change.changed
    assert (folder / "notes.json").stat() == before


async def test_a_refused_change_leaves_memory_and_disk_alone(make: Any, folder: Path) -> None:
    document = make()
    await document.update(note("a", "1"))
    raw = (folder / "notes.json").read_bytes()

    def refuse(value: Value) -> None:
        value["notes"]["a"] = "half done"
        raise InvalidError("no")

    with pytest.raises(InvalidError):
        await document.update(refuse)
    assert (await document.read()).value["notes"]["a"] == "1"
    assert (folder / "notes.json").read_bytes() == raw


async def test_a_value_that_is_not_json_never_touches_the_disk(make: Any, folder: Path) -> None:
    with pytest.raises(TypeError):
        await make().update(note("a", object()))
    assert not (folder / "notes.json").exists()


async def test_readers_keep_the_version_they_read(make: Any) -> None:
    document = make()
    await document.update(note("a", "1"))
    seen = (await document.read()).value
    await document.update(note("a", "2"))
    assert seen["notes"]["a"] == "1"


async def test_the_etag_names_revision_and_content(make: Any) -> None:
    document = make()
    first = (await document.update(note("a", "1"))).after
    second = (await document.update(note("a", "2"))).after
    assert first.etag.startswith('"1-') and second.etag.startswith('"2-')
    assert len(first.etag) == len('"1-01234567"')
    assert (await make().read()).etag == second.etag


async def test_c_07_a_change_without_if_match_is_428_and_nothing_is_applied(make: Any) -> None:
    document = make()
    with pytest.raises(PreconditionRequiredError):
        await document.update(note("a", "1"), precondition=only_if(None))
    assert (await document.read()).value == {"notes": {}}


async def test_c_09_a_stale_if_match_is_412_with_the_present_version(make: Any) -> None:
    document = make()
    old = (await document.update(note("a", "1"))).after.etag
    new = (await document.update(note("a", "2"))).after.etag
    with pytest.raises(StaleError) as refused:
        await document.update(note("a", "3"), precondition=only_if(old))
    assert refused.value.headers["ETag"] == new
    assert refused.value.details == {"etag": new, "current": {"notes": {"a": "2"}}}
    await document.update(note("a", "3"), precondition=only_if(f'"nonsense", {new}'))


async def test_a_weak_etag_never_matches(make: Any) -> None:
    document = make()
    etag = (await document.update(note("a", "1"))).after.etag
    with pytest.raises(StaleError):
        await document.update(note("a", "2"), precondition=only_if(f"W/{etag}"))


async def test_c_06_twenty_writers_lose_nothing(make: Any) -> None:
    document = make()

    async def writer(number: int) -> None:
        for turn in range(5):
            while True:
                etag = (await document.read()).etag
                try:
                    await document.update(note(f"{number}-{turn}", "x"), precondition=only_if(etag))
                    break
                except StaleError:
                    continue

    await asyncio.gather(*(writer(number) for number in range(20)))
    assert len((await make().read()).value["notes"]) == 100


async def test_c_24_a_cancelled_caller_leaves_no_lock_and_no_temp(make: Any, folder: Path) -> None:
    document = make()
    for step in range(12):
        task = asyncio.create_task(document.update(note(f"n{step}", "x")))
        for _ in range(step):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await document.update(note("last", "x"))
    await document.close()
    assert not list(folder.glob(".*.tmp"))
    stored = json.loads((folder / "notes.json").read_text())["notes"]
    assert stored == (await document.read()).value["notes"]
    assert "last" in stored


async def test_a_hand_edit_while_running_is_seen_and_built_upon(make: Any, folder: Path) -> None:
    document = make()
    etag = (await document.update(note("a", "1"))).after.etag
    path = folder / "notes.json"
    path.write_text(path.read_text().replace('"1"', '"by hand"'))
    seen = await document.read()
    assert seen.value["notes"]["a"] == "by hand"
    assert seen.etag != etag
    await document.update(note("b", "2"))
    assert json.loads(path.read_text())["notes"] == {"a": "by hand", "b": "2"}


async def test_listeners_hear_of_our_changes_and_of_hand_edits_once(make: Any, folder: Path) -> None:
    document = make()
    heard: list[Any] = []
    document.on_change(lambda _document, change: heard.append(change.after.value["notes"]))
    await document.update(note("a", "1"))
    await document.read()
    (folder / "notes.json").write_text('{"notes": {"a": "by hand"}}')
    await document.read()
    await document.read()
    assert heard == [{"a": "1"}, {"a": "by hand"}]


async def test_a_broken_hand_edit_is_given_time_then_set_aside_and_never_lost(
    make: Any, folder: Path, notices: Notices
) -> None:
    document = make(settle_s=0.3)
    await document.update(note("a", "1"))
    (folder / "notes.json").write_text('{"notes": {"a": "half')
    assert (await document.read()).value["notes"] == {"a": "1"}
    assert notices == []
    await asyncio.sleep(0.35)
    assert (await document.read()).value["notes"] == {"a": "1"}
    assert notices.codes() == ["document_recovered"]
    [aside] = folder.glob("notes.json.corrupt.*")
    assert aside.read_text() == '{"notes": {"a": "half'
    assert aside.name in notices[0][1]
    assert json.loads((folder / "notes.json").read_text())["notes"] == {"a": "1"}


async def test_a_save_over_a_broken_hand_edit_waits_for_the_editor(make: Any, folder: Path) -> None:
    document = make(settle_s=1.0)
    await document.update(note("a", "1"))
    path = folder / "notes.json"
    path.write_text("")
    saving = asyncio.create_task(document.update(note("b", "2")))
    await asyncio.sleep(0.1)
    path.write_text('{"notes": {"a": "edited"}}')
    await saving
    assert json.loads(path.read_text())["notes"] == {"a": "edited", "b": "2"}
    assert not list(folder.glob("*.corrupt.*"))


async def test_k_20_three_generations_and_one_of_the_day_are_kept(make: Any, folder: Path) -> None:
    document = make()
    for number in range(8):
        await document.update(note("a", str(number)))
    backups = {path.name for path in folder.iterdir() if ".bak" in path.name}
    numbered = {f"notes.json.bak{number}" for number in (1, 2, 3)}
    assert numbered < backups and len(backups) == 4
    for number in (1, 2, 3):
        stored = json.loads((folder / f"notes.json.bak{number}").read_text())
        assert stored["notes"]["a"] == str(7 - number)
    [daily] = backups - numbered
    assert json.loads((folder / daily).read_text())["notes"]["a"] == "0"


async def test_k_20_only_the_newest_daily_backup_is_kept(make: Any, folder: Path) -> None:
    document = make()
    await document.update(note("a", "1"))
    for day in ("20200101", "20200102"):
        (folder / f"notes.json.bak-{day}").write_text("{}")
    await document.update(note("a", "2"))
    assert len(list(folder.glob("notes.json.bak-*"))) == 1
    assert not (folder / "notes.json.bak-20200102").exists()


async def test_where_links_are_impossible_backups_are_copies(make: Any, folder: Path) -> None:
    document = make(disk=NoLinks())
    for number in range(4):
        await document.update(note("a", str(number)))
    assert json.loads((folder / "notes.json.bak1").read_text())["notes"]["a"] == "2"
    assert (folder / "notes.json.bak1").stat().st_nlink == 1


async def test_a_document_may_be_a_link_into_another_folder(make: Any, folder: Path, tmp_path: Path) -> None:
    cloud = tmp_path / "cloud"
    cloud.mkdir()
    (cloud / "notes.json").write_text('{"notes": {"a": "1"}}')
    folder.mkdir()
    (folder / "notes.json").symlink_to(cloud / "notes.json")
    await make().update(note("b", "2"))
    assert (folder / "notes.json").is_symlink()
    assert json.loads((cloud / "notes.json").read_text())["notes"] == {"a": "1", "b": "2"}


async def test_nesting_beyond_the_limit_is_refused(make: Any) -> None:
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    with pytest.raises(InvalidError) as refused:
        await make().update(note("a", deep))
    assert refused.value.error == "too_deep"


async def test_a_document_over_its_limit_is_refused(make: Any, folder: Path) -> None:
    small = DocumentFormat("notes", 2, default=lambda: {"notes": {}}, max_bytes=1000)
    document = make(small)
    await document.update(note("a", "x" * 100))
    with pytest.raises(PayloadTooLargeError):
        await document.update(note("a", "x" * 2000))
    assert (await document.read()).value["notes"]["a"] == "x" * 100


async def test_big_integers_nan_and_lone_surrogates_survive_a_round_trip(make: Any, folder: Path) -> None:
    folder.mkdir()
    (folder / "notes.json").write_text(
        '{"notes": {"s": "x\\ud800y"}, "seed": 18446744073709551616, "less": -99999999999999999999, "n": NaN}'
    )
    document = make()
    value = (await document.update(note("b", "2"))).after.value
    assert value["seed"] == 2**64
    assert value["less"] == -99999999999999999999
    assert value["n"] is None
    assert value["notes"]["s"] == "x\ud800y"
    stored = json.loads((folder / "notes.json").read_text())
    assert (stored["seed"], stored["notes"]["s"]) == (2**64, "x\ud800y")
    assert (await make().read()).value == value


async def test_m_12_names_that_mean_something_to_a_language_are_plain_names(make: Any) -> None:
    document = make()
    for name in ("__proto__", "constructor", "__class__", "a.b.c", "_cozygen"):
        await document.update(note(name, "x"))
    assert set((await make().read()).value["notes"]) == {
        "__proto__",
        "constructor",
        "__class__",
        "a.b.c",
        "_cozygen",
    }


async def test_k_11_a_data_folder_that_vanishes_is_made_again_with_everything(
    make: Any, folder: Path, notices: Notices
) -> None:
    document = make()
    await document.update(note("a", "1"))
    shutil.rmtree(folder)
    assert (await document.read()).value["notes"] == {"a": "1"}
    await document.read()
    assert notices.codes() == ["document_missing"]
    await document.update(note("b", "2"))
    assert json.loads((folder / "notes.json").read_text())["notes"] == {"a": "1", "b": "2"}


async def test_k_12_a_data_folder_that_is_a_file_serves_defaults_and_refuses_saves(
    make: Any, folder: Path
) -> None:
    folder.write_text("I am a file")
    document = make()
    assert (await document.read()).value == {"notes": {}}
    with pytest.raises(CozyGenError) as refused:
        await document.update(note("a", "1"))
    assert refused.value.status == 503
    assert folder.read_text() == "I am a file"


async def test_k_29_a_clock_before_1980_or_after_2038_does_no_harm(
    make: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make()
    real = time.gmtime
    for moment in (0.0, 4e9):
        monkeypatch.setattr("time.time", lambda moment=moment: moment)
        monkeypatch.setattr("time.gmtime", lambda moment=moment: real(moment))
        await document.update(note(str(moment), "x"))
    assert set((await make().read()).value["notes"]) == {"0.0", str(4e9)}
