/**
 * A list with one of it in another place; the list itself where nothing moves.
 * @template Item
 * @param {Item[]} list @param {number} from @param {number} to
 * @returns {Item[]}
 */
export function movedTo(list, from, to) {
  const moved = list[from];
  if (moved === undefined || to < 0 || to >= list.length || from === to) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, moved);
}
