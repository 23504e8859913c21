/** @import { Picture } from '../../services/apiTypes.js' */
import { Dialog } from '@base-ui/react/dialog';
import { ArrowLeft, ChevronLeft, ChevronRight, Download, Info } from 'lucide-react';
import { useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { urlOf } from '../../services/request.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Details } from './Details.jsx';
import { slideOf } from './slide.js';
import { Stage } from './Stage.jsx';
import './viewer.css';

/**
 * @param {{ item: Picture | undefined, index: number, count: number, details: boolean, onDetails: () => void }} props
 */
function Bar({ item, index, count, details, onDetails }) {
  const { t } = useT();
  return (
    <div className="viewer-bar">
      <Dialog.Close render={<IconButton label={t('back')} />}>
        <ArrowLeft size={22} />
      </Dialog.Close>
      <span className="viewer-place">{t('viewer.position', { index: index + 1, count })}</span>
      {item && (
        <a
          className="icon-button"
          href={urlOf(item.url)}
          download={item.filename}
          aria-label={t('viewer.download')}
          title={t('viewer.download')}
        >
          <Download size={20} />
        </a>
      )}
      <IconButton label={t('viewer.details')} aria-pressed={details} onClick={onDetails}>
        <Info size={22} />
      </IconButton>
    </div>
  );
}

/** Keys that someone types in a field or leads a video with are theirs. */
const isTheirs = (/** @type {EventTarget | null} */ target) =>
  target instanceof Element && target.closest('input, textarea, select, video, [contenteditable]') !== null;

/**
 * One picture at a time over the whole screen: swipe, zoom, keys, details.
 * @param {{
 *   index: number, count: number, itemAt: (index: number) => Picture | undefined,
 *   onIndex: (index: number) => void, onClose: () => void, onCopy: (text: string) => void,
 *   quick?: (item: Picture) => React.ReactNode, actions?: (item: Picture) => React.ReactNode,
 * }} props
 */
export function Viewer({ index, count, itemAt, onIndex, onClose, onCopy, quick, actions }) {
  const { t } = useT();
  const details = usePreferences((p) => p.details);
  const set = usePreferences((p) => p.set);
  const [bare, setBare] = useState(false);
  const popup = useRef(/** @type {HTMLDivElement | null} */ (null));
  const item = itemAt(index);

  const go = (/** @type {number} */ to) => to >= 0 && to < count && onIndex(to);
  const onKeyDown = (/** @type {React.KeyboardEvent} */ event) => {
    if (isTheirs(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => go(index - 1),
      ArrowRight: () => go(index + 1),
      i: () => set({ details: !details }),
    });
    actions[event.key]?.();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Popup
          ref={popup}
          className="viewer"
          data-theme="dark"
          data-details={details || undefined}
          data-bare={bare || undefined}
          initialFocus={popup}
          finalFocus={false}
          aria-label={t('viewer.label')}
          onKeyDown={onKeyDown}
        >
          <div className="viewer-stage">
            <Stage
              index={index}
              count={count}
              ready={item !== undefined}
              slideAt={(at) => slideOf(itemAt(at))}
              onIndex={onIndex}
              onTap={() => setBare((was) => !was)}
              onDismiss={onClose}
            />
            <Bar
              item={item}
              index={index}
              count={count}
              details={details}
              onDetails={() => set({ details: !details })}
            />
            {item && quick?.(item)}
            <IconButton
              className="viewer-arrow"
              data-side="left"
              label={t('viewer.previous')}
              disabled={index === 0}
              onClick={() => go(index - 1)}
            >
              <ChevronLeft size={26} />
            </IconButton>
            <IconButton
              className="viewer-arrow"
              data-side="right"
              label={t('viewer.next')}
              disabled={index === count - 1}
              onClick={() => go(index + 1)}
            >
              <ChevronRight size={26} />
            </IconButton>
          </div>
          {details && (
            <Details
              key={item?.id}
              item={item}
              onCopy={onCopy}
              onClose={() => set({ details: false })}
              actions={item && actions?.(item)}
            />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
