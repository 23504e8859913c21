"""Processes that open clips and sounds: started when first needed, ended when they hang or idle.

A crash or a hang costs the one file that was being read.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final

COMMAND: Final = (sys.executable, "-m", "cozygen.thumbs.poster_worker")
# More at once would take the cores and the memory that generation needs.
MOST: Final = 2
IDLE_S: Final = 60.0
_START_S: Final = 60.0
# The folder that holds the package: `-m` looks there first, whatever the server's own folder holds.
_HOME: Final = Path(__file__).resolve().parents[2]


class WorkerDiedError(Exception):
    """The process ended while it worked."""


class WorkerSlowError(Exception):
    """No answer in time; the process was ended."""


@dataclass(frozen=True)
class Answer:
    """What a worker said, and the bytes that came with it."""

    header: Mapping[str, Any]
    body: bytes


class PosterProcess:
    """One process, one request at a time; blocking."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._rest: threading.Timer | None = None

    @property
    def pid(self) -> int | None:
        """The process that runs, if any."""
        return self._child.pid if self._child is not None else None

    def ask(self, request: Mapping[str, Any], within_s: float) -> Answer:
        """Raises WorkerDiedError, WorkerSlowError."""
        with self._lock:
            self._wake()
            try:
                return self._talk(request, within_s)
            except BaseException:
                self._end()
                raise
            finally:
                self._rest = _timer(IDLE_S, self.close)

    def _wake(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = _start()
            with _Deadline(self._child, _START_S):
                if not _out(self._child).readline():
                    self._end()
                    raise WorkerDiedError("The process that reads clips does not start.")

    def _talk(self, request: Mapping[str, Any], within_s: float) -> Answer:
        child = self._child
        if child is None:
            raise WorkerDiedError("The process that reads clips does not start.")
        with _Deadline(child, within_s) as deadline:
            answer = _exchange(child, json.dumps(request).encode() + b"\n")
        if deadline.passed or (answer is None and _took_too_long(child)):
            raise WorkerSlowError("The file takes too long to read.")
        if answer is None:
            raise WorkerDiedError("The file broke its decoder.")
        return answer

    def close(self) -> None:
        """End the process and wait until it is gone; waits for a request that runs."""
        with self._lock:
            self._end()

    def kill(self) -> None:
        """End the process at once, also in the middle of a request, which then fails."""
        child = self._child
        if child is not None:
            child.kill()

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _close(pipe)


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # what was not sent to a process that is gone


def _took_too_long(child: subprocess.Popen[bytes]) -> bool:
    """Whether a process that answers no more was ended by its own clock."""
    try:
        code = child.wait(1.0)
    except subprocess.TimeoutExpired:
        return False
    return code == -getattr(signal, "SIGPROF", 0) != 0


def _start() -> subprocess.Popen[bytes]:
    flags = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_HOME,
        creationflags=flags,
    )


def _timer(seconds: float, work: Any) -> threading.Timer:
    timer = threading.Timer(seconds, work)
    timer.daemon = True
    timer.start()
    return timer


def _out(child: subprocess.Popen[bytes]) -> Any:
    return child.stdout


def _exchange(child: subprocess.Popen[bytes], line: bytes) -> Answer | None:
    """Send a request and read the answer; None when the process ends instead."""
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(line)
        child.stdin.flush()
        header = child.stdout.readline()
        if not header.endswith(b"\n"):
            return None
        said = json.loads(header)
        body = child.stdout.read(said["bytes"])
    except OSError:
        return None
    return Answer(said, body) if len(body) == said["bytes"] else None


@dataclass
class _Deadline:
    """Kills the process when time is over, which ends the reading of its answer."""

    child: subprocess.Popen[bytes]
    seconds: float
    passed: bool = False
    timer: threading.Timer | None = field(default=None, init=False)

    def __enter__(self) -> _Deadline:
        self.timer = _timer(self.seconds, self._pass)
        return self

    def _pass(self) -> None:
        self.passed = True
        self.child.kill()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.timer is not None:
            self.timer.cancel()


class PosterProcesses:
    """A few of them, for threads that wait for their turn."""

    def __init__(self, most: int = MOST) -> None:
        self.all = [PosterProcess() for _ in range(most)]
        # The one used last first: a second one starts only when two are needed.
        self._free: queue.LifoQueue[PosterProcess] = queue.LifoQueue()
        self.closed = False
        for process in reversed(self.all):
            self._free.put(process)

    def ask(self, request: Mapping[str, Any], within_s: float) -> Answer:
        """Ask whichever is free; the time waited for it does not count. Raises as `PosterProcess.ask`."""
        process = self._free.get()
        try:
            if self.closed:
                raise WorkerDiedError("The server is stopping.")
            return process.ask(request, within_s)
        finally:
            self._free.put(process)

    def close(self) -> None:
        """End all of them; requests that run or wait fail."""
        self.closed = True
        for process in self.all:
            process.kill()
            process.close()


def path_word(path: Path) -> str:
    """A path as a request holds it: any name, also one that is no text."""
    return os.fsencode(path).hex()
