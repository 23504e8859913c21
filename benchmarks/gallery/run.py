"""`make bench-gallery`: the index beside scandir, SQLite and Pillow; then the server over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import shutil
from pathlib import Path

from benchmarks.gallery import in_core, served
from benchmarks.gallery.tree import LIKE_COMFYUI, grow

TAGS = "danbooru_925k.csv.gz"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=Path(".build/bench-gallery"))
    parser.add_argument("--text-bytes", type=int, default=LIKE_COMFYUI, help="metadata of each file")
    parser.add_argument("--part", choices=("core", "server", "all"), default="all")
    parser.add_argument("--remove", action="store_true", help="remove the tree afterwards")
    options = parser.parse_args()
    root = (options.folder / str(options.files)).absolute()
    data = (options.folder / f"data-{options.files}").absolute()
    root.mkdir(parents=True, exist_ok=True)
    grow(root, options.files, options.text_bytes)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{options.files:,} PNGs, {options.text_bytes:,} bytes of metadata each, {os.cpu_count()} cores")
    print(f"Load of the machine at the start: {load}")
    if options.part in ("core", "all"):
        in_core.measure(root, data / "core", options.files)
    if options.part in ("server", "all"):
        # Reading a million files a second time tells nothing new.
        made = data / "core" / "index" if options.files > 100_000 and options.part == "all" else None
        tags = _tags(options.folder)
        asyncio.run(served.measure(root, data / "server", options.files, tags=tags, index=made))
    shutil.rmtree(data, ignore_errors=True)
    if options.remove:
        shutil.rmtree(root)


def _tags(folder: Path) -> Path | None:
    """The long tag list of the test data, unpacked; None where there is no test data."""
    packed = Path(os.environ.get("COZYGEN_TEST_DATA", "../shared/data")) / TAGS
    if not packed.exists():
        return None
    plain = folder.absolute() / packed.stem
    with gzip.open(packed) as source, plain.open("wb") as target:
        shutil.copyfileobj(source, target)
    return plain


if __name__ == "__main__":
    main()
