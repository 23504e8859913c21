import { useState } from 'react';
import { useT } from '../../i18n/useT.js';

/** Longer than this is folded: nobody scrolls past ten thousand characters to the seed. */
const FOLDED_FROM = 700;

/** A text of any length. @param {{ text: string }} props */
export function Long({ text }) {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  if (text.length <= FOLDED_FROM) return <span>{text}</span>;
  return (
    <span className="long">
      <span className="long-text" data-open={open || undefined}>
        {text}
      </span>
      <button type="button" className="long-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t('viewer.less') : t('viewer.more')}
      </button>
    </span>
  );
}
