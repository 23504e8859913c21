/**
 * Prompts that ran, the newest first and each once.
 * @param {readonly { run_id: string, values: Record<string, unknown> }[]} runs the newest first
 * @param {string} field
 */
export function recentPrompts(runs, field) {
  /** @type {Map<string, { id: string, text: string }>} */
  const found = new Map();
  for (const { run_id: id, values } of runs) {
    const text = values[field];
    if (typeof text === 'string' && text.trim() && !found.has(text)) found.set(text, { id, text });
  }
  return [...found.values()];
}

/**
 * A name that an alias may have: letters, digits, `_` and `-`.
 * @param {string} words
 */
export const aliasName = (words) =>
  words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '_')
    .replace(/^_+|_+$/g, '');
