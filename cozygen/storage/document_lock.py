"""The lock between processes: a real lock of the operating system, gone with its process."""

from __future__ import annotations

import contextlib
import errno
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from cozygen.errors import NotReadyError
from cozygen.storage.disk import Disk, make_folder

FOLDER: Final = ".locks"
_POLL_S: Final = 0.005
_NO_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP})


class DocumentLock:
    """Holds one document against other processes; re-entrant within a thread."""

    def __init__(
        self, disk: Disk, folder: Path, name: str, *, timeout_s: float, without_locks: Callable[[], None]
    ) -> None:
        self._disk = disk
        self._name = name
        self._path = folder / FOLDER / f"{name}.lock"
        self._lock = FileLock(self._path, timeout=timeout_s)
        self._without_locks = without_locks

    @contextlib.contextmanager
    def hold(self, timeout_s: float | None = None) -> Iterator[None]:
        """Hold it; raises NotReadyError when another process keeps it, OSError when it cannot be made."""
        self._prepare()
        if not self._acquire(timeout_s):
            self._without_locks()
            yield
            return
        try:
            yield
        finally:
            self._lock.release()

    def _acquire(self, timeout_s: float | None) -> bool:
        """Whether the lock is held; False where the file system has no locks."""
        try:
            self._lock.acquire(timeout=timeout_s, poll_interval=_POLL_S)
        except Timeout:
            raise NotReadyError(
                f"{self._name} is held by another process.", code="storage_busy", headers={"Retry-After": "1"}
            ) from None
        except NotImplementedError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            return False
        return True

    def _prepare(self) -> None:
        """Make the folder of the locks; a lock that is a link could lead anywhere and is refused."""
        make_folder(self._disk, self._path.parent.parent)
        make_folder(self._disk, self._path.parent)
        with contextlib.suppress(FileNotFoundError):
            if stat.S_ISLNK(self._disk.lstat(self._path).st_mode):
                raise NotReadyError(f"The lock of {self._name} is a link.", code="storage_lock_refused")
