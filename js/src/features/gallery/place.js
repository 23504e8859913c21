/**
 * Where one was in each listing, for as long as the tab lives, also through a reload.
 * @import { Filter } from './filter.js'
 */
const PREFIX = 'cozygen.place:';
/** @type {Map<string, number>} */
const places = new Map();

/** @param {Filter} filter */
const keyOf = (filter) => PREFIX + JSON.stringify(filter);

/** @param {() => T} access @template T */
function ifAllowed(access) {
  try {
    return access();
  } catch (error) {
    if (error instanceof DOMException) return null; // storage is full or forbidden: the tab's memory must do
    throw error;
  }
}

/** @param {Filter} filter @param {number} index of the first item seen */
export function rememberPlace(filter, index) {
  places.set(keyOf(filter), index);
  ifAllowed(() => sessionStorage.setItem(keyOf(filter), String(index)));
}

/** @param {Filter} filter */
export function rememberedPlace(filter) {
  const here = places.get(keyOf(filter));
  return here ?? Number(ifAllowed(() => sessionStorage.getItem(keyOf(filter))) ?? 0);
}
