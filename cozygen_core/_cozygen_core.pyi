"""Native core of CozyGen. Every function releases the GIL while it works."""

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Literal, TypeAlias, final

_StrPath: TypeAlias = str | PathLike[str]

__all__ = [
    "CoreError",
    "DecodeError",
    "GalleryIndex",
    "GalleryPage",
    "GenerationGoneError",
    "IndexCorruptError",
    "InternalError",
    "TagHit",
    "TagIndex",
    "TagListReport",
    "TagMask",
    "TagPage",
    "TagProgress",
    "TagVerdict",
    "Thumbnail",
    "TooLargeError",
    "UnsupportedFormatError",
    "__version__",
    "lower_thread_priority",
    "media_version",
    "normal_tag",
    "probe_image",
    "qr_text",
    "read_metadata",
    "thumbhash",
    "thumbnail",
    "thumbnail_from_pixels",
    "thumbnail_pixels",
]

__version__: str

class CoreError(Exception):
    """Base of every error that the core names itself."""

class DecodeError(CoreError):
    """The file is broken, or not what it claims to be."""

class UnsupportedFormatError(CoreError):
    """No decoder for this kind of file."""

class TooLargeError(CoreError):
    """The file exceeds a limit; the message names the limit."""

class IndexCorruptError(CoreError):
    """A cache file cannot be used and must be rebuilt."""

class InternalError(CoreError):
    """A panic was caught at the border: a defect of the core."""

def qr_text(text: str) -> str:
    """Draw an address as a QR code of half-block characters, for a dark terminal.

    Raises TooLargeError above about 2,900 bytes.
    """

@final
class Thumbnail:
    """A finished thumbnail."""

    @property
    def data(self) -> bytes:
        """The encoded file."""
    @property
    def format(self) -> Literal["jpeg", "webp"]:
        """What `data` is."""
    @property
    def width(self) -> int:
        """Columns of the thumbnail."""
    @property
    def height(self) -> int:
        """Rows of the thumbnail."""
    @property
    def source_width(self) -> int:
        """Columns of the source, turned upright."""
    @property
    def source_height(self) -> int:
        """Rows of the source, turned upright."""
    @property
    def thumbhash(self) -> bytes:
        """About 25 bytes that draw a blurred preview."""

def thumbnail(
    path: str | PathLike[str],
    width: int,
    *,
    format: Literal["auto", "jpeg", "webp"] = "auto",
    fast: bool = False,
    max_pixels: int = 200_000_000,
    max_memory: int = 268_435_456,
) -> Thumbnail:
    """Make the thumbnail of a picture file, fitting a square of `width` pixels.

    `auto` is WebP where the source is transparent, else JPEG. `max_memory` is in
    bytes. Raises OSError, DecodeError, UnsupportedFormatError or TooLargeError.
    """

def thumbnail_from_pixels(
    pixels: bytes,
    width: int,
    height: int,
    channels: int,
    target_width: int,
    *,
    format: Literal["auto", "jpeg", "webp"] = "auto",
) -> Thumbnail:
    """Make a thumbnail of rows of gray (1), RGB (3) or RGBA (4) bytes in memory.

    Raises DecodeError when the length is not width times height times channels.
    """

def thumbnail_pixels(path: str | PathLike[str], width: int) -> bytes:
    """The rows of a thumbnail before it is encoded: gray, RGB or RGBA bytes.

    What benchmarks and tests compare. Raises as `thumbnail` does.
    """

def thumbhash(pixels: bytes, width: int, height: int, channels: int) -> bytes:
    """The thumbhash of pixels laid out as for `thumbnail_from_pixels`."""

def probe_image(path: str | PathLike[str]) -> tuple[str, int, int]:
    """Format, width and height (upright) from the header, without decoding.

    Raises OSError, DecodeError or UnsupportedFormatError.
    """

def lower_thread_priority() -> None:
    """Place the calling thread below the host's own."""

def normal_tag(text: str) -> str:
    """The normal form of a tag: what makes two spellings the same."""

