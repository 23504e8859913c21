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
    print(f"\n{label} (must {must:g}× Pillow)")
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


def main() -> int:
    """Print the table; the exit code tells whether every must is met."""
    parser = argparse.ArgumentParser(prog="benchmarks.thumbs")
    parser.add_argument("--corpus", type=Path, default=Path(".build/bench-thumbs"))
    parser.add_argument("--files", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    kinds = corpus.make(options.corpus, options.files)
    for kind in ("png1024", "png2048", "grainy1024", "grainy2048"):
        share = statistics.mean(corpus.paeth_share(path) for path in kinds[kind][:6])
        print(f"Paeth rows of {kind}: {share:.0%}")
    tools: Tools = {"ours": timed(peers.ours), "pillow": timed(peers.pillow)}
    vips, sharp = peers.vips(), peers.sharp()
    if vips is not None:
        tools["vips"] = timed(vips)
    if sharp is not None:
        tools["sharp"] = sharp.measure
    n = options.rounds
    met = [
        row("E1 PNG 1024² → 512", rounds(tools, kinds["png1024"], 512, n), 3.0),
        row("E3 PNG 2048² → 512", rounds(tools, kinds["png2048"], 512, n), 2.5),
        row("E4 PNG 1024² → 256", rounds(tools, kinds["png1024"], 256, n), 3.0),
        row("E1 grainy PNG 1024² → 512", rounds(tools, kinds["grainy1024"], 512, n), 3.0),
        row("E3 grainy PNG 2048² → 512", rounds(tools, kinds["grainy2048"], 512, n), 2.5),
        row("E4 grainy PNG 1024² → 256", rounds(tools, kinds["grainy1024"], 256, n), 3.0),
        row("E5 JPEG 2048² → 512", rounds(tools, kinds["jpeg2048"], 512, n), 1.6),
    ]
    fast: Tools = {"ours fast": timed(peers.ours_fast), "pillow": timed(peers.pillow)}
    met.append(row("E6 JPEG 2048² → 512, fast", rounds(fast, kinds["jpeg2048"], 512, n), 2.6, "ours fast"))
    met.append(row("E2 two workers, wall clock, PNG 1024² → 512", two_workers(kinds["png1024"], 512, n), 3.0))
    many = two_workers(kinds["grainy1024"], 512, n)
    met.append(row("E2 two workers, wall clock, grainy PNG 1024² → 512", many, 3.0))
    met.append(row("E7 WebP 1024² decoded, 1 / 1.1 of libwebp", webp_decode(kinds["webp1024"], n), 1 / 1.1))
    memory, lanczos = from_pixels(n)
    print(f"\nE8 from pixels in memory, 1024² → 512: {memory:.2f} ms (must 3.5, stretch 2.5)")
    print(f"  Pillow's LANCZOS alone, in turn: {lanczos:.2f} ms")
    met.append(memory <= 3.5)
    for kind, width, least in (
        ("png1024", 512, 50),
        ("png2048", 512, 50),
        ("png1024", 256, 50),
        ("grainy1024", 512, 50),
        ("grainy2048", 512, 50),
        ("jpeg2048", 512, 50),
    ):
        worst = quality(kinds[kind][:6], width)
        print(f"PSNR {kind} → {width}: {worst:.1f} dB (must {least})")
        met.append(worst >= least)
    worst = quality_fast(kinds["jpeg2048"][:6], 512)
    print(f"PSNR jpeg2048 → 512, fast: {worst:.1f} dB (must 42)")
    met.append(worst >= 42)
    if sharp is not None:
        sharp.close()
    print("\nall musts met" if all(met) else f"\nMISSED: {met}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
