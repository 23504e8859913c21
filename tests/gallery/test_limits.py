"""The index at the kernel's own limits: watches used up, the queue of events overflown, a disk unmounted.

Each case runs the index in a process of its own, with namespaces of its own where a limit or a mount changes,
so that nothing else on the machine is touched.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.gallery.files import png, put

PATIENCE_S: Final = 30.0
# Answers every line of its input with what it lists and what it says of itself.
INDEX: Final = """
import json, sys
from cozygen_core import GalleryIndex
index = GalleryIndex([("", sys.argv[1])], sys.argv[2])
index.start()
for _ in sys.stdin:
    page = index.page("", recursive=True, limit=1_000_000, fields="filename,subfolder")
    print(json.dumps([json.loads(bytes(page.items)) if page else [], json.loads(index.status())]), flush=True)
"""

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="inotify and namespaces are Linux's")


class Indexer:
    """The index in another process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def ask(self) -> tuple[set[str], dict[str, Any]]:
        """Paths of the files it lists, and its status."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        items, status = json.loads(self.process.stdout.readline())
        files = [f"{item['subfolder']}/{item['filename']}".lstrip("/") for item in items]
        assert len(set(files)) == len(files)
        return set(files), status

    def until(self, is_so: Callable[[set[str], dict[str, Any]], bool]) -> None:
        """Ask until it is so."""
        end = time.monotonic() + PATIENCE_S
        files, status = self.ask()
        while not is_so(files, status):
            assert time.monotonic() < end, (sorted(files)[:5], len(files), status)
            time.sleep(0.05)
            files, status = self.ask()


@contextmanager
def indexing(root: Path, cache: Path, *before: str) -> Iterator[Indexer]:
    """An index of `root`; `before` is a command that the process is started through."""
    command = [*before, sys.executable, "-c", INDEX, str(root), str(cache)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Indexer(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(20)


def alone(script: str) -> list[str]:
    """A command that runs `script` in namespaces of its own, and then what follows it."""
    return ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec", script + '\nexec "$@"', "sh"]


@pytest.fixture
def namespaces() -> None:
    """Skips where a process may not have namespaces of its own."""
    tried = shutil.which("unshare") and subprocess.run(
        [*alone("true"), "true"], capture_output=True, check=False
    )
    if not tried or tried.returncode:
        pytest.skip("this system gives no namespaces (unshare)")


@linux_only
@pytest.mark.usefixtures("namespaces")
def test_c_18_when_the_watches_are_used_up_it_polls_says_why_and_misses_nothing(tmp_path: Path) -> None:
    root = tmp_path / "output"
    for number in range(40):
        put(root, f"{number}/a.png")
    few = alone("echo 10 > /proc/sys/user/max_inotify_watches")
    with indexing(root, tmp_path / "cache", *few) as index:
        index.until(lambda _, status: status["watch"] == "polling")
        _, status = index.ask()
        assert "limit of watched folders" in status["watch_reason"]
        put(root, "5/b.png")
        put(root, "39/new/c.png")
        (root / "7" / "a.png").rename(root / "8" / "moved.png")
        (root / "9" / "a.png").unlink()
        expected = {f"{number}/a.png" for number in range(40) if number not in (7, 9)}
        expected |= {"5/b.png", "39/new/c.png", "8/moved.png"}
        index.until(lambda files, _: files == expected)


@linux_only
def test_an_output_folder_that_is_made_after_the_start_is_found_and_followed(tmp_path: Path) -> None:
    root = tmp_path / "output"
    with indexing(root, tmp_path / "cache") as index:
        index.until(lambda _, status: status["state"] != "starting")
        time.sleep(1.5)  # what is looked at every second has been looked at
        assert index.ask()[0] == set()
        put(root, "first.png")
        index.until(lambda files, _: files == {"first.png"})
        put(root, "day/second.png")
        index.until(lambda files, _: files == {"first.png", "day/second.png"})


@linux_only
def test_c_17_when_the_kernel_drops_events_it_ends_with_what_is_on_disk(tmp_path: Path) -> None:
    root = tmp_path / "output"
    for number in range(20):
        put(root, f"{number}/old.png")
    most = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    if most > 100_000:
        pytest.skip(f"it takes more than {most} events to overflow this system's queue")
    data = png()
    with indexing(root, tmp_path / "cache") as index:
        index.until(lambda files, status: status["watch"] == "watching" and status["state"] == "ready")
        # Held still, it cannot empty its queue: each file below is four events or more.
        os.kill(index.process.pid, signal.SIGSTOP)
        try:
            count = most // 3
            for number in range(count):
                put(root, f"{number % 20}/{number}.png", data)
            for number in range(0, count, 5):
                (root / f"{number % 20}" / f"{number}.png").unlink()
            for number in range(20):
                (root / f"{number}" / "old.png").rename(root / f"{number}" / "renamed.png")
        finally:
            os.kill(index.process.pid, signal.SIGCONT)
        expected = {f"{number % 20}/{number}.png" for number in range(count) if number % 5}
        expected |= {f"{number}/renamed.png" for number in range(20)}
        index.until(lambda files, _: files == expected)


# `stash` is another file system, seen at `output`: taken away, an empty folder of the disk below is left.
MOUNTED: Final = """
mount -t tmpfs none "$STASH"
mkdir "$STASH/sub"
cp "$PICTURE" "$STASH/a.png"
cp "$PICTURE" "$STASH/sub/b.png"
mount --bind "$STASH" "$OUTPUT"
(
    read -r line < "$TOLD"; umount "$OUTPUT"; echo > "$DONE"
    read -r line < "$TOLD"; cp "$PICTURE" "$STASH/c.png"; mount --bind "$STASH" "$OUTPUT"; echo > "$DONE"
) &
"""


@linux_only
@pytest.mark.usefixtures("namespaces")
def test_c_19_an_output_folder_that_is_unmounted_at_work_is_kept_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "output"
    for name in ("output", "stash"):
        (tmp_path / name).mkdir()
    for name in ("told", "done"):
        os.mkfifo(tmp_path / name)
    picture = put(tmp_path, "picture.png")
    names = {"STASH": "stash", "OUTPUT": "output", "TOLD": "told", "DONE": "done", "PICTURE": picture.name}
    for variable, name in names.items():
        monkeypatch.setenv(variable, str(tmp_path / name))

    def tell() -> None:
        (tmp_path / "told").write_text("now\n")
        (tmp_path / "done").read_text()

    both = {"a.png", "sub/b.png"}
    with indexing(output, tmp_path / "cache", *alone(MOUNTED)) as index:
        index.until(lambda files, status: files == both and status["state"] == "ready")
        tell()
        index.until(lambda _, status: status["state"] == "unavailable")
        assert index.ask()[0] == both
        tell()
        index.until(lambda files, status: files == both | {"c.png"} and status["state"] == "ready")
