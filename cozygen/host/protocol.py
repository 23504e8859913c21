"""What CozyGen asks of its host: ComfyUI around it, a ComfyUI elsewhere, or the sketch engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from cozygen.errors import BadHostAnswerError
from cozygen.host.folders import Folders


@dataclass(frozen=True)
class HostReply:
    """Status and JSON body of one of ComfyUI's endpoints (None for an empty body)."""

    status: int
    body: Any


@dataclass(frozen=True)
class HostMessage:
    """One message of ComfyUI's WebSocket.

    `type` and `data` are those of a JSON message; a binary frame has type
    `binary:<event>` (1 preview, 3 text, 4 preview with metadata) and bytes
    after the four that name the event.
    """

    type: str
    data: Any


class HostDownError(BadHostAnswerError):
    """The host cannot be reached, or hung up."""

    code = "host_down"
    maybe_done = False
    """Whether the host may have done what was asked before it hung up."""


class HostSilentError(HostDownError):
    """The host was asked and gave no answer: whether it did what was asked is not known."""

    maybe_done = True


class HostSlowError(HostSilentError):
    """As silent, after a long time: asking again at once would only take as long."""


@runtime_checkable
class FarHost(Protocol):
    """A host on another machine, perhaps: its files are not ours."""

    folder: str
    """Below the output folder, where its pictures go."""
    shares_output: bool
    """Whether it writes into our output folder."""

    def is_slow(self) -> bool:
        """Whether its answers take long at the moment."""

    async def upload(self, path: Path, name: str) -> str:
        """Send a picture into its input folder; the reference under which its nodes read it."""

    async def has(self, filename: str, subfolder: str) -> bool:
        """Whether there is an output file of this name. Raises HostDownError."""

    def download(
        self, filename: str, subfolder: str
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes] | None]:
        """The pieces of an output file; None where it is gone. Raises HostDownError."""


@runtime_checkable
class NearHost(Protocol):
    """A host whose models may lie on this machine."""

    def model_file(self, kind: str, name: str) -> Path | None:
        """The file of a name that `choices` lists; None for anything else, and where it is elsewhere.

        Touches the disk: call it in a thread.
        """


class Host(Protocol):
    """ComfyUI's HTTP and WebSocket protocol, wherever it runs."""

    @property
    def kind(self) -> str:
        """`comfyui`, `remote` or `sketch`."""

    @property
    def folders(self) -> Folders:
        """The folders, asked at use time."""

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
    ) -> HostReply:
        """Call `path` of ComfyUI's API (`/prompt`, `/queue`, `/object_info/KSampler`, …).

        Raises HostDownError; a refusal (400) is a reply.
        """

    def listen(self, client_id: str) -> AbstractAsyncContextManager[AsyncIterator[HostMessage]]:
        """The messages for one client id, in order, from entering to leaving the block.

        Enter before queueing, so that no message is missed. The iterator ends
        when the host hangs up.
        """

    def choice_types(self) -> list[str]:
        """Every kind `choices` knows: model folders, `sampler`, `scheduler`."""

    def choices(self, kind: str, *, refresh: bool = False) -> list[str]:
        """The values of one kind in the host's order; KeyError for an unknown kind.

        Reads folders: call it in a thread.
        """

    def facts(self) -> dict[str, Any]:
        """Version and options for health; no path, no secret."""


async def asked(host: Host, path: str) -> dict[str, Any]:
    """What a host says at an address; anything but an object is no answer. Raises HostDownError."""
    reply = await host.call("GET", path)
    if reply.status != 200 or not isinstance(reply.body, dict):
        raise HostDownError(f"ComfyUI answered {reply.status} where it tells what it does.")
    return reply.body
