"""What the server's prompt model says of a case, in the shape in which `model.mjs` says the browser's.

Positions are given in UTF-16 units, as browsers count.
"""

from __future__ import annotations

from typing import Any

from cozygen.aliases import edits
from cozygen.aliases.elements import Prompt, parse
from cozygen.aliases.expand import expand, units
from cozygen.aliases.library import AliasLibrary

Case = dict[str, Any]


class ListedWildcards:
    """Wildcards from a plain map."""

    def __init__(self, options: dict[str, list[str]]) -> None:
        self._options = options

    def options(self, name: str) -> list[str]:
        return self._options.get(name, [])


def describe(case: Case) -> Case:
    text = case["text"]
    prompt = parse(text)
    library = AliasLibrary.from_document(case["library"])
    seed = None if case["seed"] is None else int(case["seed"])
    wildcards = None if case["wildcards"] is None else ListedWildcards(case["wildcards"])
    expansion = expand(text, library, seed=seed, stream=case["stream"], wildcards=wildcards)
    return {
        "elements": shown(prompt),
        "tokens": [
            [t.name, t.weight, *places(t.element.source, (t.start, t.end))]
            for t in edits.alias_tokens(prompt)
        ],
        "catalogue": [
            [a.key, a.category, a.name, a.text, a.token] for a in sorted(library.aliases, key=lambda a: a.key)
        ],
        "text": expansion.text,
        "problems": [
            [p.code, p.name, *places(text, (p.start, p.end)), list(p.via), list(p.candidates)]
            for p in expansion.problems
        ],
        "used": expansion.used,
        "puts": [
            [*places(expansion.text, (p.start, p.end)), *places(text, (p.source_start, p.source_end))]
            for p in expansion.puts
        ],
        "edits": [
            shown(edited(prompt, *edit)) if prompt.elements or edit[0] == "insert" else None
            for edit in case["edits"]
        ],
    }


def shown(prompt: Prompt) -> list[Any]:
    text = str(prompt)
    return [
        list(prompt.gaps),
        [
            [e.kind, e.source, e.text, e.weight, e.emphasis, places(e.source, e.holder) if e.holder else None]
            for e in prompt.elements
        ],
        [places(text, span) for span in prompt.spans()],
    ]


def edited(prompt: Prompt, operation: str, place: int, argument: Any = None) -> Prompt:
    if operation == "insert":
        return edits.insert(prompt, place, argument)
    element = prompt.elements[place % len(prompt.elements)]
    if operation == "weight":
        return edits.set_weight(prompt, element, argument)
    if operation == "remove":
        return edits.remove(prompt, element)
    if operation == "replace":
        return edits.replace(prompt, element, argument)
    if operation == "move":
        return edits.move(prompt, element, argument)
    tokens = edits.alias_tokens(prompt)
    return edits.set_alias_weight(prompt, tokens[place % len(tokens)], argument) if tokens else prompt


def places(text: str, span: tuple[int, int]) -> list[int]:
    return list(span) if text.isascii() else [units(text[:place]) for place in span]
