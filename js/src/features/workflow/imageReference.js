/**
 * Pictures that a workflow starts from, as a form holds them: a path below the input folder, or
 * `output::folder::name` for one of the gallery.
 */

const OUTPUT = 'output::';

/**
 * Where the picture's thumbnail is asked for; null for no picture.
 * @param {string} reference
 * @returns {{ type: 'input' | 'output', subfolder: string, filename: string } | null}
 */
export function placeOf(reference) {
  if (!reference) return null;
  const type = reference.startsWith(OUTPUT) ? 'output' : 'input';
  const parts = (type === 'output' ? reference.slice(OUTPUT.length) : reference)
    .split(type === 'output' ? /::|\// : '/')
    .filter(Boolean);
  const filename = parts.pop();
  return filename ? { type, subfolder: parts.join('/'), filename } : null;
}

/** @param {{ subfolder: string, filename: string }} picture of the gallery */
export const outputReference = ({ subfolder, filename }) =>
  `${OUTPUT}${[...subfolder.split('/').filter(Boolean), filename].join('::')}`;
