import { Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { RunBar } from '../../features/runs/RunBar.jsx';
import { TagSuggestions } from '../../features/tags/TagSuggestions.jsx';
import { Form } from '../../features/workflow/Form.jsx';
import { FormTools } from '../../features/workflow/FormTools.jsx';
import { useFormSync } from '../../features/workflow/useFormSync.js';
import { useWorkflowForm, useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { WorkflowPicker } from '../../features/workflow/WorkflowPicker.jsx';
import { useT } from '../../i18n/useT.js';
import { isPromptField } from '../../prompt/fields.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { useQueueRun, useRunErrors } from '../useQueueRun.js';

/** @import { WorkflowForm } from '../../services/apiTypes.js' */
/** @import { Decorate } from '../../features/workflow/FieldRow.jsx' */

/** @type {Decorate} */
const withSuggestions = (field, input) => (isPromptField(field) ? <TagSuggestions>{input}</TagSuggestions> : input);

/** @type {Record<string, string>} */
const none = {};

/** @param {{ form: WorkflowForm }} props */
function Ready({ form }) {
  const { t } = useT();
  const [count, setCount] = useState(1);
  useFormSync(form.workflow);
  const run = useQueueRun();
  const errors = useRunErrors((s) => s.of[form.workflow] ?? none);
  const [wrong] = Object.keys(errors);
  useEffect(() => {
    if (wrong) document.getElementById(`field-${wrong}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [wrong]);
  return (
    <>
      <div className="create-form">
        <Form form={form} errors={errors} decorate={withSuggestions} />
        {form.fields.length === 0 && <p className="form field-hint">{t('create.noFields')}</p>}
      </div>
      <RunBar
        busy={run.isPending}
        count={count}
        onCount={setCount}
        onRun={() => run.mutate({ workflow: form.workflow, count })}
      />
    </>
  );
}

export function CreatePage() {
  const { t } = useT();
  const { list, current } = useWorkflows();
  const form = useWorkflowForm(current);
  const failed = list.error ?? form.error;
  if (failed)
    return <ErrorState message={failed.message} onRetry={() => (list.error ? list.refetch() : form.refetch())} />;
  if (list.data && current === null)
    return <EmptyState icon={<Workflow size={32} />} title={t('create.none')} text={t('create.noneText')} />;
  return (
    <section className="create">
      <header className="page-head">
        {current !== null && <WorkflowPicker items={list.data?.items ?? []} current={current} />}
        {form.data && <FormTools key={form.data.workflow} form={form.data} />}
      </header>
      {form.data ? (
        <Ready key={form.data.workflow} form={form.data} />
      ) : (
        <div className="form" role="status" aria-label={t('loading')}>
          {[120, 60, 60, 60, 60].map((height, i) => (
            <Skeleton key={i} style={{ height, marginBottom: 12 }} />
          ))}
        </div>
      )}
    </section>
  );
}
