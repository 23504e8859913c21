import { ChevronUp, Copy, X } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { useCollection } from './collection.js';
import { promptText } from './token.js';

/** @param {readonly string[]} tags as a prompt writes them */
const textOf = (tags) => tags.map((tag) => promptText({ tag })).join(', ');

/** @param {{ open: boolean, onClose: () => void, children: React.ReactNode }} props `children`: what to do with them */
function CollectionSheet({ open, onClose, children }) {
  const { t } = useT();
  const { tags, set, toggle } = useCollection();
  const clear = () => {
    set([]);
    onClose();
    toasts.add({
      title: t('tags.cleared'),
      actionProps: { children: t('tags.undo'), onClick: () => set(tags) },
    });
  };
  return (
    <Sheet open={open} onClose={onClose} title={t('tags.collection')}>
      <ul className="tag-pieces">
        {tags.map((tag) => (
          <li key={tag}>
            <button
              type="button"
              className="tag-piece"
              aria-label={t('tags.remove', { tag })}
              onClick={() => toggle(tag)}
            >
              <span>
                {promptText({ tag }).replaceAll('\\', '')}
                <X size={14} aria-hidden="true" />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="tags-actions">
        {children}
        <Button variant="danger" onClick={clear}>
          {t('tags.clear')}
        </Button>
      </div>
    </Sheet>
  );
}

/** What was collected, and what can be done with it; nothing while nothing is. @param {{ onCopy: (text: string) => void, toPrompt: (text: string) => React.ReactNode }} props */
export function CollectionBar({ onCopy, toPrompt }) {
  const { t } = useT();
  const tags = useCollection((c) => c.tags);
  const [open, setOpen] = useState(false);
  if (tags.length === 0) return null;
  const text = textOf(tags);
  return (
    <div className="tags-bar" role="group" aria-label={t('tags.collection')}>
      <button type="button" className="tags-bar-open" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ChevronUp size={18} aria-hidden="true" />
        <span>{t('tags.collected', { count: tags.length })}</span>
      </button>
      <IconButton label={t('copy')} onClick={() => onCopy(text)}>
        <Copy size={18} />
      </IconButton>
      {toPrompt(text)}
      <CollectionSheet open={open} onClose={() => setOpen(false)}>
        <Button onClick={() => onCopy(text)}>{t('copy')}</Button>
      </CollectionSheet>
    </div>
  );
}
