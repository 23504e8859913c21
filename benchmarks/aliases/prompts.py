"""How long reading, expanding and linting prompts takes: `python -m benchmarks.aliases.prompts`.

With COZYGEN_TEST_DATA set the linter judges by the full Danbooru list; without it by none.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from cozygen.aliases.elements import parse
from cozygen.aliases.expand import expand
from cozygen.aliases.judge import Models, Verdict
from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.lint import lint, read
from cozygen.aliases.search import AliasSearch
from cozygen_core import TagIndex

WORDS = (
    "1girl",
    "long hair",
    "blue eyes",
    "looking at viewer",
    r"saber \(fate\)",
    "night sky",
    "smile",
    "red dress",
)
DATA = Path(os.environ.get("COZYGEN_TEST_DATA", "../shared/data"))
NODE = """
import { readFileSync } from 'node:fs';
const { parse } = await import(process.argv[1]);
const text = readFileSync(0, 'utf8');
let best = Infinity;
for (let i = 0; i < 2000; i += 1) {
  const start = performance.now();
  parse(text);
  best = Math.min(best, performance.now() - start);
}
console.log(best);
"""


def best_ms(work: Callable[[], object], rounds: int = 200) -> float:
    """The fastest of many rounds, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def prompt_of(length: int) -> str:
    """Tags as people type them: one in ten weighted, one in twenty an alias, some LoRAs."""
    rng = random.Random(1)
    parts: list[str] = []
    while sum(map(len, parts)) + 2 * len(parts) < length:
        word, kind = rng.choice(WORDS), rng.random()
        shapes = ((0.1, f"({word}:1.2)"), (0.15, "$outfit:red_dress$"), (0.16, "<lora:glow:0.8>"))
        parts.append(next((shape for share, shape in shapes if kind < share), word))
    return ", ".join(parts)[:length]


def library() -> AliasLibrary:
    """5,000 aliases, one in ten with a weight and another alias in it."""
    texts = (
        f"tag {n}, (b {n}:1.2), $a_{n + 1}$" if n % 10 == 0 else f"tag {n}, other, words {n}"
        for n in range(5000)
    )
    return AliasLibrary.from_document({f"cat{n % 20}::a_{n}": text for n, text in enumerate(texts)})


def judged() -> tuple[str, Callable[[list[str]], list[Verdict]]]:
    """The number of tags, and a judge of names."""
    path = DATA / "danbooru_925k.csv.gz"
    if not path.exists():
        return "no list", lambda names: [Verdict(True) for _ in names]
    index = TagIndex.build([(path, "danbooru", None)])
    return f"{len(index):,} tags", lambda names: [
        Verdict(found.valid, found.canonical, found.suggestions) for found in index.validate(names)
    ]


def main() -> None:
    """Prints one line for each measure."""
    long, aliases = prompt_of(16_384), library()
    tokens = [f"$a_{n * 100}$" if n % 2 else f"($a_{n * 100 + 1}$:1.2)" for n in range(40)]
    short = ", ".join(tokens) + ", " + prompt_of(4096 - len(", ".join(tokens)) - 2)
    print(f"parse 16 KB, Python      {best_ms(lambda: parse(long)):7.2f} ms  (target 2)")
    script = Path(__file__).resolve().parents[2] / "js" / "src" / "prompt" / "index.js"
    command = ["node", "--input-type=module", "-e", NODE, str(script)]
    run = subprocess.run(command, input=long, capture_output=True, text=True, check=True)
    print(f"parse 16 KB, JavaScript  {float(run.stdout):7.2f} ms  (target 2)")
    warm = best_ms(lambda: expand(short, aliases, seed=3))
    print(f"expand 4 KB, 40 of 5,000 {warm:7.2f} ms  (target 2)")
    name, judge = judged()
    names = [tag.name for tag in read(short).judged]

    def work() -> None:
        reading = read(short)
        verdicts = judge([tag.name for tag in reading.judged])
        lint(reading, expand(short, aliases), aliases, verdicts, Models())

    print(f"lint 4 KB, {name:13} {best_ms(work, 50):7.2f} ms  (target 10; {len(names)} names to judge)")
    search = AliasSearch(aliases.aliases)
    print(f"search 5,000, a typo     {best_ms(lambda: search.find('toher wrods'), 30):7.2f} ms")


if __name__ == "__main__":
    main()
