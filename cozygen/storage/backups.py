"""Earlier generations of a document: the last three, and one from before today's first change."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from cozygen.storage.disk import Disk, discard, read_file, write_new

KEEP: Final = 3
KEEP_CORRUPT: Final = 5


class Backups:
    """The files `<name>.bak1` (newest) to `.bak3`, `<name>.bak-<day>`, and `<name>.corrupt.<utc>`."""

    def __init__(self, disk: Disk, primary: Path, *, max_bytes: int) -> None:
        self._disk = disk
        self._primary = primary
        self._max_bytes = max_bytes
        self._daily = re.compile(re.escape(primary.name) + r"\.bak-\d{8}")
        self._corrupt = re.compile(re.escape(primary.name) + r"\.corrupt\.\d{8}T\d{12}Z(-\d+)?")

    def numbered(self, number: int) -> Path:
        """The backup of `number` generations ago."""
        return self._primary.with_name(f"{self._primary.name}.bak{number}")

    def rotate(self) -> None:
        """Keep the present file as the newest backup; the oldest goes only in `trim`.

        A save that fails after this and is tried again must not push the
        history out with copies of one generation: one that is kept already is
        not kept again, and only numbers that are taken move on.
        """
        if not self._exists(self._primary):
            return
        if not self._same(self._primary, self.numbered(1)):
            taken = next((n for n in range(1, KEEP + 1) if not self._exists(self.numbered(n))), KEEP + 1)
            for number in range(taken - 1, 0, -1):
                self._disk.replace(self.numbered(number), self.numbered(number + 1))
            self._copy(self._primary, self.numbered(1))
        today = self._primary.with_name(f"{self._primary.name}.bak-{time.strftime('%Y%m%d', time.gmtime())}")
        if not self._exists(today):
            self._copy(self._primary, today)

    def part(self) -> None:
        """After a save that stopped half way: let no backup be a second name of the present file.

        An editor that writes in place would change both.
        """
        for path in [self.numbered(1), *self._named(self._daily)]:
            if self._is_second_name(path):
                discard(self._disk, path)

    def _is_second_name(self, path: Path) -> bool:
        try:
            return os.path.samestat(self._disk.stat(self._primary), self._disk.stat(path))
        except OSError:
            return False

    def trim(self) -> None:
        """Drop what is beyond the bound, now that the new generation is durable."""
        discard(self._disk, self.numbered(KEEP + 1))
        for path in self._named(self._daily)[1:]:
            discard(self._disk, path)

    def newest_first(self, *, strict: bool = False) -> Iterator[tuple[Path, bytes]]:
        """The backups, newest first; `strict` raises the OSError of one that is there but withheld."""
        for path in self._all():
            try:
                yield path, self._read(path)
            except FileNotFoundError:
                continue
            except OSError:
                if strict:
                    raise

    def set_aside(self, broken: Path) -> Path:
        """Rename an unreadable file so that nothing overwrites it; returns its new path."""
        stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%S%fZ")
        target = first = self._primary.with_name(f"{self._primary.name}.corrupt.{stamp}")
        number = 2
        while self._exists(target):
            target = first.with_name(f"{first.name}-{number}")
            number += 1
        self._disk.replace(broken, target)
        for path in self._named(self._corrupt)[KEEP_CORRUPT:]:
            discard(self._disk, path)
        return target

    def set_all_aside(self) -> None:
        """Set every backup aside: none is good, and later saves would push the evidence out."""
        for path in self._all():
            with suppress(FileNotFoundError):
                self.set_aside(path)

    def keep_original(self, suffix: str) -> None:
        """Keep the present file for good under `<name>.<suffix>`, e.g. before a migration."""
        target = self._primary.with_name(f"{self._primary.name}.{suffix}")
        if self._exists(self._primary) and not self._exists(target):
            self._copy(self._primary, target)

    def _all(self) -> list[Path]:
        return [*(self.numbered(number) for number in range(1, KEEP + 2)), *self._named(self._daily)]

    def _named(self, pattern: re.Pattern[str]) -> list[Path]:
        """Files of ours by name, newest first (the names hold the time); none where nothing can be listed."""
        try:
            names = self._disk.listdir(self._primary.parent)
        except OSError:
            return []
        found = [self._primary.with_name(name) for name in names if pattern.fullmatch(name)]
        return sorted(found, key=_age_in_name, reverse=True)

    def _exists(self, path: Path) -> bool:
        try:
            self._disk.lstat(path)
        except FileNotFoundError:
            return False
        return True

    def _same(self, one: Path, other: Path) -> bool:
        try:
            first, second = self._disk.stat(one), self._disk.stat(other)
        except FileNotFoundError:
            return False
        if first.st_size != second.st_size or os.path.samestat(first, second):
            return first.st_size == second.st_size
        return self._read(one) == self._read(other)

    def _read(self, path: Path) -> bytes:
        return read_file(self._disk, path, limit=self._max_bytes)[0]

    def _copy(self, source: Path, target: Path) -> None:
        """A second name for the same bytes; where the file system has no links, a copy."""
        try:
            self._disk.link(source, target)
        except FileExistsError:
            return
        except (OSError, NotImplementedError):
            data, state = read_file(self._disk, source, limit=self._max_bytes)
            write_new(self._disk, target, data, mode=state.st_mode & 0o777)


def _age_in_name(path: Path) -> tuple[str, int]:
    stamp, _, number = path.name.rpartition(".")[2].partition("-")
    return (number, 0) if stamp == "bak" else (stamp, int(number or 1))
