/** @import { Prompt } from '../../prompt/index.js' */
/** @import { History } from './history.js' */
import { useState } from 'react';
import { create } from 'zustand';
import { parse } from '../../prompt/index.js';
import { noHistory, redo, remember, undo } from './history.js';

/** Every text's history in this tab; changing pages forgets nothing. */
const useHistories = create(
  /** @type {import('zustand').StateCreator<{ of: Record<string, History> }>} */ (() => ({ of: {} })),
);

/** @param {string} id @param {History} history */
const keep = (id, history) => useHistories.setState(({ of }) => ({ of: { ...of, [id]: history } }));

/**
 * A text as a prompt with undo and redo. The text belongs to the caller; elements keep their identity through edits.
 * @param {string} id names the text's history
 * @param {string} text
 * @param {(text: string) => void} onChange
 */
export function useEditing(id, text, onChange) {
  const history = useHistories((s) => s.of[id] ?? noHistory);
  const [held, setHeld] = useState(() => parse(text));
  const prompt = held.toString() === text ? held : parse(text);
  if (prompt !== held) setHeld(prompt);
  const go = (/** @type {ReturnType<typeof undo>} */ step) => {
    if (!step) return;
    keep(id, step.history);
    onChange(step.text);
  };
  const change = (/** @type {string} */ next, typed = false) => {
    if (next === text) return;
    keep(id, remember(history, text, { typed, now: Date.now() }));
    onChange(next);
  };
  return {
    prompt,
    /** @param {Prompt} next @param {boolean} [typed] one of many small steps, such as a slider's */
    edit(next, typed) {
      setHeld(next);
      change(next.toString(), typed);
    },
    /** @param {string} next @param {boolean} [typed] */
    say: (next, typed) => change(next, typed),
    undo: () => go(undo(history, text)),
    redo: () => go(redo(history, text)),
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
  };
}

/** @typedef {ReturnType<typeof useEditing>} Editing */
