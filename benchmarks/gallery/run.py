"""`make bench-gallery`: the index beside scandir, SQLite and Pillow; then the server over HTTP.

In pieces with ROWS, for example `make bench-gallery FILES=1000000 ROWS="E9 F4"`: what one piece
indexed, the next finds.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.gallery import in_core, served
from benchmarks.gallery.tree import LIKE_COMFYUI, grow, warm

TAGS = "danbooru_925k.csv.gz"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path(".build/bench-gallery"))
    parser.add_argument("--text-bytes", type=int, default=LIKE_COMFYUI, help="metadata of each file")
    parser.add_argument("--rows", nargs="*", default=[], choices=[*in_core.ROWS, *served.ROWS])
    parser.add_argument("--remove", action="store_true", help="remove the tree afterwards")
    options = parser.parse_args()
    root = (options.folder / str(options.files)).absolute()
    data = (options.folder / f"data-{options.files}").absolute()
    root.mkdir(parents=True, exist_ok=True)
    grow(root, options.files, options.text_bytes)
    if not options.rows:
        shutil.rmtree(data, ignore_errors=True)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    if not options.rows or "F4" in options.rows or "F4-core" in options.rows:
        warm(root)
    print(f"{options.files:,} PNGs, {options.text_bytes:,} bytes of metadata each, {os.cpu_count()} cores")
    print(f"Load of the machine at the start: {load}")
    in_core.measure(root, data / "core", options.files, chosen(options.rows, in_core.ROWS))
    tags = _tags(options.folder)
    served.measure(root, data / "server", options.files, chosen(options.rows, served.ROWS), tags=tags)
    if not options.rows:
        shutil.rmtree(data)
    if options.remove:
        shutil.rmtree(root)


def chosen(rows: Sequence[str], known: Iterable[str]) -> list[str]:
    """Those of `known` that are asked for, in their order; all when none is."""
    return [row for row in known if not rows or row in rows]


def _tags(folder: Path) -> Path | None:
    """The long tag list of the test data, unpacked; None where there is no test data."""
    packed = Path(os.environ.get("COZYGEN_TEST_DATA", "../shared/data")) / TAGS
    if not packed.exists():
        return None
    plain = folder.absolute() / packed.stem
    if plain.exists():
        return plain
    with gzip.open(packed) as source, plain.open("wb") as target:
        shutil.copyfileobj(source, target)
    return plain


if __name__ == "__main__":
    main()
