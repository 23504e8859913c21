"""`make bench-thumbs`: the table of ours and the peers, with the pixels checked in the same run.

Tools take turns inside each round, in reverse order every other round; a ratio
is taken per round and the median is shown. CPU time, not wall clock, except for
the two-worker row.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import cozygen_core
from benchmarks.thumbs import corpus, peers
from benchmarks.thumbs.peers import Measure, timed

Tools = dict[str, Measure]


def rounds(tools: Tools, paths: Sequence[Path], width: int, count: int) -> dict[str, list[float]]:
    """Seconds per file of every tool in every round."""
    for measure in tools.values():
        measure(paths[:2], width)
    found: dict[str, list[float]] = {name: [] for name in tools}
    for number in range(count):
        order = list(tools) if number % 2 == 0 else list(reversed(tools))
        for name in order:
            found[name].append(tools[name](paths, width) / len(paths))
    return found


def ratio(found: dict[str, list[float]], name: str, base: str) -> float:
    """How many times less time than `base`, median over the rounds."""
    return statistics.median(b / a for a, b in zip(found[name], found[base], strict=True))


def row(label: str, found: dict[str, list[float]], must: float, ours: str = "ours") -> bool:
    """Print one row; whether the must is met."""
    print(f"\n{label}" + (f" (must {must:g}× Pillow)" if must else ""))
    for name, values in found.items():
        best = ratio(found, name, "pillow")
        spread = [b / a for a, b in zip(values, found["pillow"], strict=True)]
        print(
            f"  {name:12} {statistics.median(values) * 1000:7.2f} ms  {best:5.2f}×"
            f"  ({min(spread):.2f}-{max(spread):.2f})"
        )
    if "vips" in found:
        print(f"  ours / vips: {ratio(found, ours, 'vips'):.2f}×")
    return ratio(found, ours, "pillow") >= must


def psnr(left: Image.Image, right: Image.Image) -> float:
    """Decibels between two pictures of one size."""
    a: NDArray[np.float64] = np.asarray(left.convert("RGB"), np.float64)
    b: NDArray[np.float64] = np.asarray(right.convert("RGB"), np.float64)
    return float(10 * np.log10(255**2 / max(((a - b) ** 2).mean(), 1e-9)))


def quality(paths: Sequence[Path], width: int) -> float:
    """The worst PSNR of the core's pixels before encoding against Pillow's LANCZOS."""
    worst = 999.0
    for path in paths:
        ours = Image.frombytes("RGB", (width, width), cozygen_core.thumbnail_pixels(path, width))
        with Image.open(path) as picture:
            theirs = picture.convert("RGB").resize((width, width), Image.Resampling.LANCZOS)
        worst = min(worst, psnr(ours, theirs))
    return worst


def _many(job: tuple[str, list[Path], int]) -> None:
    name, paths, width = job
    one = {"ours": peers.ours, "pillow": peers.pillow}[name]
    for path in paths:
        one(path, width)


def two_workers(paths: Sequence[Path], width: int, count: int) -> dict[str, list[float]]:
    """Wall-clock seconds per file with two processes."""
    found: dict[str, list[float]] = {"ours": [], "pillow": []}
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_many, [("pillow", list(paths[:1]), width)] * 4))
        for number in range(count):
            for name in ("ours", "pillow") if number % 2 else ("pillow", "ours"):
                start = time.perf_counter()
                list(pool.map(_many, [(name, list(paths[i::2]), width) for i in (0, 1)]))
                found[name].append((time.perf_counter() - start) / len(paths))
    return found


def webp_decode(paths: Sequence[Path], count: int) -> dict[str, list[float]]:
    """A WebP to pixels of its own size; Pillow decodes with libwebp, as OpenCV does where it is installed."""
    tools: Tools = {"ours": timed(peers.ours_decoded), "pillow": timed(peers.pillow_decoded)}
    opencv = peers.opencv_decoded()
    if opencv is not None:
        tools["opencv"] = timed(opencv)
    return rounds(tools, paths, 1024, count)


def from_pixels(count: int) -> tuple[float, float]:
    """CPU milliseconds for a thumbnail of 1024² pixels in memory; Pillow's LANCZOS alone, in turn."""
    picture = corpus.draw(1024, 1)
    pixels, size = picture.tobytes(), (512, 512)
    ours, theirs = [], []
    for _ in range(count * 4):
        start = time.process_time()
        cozygen_core.thumbnail_from_pixels(pixels, 1024, 1024, 3, 512)
        middle = time.process_time()
        picture.resize(size, Image.Resampling.LANCZOS)
        theirs.append(time.process_time() - middle)
        ours.append(middle - start)
    return statistics.median(ours) * 1000, statistics.median(theirs) * 1000


