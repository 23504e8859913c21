import { useState } from 'react';
import { keepInPlace } from './changes.js';

/** @typedef {{ from: number, to: number } | undefined} Shift */

/**
 * Where the items sit: `lead` empty cells at the front keep the columns when items came before those that are
 * looked at, `base` keeps the identity of the rows, `rows` is how far the list must move to stand still.
 * @param {Shift} shift
 * @param {number} columns
 */
export function useSeating(shift, columns) {
  const [seat, setSeat] = useState({ lead: 0, base: 0, rows: 0, shift, columns });
  if (seat.columns !== columns) setSeat({ lead: 0, base: 0, rows: 0, shift, columns });
  else if (seat.shift !== shift) {
    const kept = shift ? keepInPlace(seat, shift) : { lead: 0, rows: 0 };
    setSeat({ ...kept, base: seat.base + kept.rows, shift, columns });
  }
  const straighten = () => setSeat((was) => (was.lead === 0 ? was : { ...was, lead: 0, rows: 0 }));
  return { seat, straighten };
}
