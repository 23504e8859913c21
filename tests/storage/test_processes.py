"""Processes that are killed, that write at the same time, that hold the lock."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cozygen.errors import NotReadyError
from tests.storage.notes import note

CHECKOUT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    "aliases",
    "form_settings",
    "form_values",
    "prompt_raw_store",
    "sessions",
    "users",
    "workflow_pins",
    "workflow_presets",
    "workflow_types",
]


def run_kills(name: str, folder: Path, kills: int) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.kills", name, str(folder), str(kills)],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.mark.parametrize("name", DOCUMENTS)
def test_k_01_k_03_25_kills_and_one_at_every_call_lose_nothing(name: str, folder: Path) -> None:
    report = run_kills(name, folder, 25)
    assert report["random"]["bad"] == [] and report["every"]["bad"] == []
    assert report["random"]["kills"] == 25 and report["random"]["saves"] >= 25
    assert report["every"]["calls"] >= 15


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_k_02_a_thousand_kills_lose_nothing(name: str, folder: Path) -> None:
    report = run_kills(name, folder, 1000)
    assert report["random"]["bad"] == [] and report["every"]["bad"] == []


def test_the_kill_suite_knows_every_document_of_the_server() -> None:
    from tests.storage.kills import forms

    assert sorted(forms()) == sorted(DOCUMENTS)


def write_in_two_processes(folder: Path, writers: int, how: str) -> None:
    command = [sys.executable, "-m", "tests.storage.writers", str(folder)]
    started = [subprocess.Popen([*command, name, str(writers), how], cwd=CHECKOUT) for name in ("one", "two")]
    assert [process.wait() for process in started] == [0, 0]


async def test_c_08_two_processes_of_500_writers_lose_nothing(make: Any, folder: Path) -> None:
    await asyncio.to_thread(write_in_two_processes, folder, 500, "plain")
    value = (await make().read()).value
    assert value["count"] == 1000
    assert len(value["notes"]) == 1000


async def test_c_08_two_processes_with_if_match_and_retry_lose_nothing(make: Any, folder: Path) -> None:
    await asyncio.to_thread(write_in_two_processes, folder, 20, "seen")
    value = (await make().read()).value
    assert value["count"] == 40
    assert len(value["notes"]) == 40


HOLD = """
import sys, time
from pathlib import Path
from tests.storage.notes import NOTES, Notices
from cozygen.storage.document_file import DocumentFile
file = DocumentFile(NOTES, Path(sys.argv[1]), Notices())
with file.lock.hold():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the document and does not let go."""
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], cwd=CHECKOUT, stdout=subprocess.PIPE
    )
    assert process.stdout is not None and process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


async def test_k_28_a_document_held_by_a_hung_process_is_503_and_the_loop_goes_on(
    make: Any, holder: subprocess.Popen[bytes]
) -> None:
    document = make(wait_s=0.5)
    await document.read()
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    ticking = asyncio.create_task(tick())
    began = time.monotonic()
    with pytest.raises(NotReadyError) as refused:
        await document.update(note("a", "1"))
    assert 0.4 < time.monotonic() - began < 3
    assert refused.value.error == "storage_busy" and refused.value.headers["Retry-After"] == "1"
    assert (await document.read()).value == {"notes": {}}
    ticking.cancel()
    assert ticks > 20
    assert holder.poll() is None


async def test_k_27_the_lock_of_a_killed_process_is_free_at_once(
    make: Any, holder: subprocess.Popen[bytes]
) -> None:
    holder.kill()
    holder.wait()
    began = time.monotonic()
    await make().update(note("a", "1"))
    assert time.monotonic() - began < 1


async def test_c_26_two_instances_in_one_process_lose_nothing(make: Any) -> None:
    one, two = make(), make()
    await asyncio.gather(
        *(
            document.update(note(f"{index}{number}", "x"))
            for index, document in enumerate((one, two))
            for number in range(50)
        )
    )
    assert len((await make().read()).value["notes"]) == 100