def quality_fast(paths: Sequence[Path], width: int) -> float:
    """The worst PSNR of fast mode before encoding, for sources that the decoder shrinks to the last pixel.

    Its pixels are those of Pillow's `draft`, which is looked at after encoding;
    those of `draft` are compared with LANCZOS.
    """
    worst = 999.0
    for path in paths:
        with Image.open(path) as draft, Image.open(path) as whole:
            draft.draft("RGB", (width, width))
            lanczos = whole.resize(draft.size, Image.Resampling.LANCZOS)
            encoded = io.BytesIO()
            draft.save(encoded, "JPEG", quality=85)
            with Image.open(io.BytesIO(peers.ours_fast(path, width))) as ours, Image.open(encoded) as theirs:
                worst = min(worst, psnr(ours, theirs), psnr(draft, lanczos))
    return worst


#: Row, corpus, width and what is required of it in Pillow's times.
DECODES = (
    ("E1 PNG 1024² → 512", "png1024", 512, 3.0),
    ("E3 PNG 2048² → 512", "png2048", 512, 2.5),
    ("E4 PNG 1024² → 256", "png1024", 256, 3.0),
    ("E1 grainy PNG 1024² → 512", "grainy1024", 512, 3.0),
    ("E3 grainy PNG 2048² → 512", "grainy2048", 512, 2.5),
    ("E4 grainy PNG 1024² → 256", "grainy1024", 256, 3.0),
    ("E5 JPEG 2048² → 512", "jpeg2048", 512, 1.6),
)
QUALITIES = (
    ("png1024", 512),
    ("png2048", 512),
    ("png1024", 256),
    ("grainy1024", 512),
    ("grainy2048", 512),
    ("jpeg2048", 512),
)
Kinds = dict[str, list[Path]]


def decodes(kinds: Kinds, row_names: set[str], count: int) -> list[bool]:
    """E1, E3, E4 and E5, which every tool takes part in."""
    tools: Tools = {"ours": timed(peers.ours), "pillow": timed(peers.pillow)}
    vips, sharp = peers.vips(), peers.sharp()
    if vips is not None:
        tools["vips"] = timed(vips)
    if sharp is not None:
        tools["sharp"] = sharp.measure
    wanted = [decode for decode in DECODES if decode[0][:2] in row_names]
    met = [row(label, rounds(tools, kinds[kind], width, count), must) for label, kind, width, must in wanted]
    if sharp is not None:
        sharp.close()
    return met


def others(kinds: Kinds, row_names: set[str], count: int) -> list[bool]:
    """Two workers, fast mode, WebP and pixels in memory."""
    met = []
    if "E6" in row_names:
        fast: Tools = {"ours fast": timed(peers.ours_fast), "pillow": timed(peers.pillow)}
        found = rounds(fast, kinds["jpeg2048"], 512, count)
        met.append(row("E6 JPEG 2048² → 512, fast", found, 2.6, "ours fast"))
    if "E2" in row_names:
        for kind, name in (("png1024", "PNG"), ("grainy1024", "grainy PNG")):
            label = f"E2 two workers, wall clock, {name} 1024² → 512"
            met.append(row(label, two_workers(kinds[kind], 512, count), 3.0))
    if "E7" in row_names:
        found = webp_decode(kinds["webp1024"], count)
        row("E7 WebP 1024² decoded", found, 0)
        peer = "opencv" if "opencv" in found else "pillow"
        share = statistics.median(a / b for a, b in zip(found["ours"], found[peer], strict=True))
        print(f"  ours / {peer}: {share:.2f} of the time (must 1.1)")
        met.append(share <= 1.1)
    if "E8" in row_names:
        memory, lanczos = from_pixels(count)
        print(f"\nE8 from pixels in memory, 1024² → 512: {memory:.2f} ms (must 3.5, stretch 2.5)")
        print(f"  Pillow's LANCZOS alone, in turn: {lanczos:.2f} ms")
        met.append(memory <= 3.5)
    return met


def qualities(kinds: Kinds) -> list[bool]:
    """How near the pixels are to Pillow's before they are encoded."""
    found = [(f"{kind} → {width}", quality(kinds[kind][:6], width), 50) for kind, width in QUALITIES]
    found.append(("jpeg2048 → 512, fast", quality_fast(kinds["jpeg2048"][:6], 512), 42))
    for label, worst, least in found:
        print(f"PSNR {label}: {worst:.1f} dB (must {least})")
    return [worst >= least for _, worst, least in found]


def main() -> int:
    """Print the table; the exit code tells whether every must is met."""
    parser = argparse.ArgumentParser(prog="benchmarks.thumbs")
    parser.add_argument("--corpus", type=Path, default=Path(".build/bench-thumbs"))
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", metavar="ROW", help="E1 to E8, or psnr")
    options = parser.parse_args()
    every = {"psnr", *(f"E{number}" for number in range(1, 9))}
    wanted = set(options.only) if options.only else every
    kinds = corpus.make(options.corpus, options.files)
    for kind in ("png1024", "png2048", "grainy1024", "grainy2048"):
        share = statistics.mean(corpus.paeth_share(path) for path in kinds[kind][:6])
        print(f"Paeth rows of {kind}: {share:.0%}")
    met = decodes(kinds, wanted, options.rounds) + others(kinds, wanted, options.rounds)
    met += qualities(kinds) if "psnr" in wanted else []
    print("\nall musts met" if all(met) else f"\nMISSED: {met}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
