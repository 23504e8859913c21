// Answers each line of standard input, a case as JSON, with what the browser's prompt model says of it.
// Held against `described.py`, which says the same of the server's.
import readline from 'node:readline';

const model = await import(new URL('../../js/src/prompt/index.js', import.meta.url));
const { AliasLibrary, aliasTokens, expand, insert, move, parse, remove, replace, setAliasWeight, setWeight } = model;

/** @param {any} prompt */
const shown = (prompt) => [
  prompt.gaps,
  prompt.elements.map((e) => [e.kind, e.source, e.text, e.weight, e.emphasis, e.holder]),
  prompt.spans(),
];

/** @param {any} prompt @param {any[]} edit */
function edited(prompt, [operation, place, argument]) {
  if (operation === 'insert') return insert(prompt, place, argument);
  const element = prompt.elements[place % prompt.elements.length];
  if (operation === 'weight') return setWeight(prompt, element, argument);
  if (operation === 'remove') return remove(prompt, element);
  if (operation === 'replace') return replace(prompt, element, argument);
  if (operation === 'move') return move(prompt, element, argument);
  const tokens = aliasTokens(prompt);
  return tokens.length ? setAliasWeight(prompt, tokens[place % tokens.length], argument) : prompt;
}

/** @param {any} entry */
function describe({ text, library, seed, stream, wildcards, edits }) {
  const prompt = parse(text);
  const read = AliasLibrary.fromDocument(library);
  const drawing = { seed, stream, wildcards: wildcards && ((name) => wildcards[name] ?? []) };
  const expansion = expand(text, read, drawing);
  return {
    elements: shown(prompt),
    tokens: aliasTokens(prompt).map((t) => [t.name, t.weight, t.start, t.end]),
    // Sorted: an object of JavaScript puts keys that are numbers first.
    catalogue: read.aliases.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map((a) => [a.key, a.category, a.name, a.text, a.token]),
    text: expansion.text,
    problems: expansion.problems.map((p) => [p.code, p.name, p.start, p.end, p.via, p.candidates]),
    used: expansion.used,
    puts: expansion.puts.map((p) => [p.start, p.end, p.sourceStart, p.sourceEnd]),
    edits: edits.map((edit) => (prompt.elements.length || edit[0] === 'insert' ? shown(edited(prompt, edit)) : null)),
  };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(describe(JSON.parse(line)))}\n`);
}
