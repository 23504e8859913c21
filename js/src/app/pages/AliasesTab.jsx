import { BookMarked } from 'lucide-react';
import { useSearchParams } from 'wouter';
import { AliasEditor } from '../../features/aliases/AliasEditor.jsx';
import { Aliases } from '../../features/aliases/Aliases.jsx';
import { NEW } from '../../features/aliases/drafts.js';
import { useT } from '../../i18n/useT.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { useWide } from '../../ui/layout/useWide.js';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { useCopy } from '../useCopy.js';

/** The alias that the address opens: its name, NEW, or null. */
function useOpenAlias() {
  const [params, setParams] = useSearchParams();
  const open = params.get('alias');
  const show = (/** @type {string | null} */ name, replace = false) =>
    setParams({ tab: 'aliases', ...(name !== null && { alias: name }) }, { replace });
  return { open, show };
}

/**
 * The aliases; one is edited in a sheet, or beside the list where there is room.
 * @param {{ decorate?: (field: React.ReactElement<any>) => React.ReactNode }} props `decorate` wraps the text field (suggestions)
 */
export function AliasesTab({ decorate = (field) => field }) {
  const { t } = useT();
  const { open, show } = useOpenAlias();
  const wide = useWide();
  const copy = useCopy();
  const editor = open !== null && (
    <AliasEditor
      key={open}
      aliasKey={open}
      decorate={decorate}
      onCopy={(text) => void copy(text)}
      onDone={(name) => show(wide ? name : null, true)}
    />
  );
  return (
    <div className="aliases-split">
      <div className="scrolls">
        <Aliases open={open} onOpen={(name) => show(name, open !== null)} />
      </div>
      {wide ? (
        <aside className="scrolls" aria-label={t('aliases.title')}>
          {editor || <EmptyState icon={<BookMarked size={32} />} title={t('aliases.pick')} />}
        </aside>
      ) : (
        <Sheet
          open={open !== null}
          onClose={() => show(null, true)}
          title={open === NEW ? t('aliases.new') : (open ?? '')}
        >
          {editor}
        </Sheet>
      )}
    </div>
  );
}