@final
class TagHit:
    """A tag that was found."""

    @property
    def tag(self) -> str:
        """The name as its list has it."""
    @property
    def count(self) -> int:
        """Posts."""
    @property
    def category(self) -> str:
        """The category."""
    @property
    def sources(self) -> list[str]:
        """Labels of the lists that have the tag, the preferred one first."""
    @property
    def alias(self) -> str | None:
        """The other name that was found, if it was not the name."""
    @property
    def match(self) -> str:
        """The tier: exact, prefix, words, inside or typo."""
    @property
    def via(self) -> str | None:
        """wildcard, initials, subsequence, some_words or spelling; None for the letters as typed."""
    @property
    def nsfw(self) -> bool:
        """Whether it is explicit."""
    @property
    def note(self) -> str | None:
        """Text in place of a count."""
    @property
    def insert(self) -> str | None:
        """What a chant inserts in place of its name."""

@final
class TagPage:
    """One answer of a search."""

    @property
    def hits(self) -> list[TagHit]:
        """The hits wanted."""
    @property
    def total(self) -> int:
        """How many there are in all."""
    @property
    def more(self) -> bool:
        """Whether there may be more than `total`."""

@final
class TagVerdict:
    """Whether a text is a tag."""

    @property
    def valid(self) -> bool:
        """A tag, an alias, or prompt syntax."""
    @property
    def canonical(self) -> str | None:
        """The tag, if the text is an alias."""
    @property
    def suggestions(self) -> list[str]:
        """Tags that may have been meant, the likeliest first."""

@final
class TagListReport:
    """What became of one list."""

    @property
    def label(self) -> str:
        """The label of the list."""
    @property
    def format(self) -> str:
        """The format that was found; empty if the list could not be read."""
    @property
    def tags(self) -> int:
        """Tags taken."""
    @property
    def links(self) -> int:
        """Aliases, other names and implications taken."""
    @property
    def repeated(self) -> int:
        """Tags that an earlier row or list already had."""
    @property
    def skipped(self) -> int:
        """Rows left out."""
    @property
    def examples(self) -> list[tuple[int, str, str]]:
        """Line, reason and start of the first rows left out."""
    @property
    def error(self) -> str:
        """Why nothing was read at all; empty if something was."""

@final
class TagMask:
    """A set of tags of one index."""

@final
class TagProgress:
    """How far a build is; another thread may look."""

    def __new__(cls) -> TagProgress: ...
    @property
    def share(self) -> float:
        """From 0 to 1."""

@final
class TagIndex:
    """A compiled tag list; safe to use from many threads."""

    @staticmethod
    def build(
        sources: Sequence[tuple[Path, str, str | None]],
        *,
        cache_path: Path | None = None,
        fingerprint: str = "",
        list_bytes: int = 268_435_456,
        progress: TagProgress | None = None,
    ) -> TagIndex:
        """Build from (path, label, category scheme or None) triples, the preferred list first.

        With `cache_path` the result is written there (whole or not at all) and mapped. A list that
        cannot be read is an error in its report. Raises OSError, TooLargeError, ValueError.
        """

    @staticmethod
    def open(cache_path: Path) -> TagIndex:
        """Map a compiled list. Raises OSError, or IndexCorruptError if it must be rebuilt."""

    def search(
        self,
        q: str,
        *,
        limit: int = 80,
        offset: int = 0,
        count_to: int = 0,
        categories: Sequence[str] = ...,
        sources: Sequence[str] = ...,
        nsfw: str = "hide",
        sort: str = "relevance",
        min_count: int = 0,
        only: TagMask | None = None,
        literal: bool = False,
    ) -> TagPage:
        """Find tags; any text is a valid query.

        `count_to`: count hits up to here even if fewer are wanted. `nsfw`: hide, blur or show.
        `sort`: relevance, count, name or alpha. `literal`: no corrections. Raises ValueError.
        """

    def validate(self, texts: Sequence[str]) -> list[TagVerdict]:
        """Judge texts, each as one tag."""

    def resolve(self, texts: Sequence[str]) -> list[str | None]:
        """The tag that each text names, by its name or an alias; None for what is no tag."""

    def mask(self, names: Sequence[str]) -> TagMask:
        """The set of the tags with these names or aliases."""

    def categories(self) -> list[tuple[str, int, int]]:
        """Name, harmless tags and explicit tags of each category."""

    def reports(self) -> list[TagListReport]:
        """What became of each list, in the order given."""

    @property
    def sources(self) -> list[str]:
        """Labels of the lists, the preferred one first."""
    @property
    def fingerprint(self) -> str:
        """What `build` was given."""
    @property
    def size(self) -> int:
        """Bytes of the compiled list."""
    def __len__(self) -> int: ...

