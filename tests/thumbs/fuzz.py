"""Mutated pictures through the decoders: `python -m tests.thumbs.fuzz --seconds 1200`.

Every case follows from its number alone. A process of its own decodes, so that
a crash or a hang is seen, named and can be had again with `--first N --count 1`.
"""

from __future__ import annotations

import argparse
import contextlib
import mmap
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

from .pictures import PNG_MAGIC
from .seeds import seeds

EDGES = (0, 1, 2, 3, 4, 7, 8, 15, 16, 127, 128, 254, 255)
LENGTHS = (0, 1, 2**7, 2**8, 2**15, 2**16 - 1, 2**24, 2**31 - 1, 2**31, 2**32 - 1)
CPU_SECONDS = 2.0
STALLED = 60.0
PLACE = 56


def mutated(files: list[bytes], number: int) -> bytes:
    """The file of a case."""
    dice = random.Random(number)
    data = bytearray(dice.choice(files))
    for _ in range(dice.choice((1, 1, 2, 3, 8))):
        dice.choice(MUTATIONS)(data, dice, files)
    if data.startswith(PNG_MAGIC) and dice.random() < 0.7:
        _mend_checksums(data)
    return bytes(data)


def _flip(data: bytearray, dice: random.Random, _files: list[bytes]) -> None:
    if data:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _edge(data: bytearray, dice: random.Random, _files: list[bytes]) -> None:
    if data:
        data[dice.randrange(len(data))] = dice.choice(EDGES)


def _number(data: bytearray, dice: random.Random, _files: list[bytes]) -> None:
    at = dice.randrange(max(1, len(data) - 4))
    data[at : at + 4] = struct.pack(dice.choice(("<I", ">I")), dice.choice(LENGTHS))


def _cut(data: bytearray, dice: random.Random, _files: list[bytes]) -> None:
    del data[dice.randrange(len(data) + 1) :]


def _remove(data: bytearray, dice: random.Random, _files: list[bytes]) -> None:
    at = dice.randrange(len(data) + 1)
    del data[at : at + dice.randint(1, 40)]


def _repeat(data: bytearray, dice: random.Random, _files: list[bytes]) -> None:
    at = dice.randrange(len(data) + 1)
    data[at:at] = data[at : at + dice.randint(1, 60)] * dice.randint(1, 4)


def _splice(data: bytearray, dice: random.Random, files: list[bytes]) -> None:
    other = dice.choice(files)
    start = dice.randrange(len(other))
    at = dice.randrange(len(data) + 1)
    data[at : at + dice.randint(0, 60)] = other[start : start + dice.randint(1, 60)]


MUTATIONS = (_flip, _flip, _edge, _number, _cut, _remove, _repeat, _splice)


def _mend_checksums(data: bytearray) -> None:
    """Right CRCs, so that the chunks' contents are looked at."""
    at = 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        end = at + 8 + length
        if end + 4 > len(data):
            return
        data[end : end + 4] = zlib.crc32(data[at + 4 : end]).to_bytes(4, "big")
        at = end + 4


@dataclass
class Findings:
    """What a run came to."""

    cases: int
    pictures: int
    problems: list[str]
    grown_kib: int
    """What the process holds more at the end than after its first 500 cases."""
    peak_kib: int
    """The most it held beyond that at any moment."""


def _decode(first: int, count: int, seconds: float, place: mmap.mmap) -> None:
    """In the child: case after case, its number told before it is tried."""
    from cozygen_core import CoreError, probe_image, thumbnail

    files, end = seeds(), time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case"
        for number in range(first, first + count):
            if time.monotonic() > end:
                return
            path.write_bytes(mutated(files, number))
            place[:8] = struct.pack("<Q", number)
            start = time.process_time()
            with contextlib.suppress(CoreError):
                thumbnail(path, 16 if number % 3 else 64, fast=number % 2 == 0)
                _add(place, 8, 1)
            with contextlib.suppress(CoreError):
                probe_image(path)
            if time.process_time() - start > CPU_SECONDS:
                _add(place, 24, 1)
            _add(place, 16, 1)
            if number == first + 500:
                place[32:40] = struct.pack("<Q", _held_kib()[0])
            place[40:56] = struct.pack("<QQ", *_held_kib())


def _held_kib() -> tuple[int, int]:
    """Memory of this process now and at its highest; twice the latter where the system tells only that."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except FileNotFoundError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak, peak
    told = dict(line.split(":", 1) for line in lines if line.startswith("Vm"))
    return int(told["VmRSS"].split()[0]), int(told["VmHWM"].split()[0])


def _add(place: mmap.mmap, at: int, more: int) -> None:
    place[at : at + 8] = struct.pack("<Q", struct.unpack("<Q", place[at : at + 8])[0] + more)


def run(first: int, count: int, seconds: float) -> Findings:
    """Decode cases until their number or the time is used up."""
    with tempfile.NamedTemporaryFile() as file:
        file.truncate(PLACE)
        place = mmap.mmap(file.fileno(), PLACE)
        wanted = ["--first", str(first), "--count", str(count), "--seconds", str(seconds)]
        command = [sys.executable, "-m", "tests.thumbs.fuzz", *wanted, "--place", file.name]
        child = subprocess.Popen(command)
        problems = _watched(child, place)
        number, pictures, cases, slow, before, after, peak = struct.unpack("<7Q", place[:PLACE])
    if child.returncode != 0:
        problems.append(f"case {number}: the process ended with {child.returncode}")
    if slow:
        problems.append(f"{slow} cases took more than {CPU_SECONDS} s of CPU")
    grown, above = (after - before, peak - before) if before else (0, 0)
    return Findings(cases, pictures, problems, grown, above)


def _watched(child: subprocess.Popen[bytes], place: mmap.mmap) -> list[str]:
    seen, since = b"", time.monotonic()
    while child.poll() is None:
        time.sleep(0.2)
        if place[:24] != seen:
            seen, since = place[:24], time.monotonic()
        elif time.monotonic() - since > STALLED:
            child.kill()
            child.wait()
            return [f"stalled for {STALLED} s"]
    return []


def main() -> int:
    """Run and report; the exit code tells whether anything was found."""
    parser = argparse.ArgumentParser(prog="tests.thumbs.fuzz")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=1 << 40)
    parser.add_argument("--seconds", type=float, default=1200)
    parser.add_argument("--place", type=Path, help="where a child tells how far it is")
    options = parser.parse_args()
    if options.place is not None:
        with options.place.open("r+b") as file:
            _decode(options.first, options.count, options.seconds, mmap.mmap(file.fileno(), PLACE))
        return 0
    found = run(options.first, options.count, options.seconds)
    print(
        f"{found.cases} cases, {found.pictures} pictures, {found.grown_kib} KiB grown, "
        f"{found.peak_kib} KiB at the highest"
    )
    print("\n".join(found.problems) or "nothing found")
    return 1 if found.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
