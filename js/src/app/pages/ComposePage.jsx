/** @import { FormField, WorkflowForm } from '../../services/apiTypes.js' */
/** @import { Element } from '../../prompt/elements.js' */
import { useQueryClient } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useAliasLibrary } from '../../features/aliases/useAliases.js';
import { Composer } from '../../features/composer/Composer.jsx';
import { ComposeTabs } from '../../features/composer/ComposeTabs.jsx';
import { chosenField, promptFieldsOf } from '../../features/composer/promptFields.js';
import { TagSuggestions } from '../../features/tags/TagSuggestions.jsx';
import { setValue, untouched, useForms } from '../../features/workflow/formStore.js';
import { useWorkflowForm, useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { shownValue } from '../../features/workflow/values.js';
import { useT } from '../../i18n/useT.js';
import { friendlyName } from '../../prompt/index.js';
import { usePreferences } from '../../services/preferences.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { useWide } from '../../ui/layout/useWide.js';
import { useCopy } from '../useCopy.js';
import { ComposeSide, ComposeTools } from './ComposeTools.jsx';

/** @param {(name: string) => ReturnType<import('../../prompt/library.js').AliasLibrary['find']>} find */
function readingOf(find) {
  const aliasOf = (/** @type {Element} */ { kind, text }) => {
    const found = kind === 'alias' ? find(text) : null;
    return found && 'alias' in found ? found.alias : null;
  };
  return {
    wordsOf: (/** @type {Element} */ element) => {
      const alias = aliasOf(element);
      return alias ? friendlyName(alias.token) : element.text;
    },
    detailOf: (/** @type {Element} */ element) => aliasOf(element)?.text,
  };
}

/** @param {{ form: WorkflowForm, fields: FormField[], field: FormField }} props */
function Field({ form, fields, field }) {
  const values = useForms((s) => s.entries[form.workflow]?.values ?? untouched.values);
  const library = useAliasLibrary();
  const { wordsOf, detailOf } = useMemo(() => readingOf((name) => library.find(name)), [library]);
  const [, setParams] = useSearchParams();
  const view = usePreferences((p) => p.compose);
  const copy = useCopy();
  const wide = useWide();
  const loras = form.fields
    .filter(({ kind, role }) => kind === 'lora_pair' || role === 'lora')
    .map((each) => shownValue(each, values[each.name]))
    .filter((name) => typeof name === 'string' && name !== '');
  return (
    <Composer
      key={field.name}
      id={`${form.workflow}\n${field.name}`}
      label={field.label}
      text={String(shownValue(field, values[field.name]) ?? '')}
      onChange={(text) => setValue(form.workflow, field.name, text)}
      loras={/** @type {string[]} */ (loras)}
      view={view}
      onView={(compose) => usePreferences.getState().set({ compose })}
      wordsOf={wordsOf}
      detailOf={detailOf}
      decorate={(input) => <TagSuggestions>{input}</TagSuggestions>}
      onCopy={copy}
      tools={(use) => <ComposeTools field={field.name} {...use} />}
      side={wide ? (use) => <ComposeSide field={field.name} {...use} /> : null}
    >
      <ComposeTabs
        fields={fields}
        chosen={field.name}
        onChoose={(name) => setParams({ field: name }, { replace: true })}
      />
    </Composer>
  );
}

/** @param {{ workflow: string }} props */
function OfWorkflow({ workflow }) {
  const { t } = useT();
  const form = useWorkflowForm(workflow);
  const values = useForms((s) => s.entries[workflow]?.values ?? untouched.values);
  const [params] = useSearchParams();
  if (form.error) return <ErrorState message={form.error.message} onRetry={() => void form.refetch()} />;
  if (!form.data) return <Waiting />;
  const fields = promptFieldsOf(form.data.fields, values);
  const field = chosenField(fields, params.get('field'));
  if (field) return <Field form={form.data} fields={fields} field={field} />;
  return (
    <EmptyState icon={<PenLine size={32} />} title={t('compose.noPrompt')} text={t('compose.noPromptText')}>
      <Link href="/controls" className="button" data-variant="primary">
        {t('compose.toCreate')}
      </Link>
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div className="compose-waiting" aria-busy="true">
      {[70, 92, 55, 80].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%`, height: 36 }} />
      ))}
    </div>
  );
}

export function ComposePage() {
  const { t } = useT();
  const { list, current } = useWorkflows();
  const client = useQueryClient();
  if (list.error)
    return (
      <ErrorState
        message={list.error.message}
        onRetry={() => void client.refetchQueries({ queryKey: ['workflows'] })}
      />
    );
  return (
    <section className="compose">
      {list.isPending && <Waiting />}
      {current && <OfWorkflow key={current} workflow={current} />}
      {list.data && !current && (
        <EmptyState icon={<PenLine size={32} />} title={t('create.none')} text={t('create.noneText')} />
      )}
    </section>
  );
}