class GenerationGoneError(CoreError):
    """The generation asked for is no longer kept."""

@final
class GalleryPage:
    """A page of a listing."""

    @property
    def items(self) -> bytes:
        """The items, a JSON array."""

    @property
    def total(self) -> int:
        """Entries of the whole listing."""

    @property
    def offset(self) -> int:
        """Entries before the page."""

    @property
    def generation(self) -> int:
        """The state that was read."""

@final
class GalleryIndex:
    """The index of one library; its own threads keep it true after `start`."""

    def __new__(
        cls,
        roots: Sequence[tuple[str, _StrPath]],
        cache: _StrPath | None = None,
        *,
        kind: str = "output",
        linked: Sequence[_StrPath] = ...,
        watch: bool = True,
        force_polling: bool = False,
    ) -> GalleryIndex:
        """Open it; the first root is the library, further ones appear as folders called by their label.

        `cache` is a folder of its own; without one nothing survives the process.
        """

    def start(self) -> None:
        """Start the threads: load or walk, reconcile, watch, read metadata."""

    def close(self) -> None:
        """Stop the threads and save."""

    def wait_ready(self, timeout_s: float) -> bool:
        """Wait until there is a listing; False when it takes longer."""

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until all metadata is read; False when it takes longer."""

    def next_event(self, timeout_s: float) -> str | None:
        """The next event as JSON: `changes`, `index`, or `reset`."""

    def pause(self, paused: bool) -> None:
        """Let the reading of metadata rest, or go on."""

    def rescan(self, folders: Sequence[_StrPath] = ...) -> None:
        """Look at these folders soon; at all when none is named."""

    @property
    def generation(self) -> int:
        """The number of the present state; grows with every visible change."""

    @property
    def revision(self) -> int:
        """Another number whenever anything that a page shows may be another. Never waits."""

    def status(self) -> str:
        """What the index says of itself, as JSON."""

    def page(
        self,
        folder: _StrPath,
        *,
        recursive: bool = False,
        hidden: bool = False,
        kind: str = "all",
        sort: str = "newest",
        offset: int = 0,
        limit: int = 100,
        generation: int | None = None,
        around: str | None = None,
        fields: str = "",
        meta: bool = False,
    ) -> GalleryPage | None:
        """A page; None when there is no such folder. Raises GenerationGoneError, ValueError."""

    def item(self, item_id: str) -> bytes | None:
        """One item with its metadata, as JSON."""

    def locate(self, item_id: str) -> tuple[Path, Path] | None:
        """Path in the library and place on disk of a file."""

    def find(self, folder: _StrPath, name: _StrPath) -> str | None:
        """The id of a file."""

    def ids(
        self, folder: _StrPath, *, recursive: bool = True, hidden: bool = False, kind: str = "all"
    ) -> list[str]:
        """The ids of all files of a listing, in no order."""

    def extent(
        self, folder: _StrPath, *, recursive: bool = True, hidden: bool = False, kind: str = "all"
    ) -> tuple[int, int] | None:
        """Latest and earliest time of a listing, nanoseconds."""

    def spans(
        self,
        folder: _StrPath,
        borders: Sequence[int],
        *,
        recursive: bool = True,
        hidden: bool = False,
        kind: str = "all",
    ) -> list[int] | None:
        """How many files lie from each border (nanoseconds, latest first) to the one before it."""

def media_version(size: int, mtime_ns: int) -> str:
    """The `v` of a file's URLs: another size or time gives another one."""

def read_metadata(path: _StrPath) -> bytes:
    """Size, graphs, texts and summary of a media file, as JSON. Raises OSError."""
