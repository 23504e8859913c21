/** @import { Filter } from './filter.js' */
/** @import { PlaceStore } from './placeStore.js' */
import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { getGalleryTimeline } from '../../services/api.js';
import { queryOf } from './filter.js';
import { monthAt, monthName, yearMarks } from './months.js';
import { usePlace } from './placeStore.js';

/** Below this many items there is nothing to jump over. */
const WORTH_IT = 100;
const YEARS_APART = 0.06;
/** @type {{ month: string, count: number, offset: number }[]} */
const NO_MONTHS = [];

/** @param {Filter} filter @param {number} total */
function useMonths(filter, total) {
  const { data } = useQuery({
    queryKey: ['gallery', 'timeline', filter],
    queryFn: ({ signal }) => getGalleryTimeline(queryOf(filter), signal),
    enabled: total >= WORTH_IT,
    staleTime: 60_000,
  });
  return data?.months ?? NO_MONTHS;
}

/** Keeps an element at the place in the list, with every frame and without drawing it again. @param {PlaceStore} store */
function useRide(store) {
  const ref = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => {
    const ride = () => {
      const { fraction } = store.get();
      const el = ref.current;
      if (el) el.style.transform = `translateY(calc((100cqh - 44px) * ${fraction.toFixed(5)}))`;
    };
    ride();
    return store.subscribe(ride);
  });
  return ref;
}

/**
 * A handle at the edge that leads to any month.
 * @param {{
 *   filter: Filter, total: number, store: PlaceStore,
 *   onJump: (fraction: number) => void, onIndex: (index: number) => void,
 * }} props
 */
export function Scrubber({ filter, total, store, onJump, onIndex }) {
  const { t, lang } = useT();
  const months = useMonths(filter, total);
  const here = usePlace(store, (at) => monthAt(months, at.rowEnd));
  const moving = usePlace(store, (at) => at.moving);
  const percent = usePlace(store, (at) => Math.round(at.fraction * 100));
  const years = useMemo(() => yearMarks(months, total, YEARS_APART), [months, total]);
  const [held, setHeld] = useState(false);
  const frame = useRef(0);
  const ride = useRide(store);
  if (total < WORTH_IT || months.length === 0) return null;
  const name = here ? monthName(here.month, lang) : '';

  const follow = (/** @type {React.PointerEvent<HTMLElement>} */ event) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!box) return;
    const fraction = Math.min(1, Math.max(0, (event.clientY - box.top - 22) / (box.height - 44)));
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => onJump(fraction));
  };
  const step = (/** @type {React.KeyboardEvent} */ event) => {
    const steps = /** @type {Record<string, number>} */ ({
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -6,
      PageDown: 6,
      Home: -months.length,
      End: months.length,
    });
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const { index, rowEnd } = store.get();
    const from = months.indexOf(/** @type {any} */ (monthAt(months, by < 0 ? index : rowEnd)));
    const month = months[Math.min(months.length - 1, Math.max(0, from + by))];
    if (event.key === 'End') onJump(1);
    else if (month) onIndex(month.offset);
  };

  return (
    <div className="scrubber" data-held={held || undefined} data-moving={moving || undefined}>
      {years.map(({ year, at }) => (
        <span key={year} className="scrubber-year" aria-hidden="true" style={{ '--at': at }}>
          {year}
        </span>
      ))}
      <div
        ref={ride}
        className="scrubber-handle"
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('gallery.date')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={name}
        onKeyDown={step}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setHeld(true);
        }}
        onPointerMove={(event) => held && follow(event)}
        onPointerUp={() => setHeld(false)}
        onPointerCancel={() => setHeld(false)}
      >
        <span className="scrubber-month" aria-hidden="true">
          {name}
        </span>
        <span className="scrubber-grip">
          <ChevronsUpDown size={18} aria-hidden="true" />
        </span>
      </div>
    </div>
  );
}
