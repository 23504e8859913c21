"""Kills a saving process again and again and looks at what it left: `python -m tests.storage.kills`.

Runs without threads, so that forking is safe. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import struct
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from cozygen.accounts.records import SESSIONS_FORM, USERS_FORM
from cozygen.documents import build_documents
from cozygen.errors import CozyGenError
from cozygen.health import Health
from cozygen.storage.disk import Disk
from cozygen.storage.document_file import DocumentFile
from cozygen.storage.document_format import DocumentFormat, Value
from tests.storage.faults import CountingDisk, dying

PAYLOAD = "x" * 20_000


def forms() -> dict[str, DocumentFormat]:
    """The formats of all documents of the server."""
    store = build_documents(Path("/nonexistent"), Health()).store
    documents = {document.form.name: document.form for document in store}
    return {**documents, USERS_FORM.name: USERS_FORM, SESSIONS_FORM.name: SESSIONS_FORM}


def count_to(number: int) -> Callable[[Value], None]:
    def change(value: Value) -> None:
        value["x-count"] = number
        value["x-load"] = PAYLOAD

    return change


def open_file(form: DocumentFormat, folder: Path, told: list[str], disk: Disk | None = None) -> DocumentFile:
    def notify(code: str, message: str, **details: Any) -> None:
        told.append(code)

    return DocumentFile(form, folder, notify, disk=disk, settle_s=0)


def save_for_ever(form: DocumentFormat, folder: Path, acknowledge: int) -> None:
    """The victim: counts up, saying each number only after it is saved."""
    file = open_file(form, folder, [])
    known = file.load()
    number = known.value.get("x-count", 0)
    while True:
        number += 1
        known = file.update(known, count_to(number)).after
        os.write(acknowledge, struct.pack("q", number))


def fork(child: Callable[[], object]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            child()
        finally:
            os._exit(0)
    return pid


def look(form: DocumentFormat, folder: Path) -> tuple[int, list[str], list[str]]:
    """What a fresh process finds: the count, the notices, the temps that are left."""
    told: list[str] = []
    value = open_file(form, folder, told).load().value
    temps = [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]
    return int(value.get("x-count", 0)), told, temps


def kill_at_random(form: DocumentFormat, folder: Path, kills: int) -> dict[str, Any]:
    chance, bad, saves, orphans, last = random.Random(kills), [], 0, 0, 0
    for turn in range(kills):
        reading, writing = os.pipe()
        pid = fork(partial(save_for_ever, form, folder, writing))
        os.close(writing)
        first = os.read(reading, 8)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        said = first + b"".join(iter(lambda: os.read(reading, 4096), b""))  # noqa: B023
        os.close(reading)
        last = struct.unpack("q", said[-8:])[0]
        saves += len(said) // 8
        orphans += sum(path.name.endswith(".tmp") for path in folder.iterdir())
        found, told, temps = look(form, folder)
        if found not in (last, last + 1) or told or temps:
            bad.append({"turn": turn, "said": last, "found": found, "told": told, "temps": temps})
    return {"kills": kills, "saves": saves, "orphans": orphans, "bad": bad}


def kill_at_every_call(form: DocumentFormat, folder: Path) -> dict[str, Any]:
    counted = CountingDisk()
    _prepare(form, folder, counted)
    total, bad = _save_one(form, folder, counted), []
    for at in range(1, total + 1):
        shutil.rmtree(folder)
        _prepare(form, folder, Disk())
        pid = fork(partial(_save_one, form, folder, dying(at)))
        killed = os.WIFSIGNALED(os.waitpid(pid, 0)[1])
        found, told, temps = look(form, folder)
        allowed = (5, 6) if killed else (6,)
        if found not in allowed or told or temps:
            bad.append({"at": at, "found": found, "told": told, "temps": temps})
    return {"calls": total, "bad": bad}


def _prepare(form: DocumentFormat, folder: Path, disk: Disk) -> None:
    file, known = open_file(form, folder, [], disk), None
    for number in range(1, 6):
        known = file.update(known, count_to(number)).after


def _save_one(form: DocumentFormat, folder: Path, disk: CountingDisk) -> int:
    disk.count = 0
    open_file(form, folder, [], disk).update(None, count_to(6))
    return disk.count


def main() -> None:
    name, place, kills = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    form = forms()[name]
    try:
        every = kill_at_every_call(form, place / "every")
        at_random = kill_at_random(form, place / "random", kills)
    except CozyGenError as error:
        sys.exit(f"{name}: {error.message}")
    sys.stdout.write(json.dumps({"random": at_random, "every": every}))


if __name__ == "__main__":
    main()
