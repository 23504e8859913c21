/** @import { Key } from '../../i18n/translate.js' */
/** @import { Words } from '../../i18n/useT.js' */

/**
 * What a screen reader hears of dnd-kit, in the person's language.
 * @param {Words['t']} t
 * @param {Key} howToMove
 */
export function spokenDrag(t, howToMove) {
  const place = (/** @type {any} */ over) => String(Number(over?.data.current?.sortable.index ?? 0) + 1);
  return {
    screenReaderInstructions: { draggable: t(howToMove) },
    announcements: {
      onDragStart: () => t('compose.lifted'),
      onDragOver: (/** @type {any} */ { over }) => t('compose.over', { place: place(over) }),
      onDragEnd: (/** @type {any} */ { over }) => t('compose.dropped', { place: place(over) }),
      onDragCancel: () => t('compose.cancelled'),
    },
  };
}
