"""What a prompt says once its aliases, choices and wildcards are put in. The server's result is the truth.

An alias's text is expanded on its own and inserted as it is, so nothing is read twice and a cycle is seen
where it closes. Everything that is put in counts against one budget, so no library can make a result grow
without bound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal, Protocol

from cozygen.aliases.choices import Choice, Option, draw, is_choice, read_choice, read_option
from cozygen.aliases.distribute import distribute, part_count
from cozygen.aliases.library import Alias, AliasLibrary
from cozygen.aliases.randomness import Draws
from cozygen.aliases.syntax import Node, is_cut, tree

MAX_LENGTH: Final = 1 << 20
"""Longest result, in UTF-16 units (as browsers count)."""
MAX_NESTING: Final = 64
STEP_COST: Final = 32
"""What a replacement costs beside its length, so that many tiny ones end too."""
MAX_PROBLEMS: Final = 100
_CACHED_LENGTH: Final = 2048

ProblemCode = Literal[
    "unknown_alias", "ambiguous_alias", "cyclic_alias", "too_deep", "too_large", "unknown_wildcard"
]


class Wildcards(Protocol):
    """Where `__name__` finds its options."""

    def options(self, name: str) -> Sequence[str]:
        """The options of a wildcard; none for a name that is not known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that stayed as it was, at `start` to `end` of the prompt; `via` are the aliases it came
    through.
    """

    code: ProblemCode
    name: str
    start: int
    end: int
    via: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Put:
    """A stretch of the result that was put in for the `source` stretch of the prompt."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """The result, what stayed and why, the keys of the aliases used, and where something was put in."""

    text: str
    problems: list[Problem] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    puts: list[Put] = field(default_factory=list)


def expand(
    text: str,
    library: AliasLibrary,
    *,
    seed: int | None = None,
    stream: str = "",
    wildcards: Wildcards | None = None,
) -> Expansion:
    """Expands a prompt. Choices and wildcards are drawn from the run's `seed`; without one they stay.

    `stream` names the field, so that two fields of one run draw differently. Never raises; unknown, ambiguous
    and cyclic names stay in the text and are reported.
    """
    if units(text) > MAX_LENGTH:
        return Expansion(text, [Problem("too_large", "", 0, len(text))])
    return _Expander(library, seed, stream, wildcards).run(text)


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _plan(text: str, draws: bool) -> tuple[Node, ...]:
    """The nodes that expansion looks at; other brackets are transparent."""
    if len(text) > _CACHED_LENGTH:
        return _places(tree(text), text, draws)
    return _cached_plan(text, draws)


@lru_cache(maxsize=8192)
def _cached_plan(text: str, draws: bool) -> tuple[Node, ...]:
    return _places(tree(text), text, draws)


def _places(nodes: Sequence[Node], text: str, draws: bool) -> tuple[Node, ...]:
    places: list[Node] = []
    for node in nodes:
        if _is_token(node) or (draws and _is_drawn(text, node)):
            places.append(node)
        elif node.children:
            places += _places(node.children, text, draws)
    return tuple(places)


def _is_token(node: Node) -> bool:
    named = node.sole if node.weight is not None and node.sole is not None else node
    return named.kind in ("alias", "bare")


def _is_drawn(text: str, node: Node) -> bool:
    return node.kind == "wildcard" or (node.kind == "brace" and is_choice(text, node))


def _drawing_cost(choice: Choice) -> int:
    return choice.high * (len(choice.options) + units(choice.separator))


class _Expander:
    """One expansion: its budget, its problems and the names it is inside of."""

    def __init__(
        self, library: AliasLibrary, seed: int | None, stream: str, wildcards: Wildcards | None
    ) -> None:
        self._library = library
        self._seed = seed
        self._stream = stream
        self._wildcards = wildcards
        self._budget = MAX_LENGTH
        self._problems: dict[tuple[str, str, int], Problem] = {}
        self._used: dict[str, None] = {}
        self._inside: list[str] = []
        self._depth = 0
        self._place = (0, 0, 0)
        self._draws: Draws | None = None
        self._options: dict[str, list[Option]] = {}
        self._of_kind: dict[str, Callable[[str, Node], str]] = {
            "alias": self._alias,
            "bare": self._bare,
            "paren": self._weighted,
            "wildcard": self._wildcard,
            "brace": self._choice,
        }

    def run(self, text: str) -> Expansion:
        """Expands the prompt itself."""
        self._budget -= units(text)
        self._place = (0, 0, len(text))
        self._look_for_cut("", text)
        parts: list[str] = []
        puts: list[Put] = []
        position = length = 0
        for ordinal, node in enumerate(_plan(text, self._seed is not None)):
            self._place = (ordinal, node.start, node.end)
            self._draws = None
            result = self._of_kind[node.kind](text, node)
            parts += (text[position : node.start], result)
            start = length + node.start - position
            length = start + len(result)
            if result != text[node.start : node.end]:
                puts.append(Put(start, length, node.start, node.end))
            position = node.end
        parts.append(text[position:])
        return Expansion("".join(parts), list(self._problems.values()), list(self._used), puts)

    def _range(self, text: str, nodes: Sequence[Node], start: int, end: int) -> str:
        parts: list[str] = []
        position = start
        for node in nodes:
            parts += (text[position : node.start], self._of_kind[node.kind](text, node))
            position = node.end
        parts.append(text[position:end])
        return "".join(parts)

    def _alias(self, text: str, node: Node) -> str:
        source = text[node.start : node.end]
        result = self._text_of(source[1:-1])
        return source if result is None else result

    def _bare(self, text: str, node: Node) -> str:
        source = text[node.start : node.end]
        result = self._bare_text(source)
        return source if result is None else result

    def _weighted(self, text: str, node: Node) -> str:
        sole = node.sole
        if sole is None or node.weight is None:
            return text[node.start : node.end]
        source = text[sole.start : sole.end]
        result = self._text_of(source[1:-1]) if sole.kind == "alias" else self._bare_text(source)
        if result is None or not self._pays(source, part_count(result) * (len(node.weight) + 4)):
            return text[node.start : node.end]
        return distribute(result, node.weight)

    def _text_of(self, name: str) -> str | None:
        """The expanded text of the alias a token names, or None where the token stays."""
        found = self._library.find(name)
        if isinstance(found, Alias):
            return self._inserted(name, found.key, found.text)
        if found is None:
            self._report("unknown_alias", name)
        else:
            self._report("ambiguous_alias", name, found.keys)
        return None

    def _bare_text(self, source: str) -> str | None:
        category, _, name = source.partition("::")
        if not self._library.aliases or not self._library.knows_category(category):
            return None
        found = self._library.find_exactly(source)
        if found is None:
            self._report("unknown_alias", source)
            return name.lstrip(":")
        return self._inserted(source, found.key, found.text)

    def _inserted(self, name: str, key: str, text: str) -> str | None:
        if key in self._inside:
            self._report("cyclic_alias", name)
            return None
        if not self._enters(name, text):
            return None
        self._used[key] = None
        return self._within(key, text, _plan(text, self._seed is not None), 0, len(text))

    def _within(self, key: str, text: str, nodes: Sequence[Node], start: int, end: int) -> str:
        self._inside.append(key)
        self._depth += 1
        result = self._range(text, nodes, start, end)
        self._depth -= 1
        self._inside.pop()
        return result

    def _wildcard(self, text: str, node: Node) -> str:
        source = text[node.start : node.end]
        if self._wildcards is None:
            return source
        name = source[2:-2]
        options = self._wildcards.options(name)
        if not options:
            self._report("unknown_wildcard", name)
            return source
        if source in self._inside:
            self._report("cyclic_alias", source)
            return source
        read = self._read_options(name, options)
        place = self._random().weighted([option.weight for option in read])
        option, chosen = options[place], read[place]
        if not self._enters(name, option):
            return source
        nodes = [found for found in _plan(option, True) if found.start >= chosen.start]
        return self._within(source, option, nodes, chosen.start, chosen.end)

    def _choice(self, text: str, node: Node) -> str:
        source = text[node.start : node.end]
        choice = read_choice(text, node)
        if choice is None or not self._enters("{}", "") or not self._pays("{}", _drawing_cost(choice)):
            return source
        drawn = draw(choice.low, choice.high, [option.weight for option in choice.options], self._random())
        nodes = _places(node.children, text, True)
        starts = [found.start for found in nodes]
        results = []
        self._depth += 1
        for option in (choice.options[index] for index in drawn):
            own = nodes[bisect_left(starts, option.start) : bisect_left(starts, option.end)]
            results.append(self._range(text, own, option.start, option.end))
        self._depth -= 1
        return choice.separator.join(results)

    def _read_options(self, name: str, options: Sequence[str]) -> list[Option]:
        if name not in self._options:
            self._options[name] = [read_option(option, 0, len(option)) for option in options]
        return self._options[name]

    def _random(self) -> Draws:
        if self._draws is None:
            self._draws = Draws(self._seed or 0, self._stream, self._place[0])
        return self._draws

    def _enters(self, name: str, text: str) -> bool:
        if self._depth >= MAX_NESTING:
            self._report("too_deep", name)
            return False
        self._look_for_cut(name, text)
        return self._pays(name, units(text) + STEP_COST)

    def _look_for_cut(self, name: str, text: str) -> None:
        """A text with more tokens than are read is used as it is, and reported."""
        if is_cut(text):
            self._report("too_large", name)

    def _pays(self, name: str, cost: int) -> bool:
        if cost > self._budget:
            self._report("too_large", name)
            return False
        self._budget -= cost
        return True

    def _report(self, code: ProblemCode, name: str, candidates: tuple[str, ...] = ()) -> None:
        _, start, end = self._place
        place = (code, name, start)
        if len(self._problems) < MAX_PROBLEMS and place not in self._problems:
            self._problems[place] = Problem(code, name, start, end, tuple(self._inside), candidates)
