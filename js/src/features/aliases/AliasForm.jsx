/** @import { Draft } from './drafts.js' */
import { useId } from 'react';
import { useT } from '../../i18n/useT.js';
import { expand } from '../../prompt/index.js';
import { Field } from '../../ui/primitives/Field.jsx';
import { isReachable, reachable } from './naming.js';
import { useAliasAdvice, useAliasCategories, useAliasLibrary } from './useAliases.js';

/** @param {{ draft: Draft }} props */
function Expansion({ draft }) {
  const { t } = useT();
  const library = useAliasLibrary();
  const { text, problems } = expand(draft.text, library);
  return (
    <section className="alias-expansion" aria-label={t('compose.expanded')}>
      <h2>{t('compose.expanded')}</h2>
      <p>{text || t('aliases.blank')}</p>
      {problems.length > 0 && (
        <p className="field-error">
          {t('aliases.stays', { names: [...new Set(problems.map(({ name }) => name))].join(', ') })}
        </p>
      )}
    </section>
  );
}

/** Advice, never a refusal: an alias may say whatever its author wants. @param {{ draft: Draft }} props */
function Advice({ draft }) {
  const { t } = useT();
  const issues = useAliasAdvice(draft.name, draft.text);
  if (issues.length === 0) return null;
  const lines = [...new Set(issues.map(({ message, start, end }) => `${draft.text.slice(start, end)}: ${message}`))];
  return (
    <ul className="alias-advice" aria-label={t('compose.advice')}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** @param {{ category: string, onChange: (category: string) => void, id: string }} props */
function Category({ category, onChange, id }) {
  const list = useId();
  const categories = useAliasCategories().data?.answer.categories ?? [];
  return (
    <>
      <input
        id={id}
        className="input"
        list={list}
        value={category}
        autoCapitalize="none"
        autoComplete="off"
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {categories.map(({ name, label }) => (
          <option key={name} value={name} label={label} />
        ))}
      </datalist>
    </>
  );
}

/**
 * The fields of one alias.
 * @param {{ draft: Draft, onChange: (draft: Draft) => void, decorate: (field: React.ReactElement<any>) => React.ReactNode }} props
 */
export function AliasForm({ draft, onChange, decorate }) {
  const { t } = useT();
  const wrong = draft.name !== '' && !isReachable(draft.name);
  const rows = Math.min(12, Math.max(4, Math.ceil(draft.text.length / 40) + draft.text.split('\n').length));
  return (
    <div className="alias-form">
      <Field
        label={t('aliases.name')}
        {...(wrong && { error: t('aliases.unreachable', { name: reachable(draft.name) || 'name_1' }) })}
      >
        {(id) => (
          <input
            id={id}
            className="input"
            value={draft.name}
            autoCapitalize="none"
            autoComplete="off"
            maxLength={200}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
            onBlur={() => wrong && onChange({ ...draft, name: reachable(draft.name) })}
          />
        )}
      </Field>
      <Field label={t('aliases.category')}>
        {(id) => (
          <Category id={id} category={draft.category} onChange={(category) => onChange({ ...draft, category })} />
        )}
      </Field>
      <Field label={t('aliases.text')}>
        {(id) =>
          decorate(
            <textarea
              id={id}
              className="input"
              rows={rows}
              value={draft.text}
              autoCapitalize="none"
              onChange={(event) => onChange({ ...draft, text: event.target.value })}
            />,
          )
        }
      </Field>
      <Expansion draft={draft} />
      <Advice draft={draft} />
    </div>
  );
}
