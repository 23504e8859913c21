/** @import { Picture } from '../../services/apiTypes.js' */
/** @import { Filter } from './filter.js' */
/** @import { Head } from './adopt.js' */
/** @import { Choosing } from './Grid.jsx' */
/** @import { Stretch } from './selection.js' */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../../services/request.js';
import { toasts } from '../../ui/primitives/toasts.js';
import { idsBetween, idsOfDay } from './idsBetween.js';
import { boundsOf, isChoosing, isChosen, MOST, NOTHING, toggled, withIds, without } from './selection.js';

/** @param {unknown} error */
function say(error) {
  if (!(error instanceof ApiError)) throw error;
  toasts.add({ title: error.message, type: 'error' });
}

/**
 * Choosing in a listing. Places are looked up when they are chosen, and held as ids.
 * @param {Filter} filter
 * @param {Head} head
 * @param {(index: number) => Picture | undefined} itemAt
 * @param {() => void} onRemove what the Delete key does
 */
export function useSelection(filter, head, itemAt, onRemove) {
  const [selection, setSelection] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const now = useRef({ selection, itemAt, onRemove, generation: head.generation, total: head.total_items });
  useEffect(() => {
    now.current = { selection, itemAt, onRemove, generation: head.generation, total: head.total_items };
  });

  const add = useCallback(async (/** @type {() => Promise<string[]>} */ find, on = true, anchor = -1) => {
    setBusy(true);
    try {
      const ids = await find();
      setSelection((was) => ({ ...withIds(was, ids, on), anchor: anchor < 0 ? was.anchor : anchor }));
    } catch (error) {
      setSelection((was) => ({ ...was, stretch: null }));
      say(error);
    } finally {
      setBusy(false);
    }
  }, []);
  const take = useCallback(
    (/** @type {Stretch} */ stretch) => {
      setSelection((was) => ({ ...was, stretch })); // seen at once, also where the ids are still asked for
      const { generation, itemAt: at } = now.current;
      void add(() => idsBetween(filter, generation, boundsOf(stretch), at), stretch.on, stretch.to);
    },
    [add, filter],
  );

  const deeds = useMemo(() => {
    const toggle = (/** @type {number} */ index) => {
      const id = now.current.itemAt(index)?.id;
      if (id !== undefined) setSelection((was) => toggled(was, index, id));
      else take({ from: index, to: index, on: true });
    };
    return {
      toggle,
      extend: (/** @type {number} */ from, /** @type {number} */ to) => take({ from, to, on: true }),
      rangeTo: (/** @type {number} */ index) => {
        const { anchor } = now.current.selection;
        if (anchor === null) toggle(index);
        else take({ from: anchor, to: index, on: true });
      },
      hold: (/** @type {number} */ index) =>
        setSelection((was) => {
          const on = !isChosen(was, index, now.current.itemAt(index)?.id);
          return { ...was, stretch: { from: index, to: index, on }, anchor: index };
        }),
      paint: (/** @type {number} */ index) =>
        setSelection((was) =>
          was.stretch === null || was.stretch.to === index ? was : { ...was, stretch: { ...was.stretch, to: index } },
        ),
      paintEnd: () => {
        const { stretch } = now.current.selection;
        if (stretch) take(stretch);
      },
      all: () => take({ from: 0, to: now.current.total - 1, on: true }),
      none: () => setSelection(NOTHING),
      remove: () => now.current.onRemove(),
    };
  }, [take]);

  const on = isChoosing(selection);
  const choosing = useMemo(
    () => /** @type {Choosing} */ ({ ...deeds, selection: on ? selection : null }),
    [deeds, on, selection],
  );
  const { anchor } = selection;
  return {
    choosing,
    busy,
    ids: selection.ids,
    painting: selection.stretch !== null,
    forget: useCallback((/** @type {Iterable<string>} */ gone) => setSelection((was) => without(was, gone)), []),
    /** Everything of the day of the picture chosen last; null when there is none. */
    day:
      anchor === null
        ? null
        : () => void add(() => idsOfDay(filter, head.generation, anchor, { total: head.total_items, most: MOST })),
  };
}
