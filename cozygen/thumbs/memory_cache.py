"""Thumbnails in memory: the ones used last, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

# What an entry takes besides its bytes, roughly.
_OVERHEAD = 512


class MemoryCache:
    """Bytes by key; used from the event loop only."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[Hashable, bytes] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Hashable) -> bytes | None:
        """The bytes, which are now the most recently used."""
        data = self._entries.get(key)
        if data is not None:
            self._entries.move_to_end(key)
        return data

    def put(self, key: Hashable, data: bytes) -> None:
        """Keep the bytes; the least recently used make room."""
        self._drop(key)
        self._entries[key] = data
        self.size += len(data) + _OVERHEAD
        while self.size > self._capacity:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: Hashable) -> None:
        data = self._entries.pop(key, None)
        if data is not None:
            self.size -= len(data) + _OVERHEAD

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()
        self.size = 0
