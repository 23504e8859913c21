import { useSearchParams } from 'wouter';
import { TagSuggestions } from '../../features/tags/TagSuggestions.jsx';
import { useT } from '../../i18n/useT.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { AliasesTab } from './AliasesTab.jsx';
import { TagsTab } from './TagsTab.jsx';
import './library.css';

function SuggestingAliases() {
  return <AliasesTab decorate={(field) => <TagSuggestions>{field}</TagSuggestions>} />;
}

/** The parts of the library, in their order; the address names one as `tab`. */
const TABS = /** @type {const} */ ([
  { key: 'tags', text: 'tags.title', Part: TagsTab },
  { key: 'aliases', text: 'aliases.title', Part: SuggestingAliases },
]);

export function LibraryPage() {
  const { t } = useT();
  const [params, setParams] = useSearchParams();
  const { key, Part } = TABS.find((tab) => tab.key === params.get('tab')) ?? TABS[0];
  return (
    <div className="library">
      <header className="page-head">
        <h1>{t('library.title')}</h1>
        <nav className="library-tabs" aria-label={t('library.tabs')}>
          {TABS.map((tab) => (
            <Chip
              key={tab.key}
              pressed={tab.key === key}
              onClick={() => setParams({ tab: tab.key }, { replace: true })}
            >
              {t(tab.text)}
            </Chip>
          ))}
        </nav>
      </header>
      <div className="library-part">
        <Part />
      </div>
    </div>
  );
}
