"""What `image_filename` may say, and the one file it names.

`photo.png`, `folder/photo.png` lie in the input folder; `output::folder::picture.png` and
`folder/picture.png [output]` in the output folder. A file name may itself contain `::`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cozygen.node_types.node_host import NodeHost

OUTPUT_PREFIX = "output::"
ANNOTATIONS = {"[output]": True, "[input]": False}


class BadReferenceError(ValueError):
    """The reference names no file inside its folder; the text says why, without the server's paths."""


def resolve(reference: str, host: NodeHost) -> Path:
    """The existing file that `reference` names; ReferenceError otherwise."""
    wanted = reference.strip()
    if not wanted:
        raise BadReferenceError("no picture is chosen")
    if "\0" in wanted:
        raise BadReferenceError("the name contains a NUL character")
    for base, relative in _candidates(wanted, host):
        found = _inside(base, relative)
        if found is not None:
            return found
    raise BadReferenceError(f"{reference!r} is not a file in ComfyUI's input or output folder")


def _candidates(wanted: str, host: NodeHost) -> Iterator[tuple[Path, str]]:
    """Every reading of the reference, the likeliest first."""
    if wanted.startswith(OUTPUT_PREFIX):
        yield from ((host.output_folder(), path) for path in _output_paths(wanted))
        return
    for annotation, in_output in ANNOTATIONS.items():
        if wanted.endswith(annotation):
            base = host.output_folder() if in_output else host.input_folder()
            yield base, wanted.removesuffix(annotation).rstrip()
            return
    yield host.input_folder(), wanted


def _output_paths(wanted: str) -> Iterator[str]:
    """`a::b::c` is file `c` in folder `a::b`, or `b::c` in `a`, or `a::b::c` at the root."""
    rest = wanted.removeprefix(OUTPUT_PREFIX)
    parts = rest.split("::")
    for cut in range(len(parts) - 1, 0, -1):
        folder, name = "::".join(parts[:cut]), "::".join(parts[cut:])
        yield f"{folder}/{name}"
    yield rest


def _inside(base: Path, relative: str) -> Path | None:
    """The real file below the real base, or None when there is none or it lies outside (links included)."""
    root = base.resolve()
    try:
        path = (root / relative.replace("\\", "/").lstrip("/")).resolve()
        return path if path.is_relative_to(root) and path.is_file() else None
    except (OSError, RuntimeError):  # a link that leads to itself, a name too long
        return None
