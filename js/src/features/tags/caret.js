/** Where the caret of a text field is on the screen, and how a text is put there. */

/** @typedef {HTMLTextAreaElement | HTMLInputElement} TextField */

/** What decides where a letter of a text field stands. */
const COPIED = /** @type {const} */ ([
  'boxSizing',
  'width',
  'paddingTop',
  'paddingRight',
  'paddingBottom',
  'paddingLeft',
  'borderTopWidth',
  'borderRightWidth',
  'borderBottomWidth',
  'borderLeftWidth',
  'fontFamily',
  'fontSize',
  'fontWeight',
  'fontStyle',
  'lineHeight',
  'letterSpacing',
  'wordSpacing',
  'tabSize',
  'textIndent',
  'textTransform',
]);

/** @param {TextField} field a copy of its box that lays the same text out the same way */
function mirrorOf(field) {
  const mirror = document.createElement('div');
  const style = getComputedStyle(field);
  for (const name of COPIED) mirror.style[name] = style[name];
  const wraps = field instanceof HTMLTextAreaElement;
  Object.assign(mirror.style, {
    position: 'absolute',
    top: '0',
    left: '-9999px',
    visibility: 'hidden',
    borderStyle: 'solid',
    overflowWrap: wraps ? 'break-word' : 'normal',
    whiteSpace: wraps ? 'pre-wrap' : 'pre',
  });
  return mirror;
}

/**
 * The line in which position `at` of a field stands, in the coordinates of the window.
 * @param {TextField} field
 * @param {number} at
 * @returns {{ left: number, top: number, bottom: number }}
 */
export function caretBox(field, at) {
  const mirror = mirrorOf(field);
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  mirror.append(field.value.slice(0, at), mark);
  document.body.append(mirror);
  const outer = mirror.getBoundingClientRect();
  const inner = mark.getBoundingClientRect();
  mirror.remove();
  const box = field.getBoundingClientRect();
  const top = box.top + inner.top - outer.top - field.scrollTop;
  // A line scrolled out of the field is no place to point at.
  const shown = Math.min(Math.max(top, box.top), Math.max(box.top, box.bottom - inner.height));
  return { left: box.left + inner.left - outer.left - field.scrollLeft, top: shown, bottom: shown + inner.height };
}

/**
 * Replace a part of the field as typing would: it can be undone, and whoever listens to the field hears of it.
 * @param {TextField} field
 * @param {number} start
 * @param {number} end
 * @param {string} text
 */
export function replaceText(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  // Old, but the one way that keeps the browser's undo; where it is missing the text is set without.
  if (document.execCommand?.('insertText', false, text)) return;
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}
