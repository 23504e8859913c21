/** @import { Picture } from '../../services/apiTypes.js' */
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, ChevronLeft, ChevronRight, Download, Info } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { getGalleryItem } from '../../services/api.js';
import { ApiError, urlOf } from '../../services/request.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Details } from './Details.jsx';
import { slideOf } from './slide.js';
import { Stage } from './Stage.jsx';
import { shownThumb } from './tileBehind.js';
import { Trouble } from './Trouble.jsx';
import { useGone } from './useGone.js';
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

/**
 * What keeps the picture from being shown: a file that nobody can draw is asked for once more by its id.
 * @param {Picture | undefined} item
 */
function useTrouble(item) {
  const { gone, found } = useGone();
  const [failed, setFailed] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [attempt, setAttempt] = useState(0);
  const id = item?.id ?? '';
  const isFailed = failed.has(id);
  const isGone = gone.has(id);
  const check = useQuery({
    queryKey: ['gallery', 'is there', id, attempt],
    queryFn: ({ signal }) => getGalleryItem(id, signal),
    enabled: isFailed && !isGone,
    retry: false,
    gcTime: 0,
  });
  const missing = check.error instanceof ApiError && check.error.status === 404;
  useEffect(() => {
    if (missing) found(id);
  }, [missing, found, id]);
  const retry = () => {
    setFailed((was) => new Set([...was].filter((other) => other !== id)));
    setAttempt((was) => was + 1);
  };
  const fail = (/** @type {string} */ other) => setFailed((was) => new Set(was).add(other));
  const kind = isGone ? 'gone' : isFailed && !check.isPending ? 'broken' : null;
  return { kind: /** @type {'gone' | 'broken' | null} */ (kind), attempt, fail, retry };
}

/** Keys that someone types in a field or leads a video with are theirs. */
const isTheirs = (/** @type {EventTarget | null} */ target) =>
  target instanceof Element && target.closest('input, textarea, select, video, [contenteditable]') !== null;

/**
 * One picture at a time over the whole screen: swipe, zoom, keys, details.
 * @param {{
 *   index: number, count: number, itemAt: (index: number) => Picture | undefined,
 *   onIndex: (index: number) => void, onClose: () => void, onCopy: (text: string) => void,
 *   onDelete?: (item: Picture) => void,
 *   quick?: (item: Picture) => React.ReactNode, actions?: (item: Picture) => React.ReactNode,
 * }} props
 */
export function Viewer({ index, count, itemAt, onIndex, onClose, onCopy, onDelete, quick, actions }) {
  const { t } = useT();
  const details = usePreferences((p) => p.details);
  const set = usePreferences((p) => p.set);
  const [bare, setBare] = useState(false);
  const popup = useRef(/** @type {HTMLDivElement | null} */ (null));
  const stage = useRef(/** @type {import('./Stage.jsx').StageHandle | null} */ (null));
  const item = itemAt(index);
  const trouble = useTrouble(item);
  const gone = trouble.kind === 'gone';

  const go = (/** @type {number} */ to) => to >= 0 && to < count && onIndex(to);
  const onKeyDown = (/** @type {React.KeyboardEvent} */ event) => {
    if (isTheirs(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const actions = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => go(index - 1),
      ArrowRight: () => go(index + 1),
      i: () => set({ details: !details }),
      '+': () => stage.current?.zoom(1),
      '-': () => stage.current?.zoom(-1),
      0: () => stage.current?.zoom(0),
      ' ': () => stage.current?.play(),
      ...(item && !gone && onDelete && { Delete: () => onDelete(item) }),
    });
    const action = actions[event.key];
    // The space bar presses the button that has the focus.
    if (!action || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    action();
  };

  return (
    <Dialog.Root open onOpenChange={(open) => !open && !stage.current?.close() && onClose()}>
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
              shown={item?.id}
              slideAt={(at) => slideOf(itemAt(at), shownThumb(at))}
              onIndex={onIndex}
              onTap={() => setBare((was) => !was)}
              onDismiss={onClose}
              onFail={(at) => {
                const id = itemAt(at)?.id;
                if (id !== undefined) trouble.fail(id);
              }}
              attempt={trouble.attempt}
              handle={stage}
            />
            {item && trouble.kind && <Trouble item={item} kind={trouble.kind} onRetry={trouble.retry} />}
            <Bar
              item={gone ? undefined : item}
              index={index}
              count={count}
              details={details}
              onDetails={() => set({ details: !details })}
            />
            {item && !trouble.kind && quick?.(item)}
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
              gone={gone}
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
