import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { RunBar } from '../../features/runs/RunBar.jsx';
import { Form } from '../../features/workflow/Form.jsx';
import { untouched, useForms } from '../../features/workflow/formStore.js';
import { useWorkflowForm, useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { isSeed, valuesToSend } from '../../features/workflow/values.js';
import { WorkflowPicker } from '../../features/workflow/WorkflowPicker.jsx';
import { useT } from '../../i18n/useT.js';
import { queueRun } from '../../services/api.js';
import { ApiError } from '../../services/request.js';
import { uuid } from '../../services/uuid.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { toasts } from '../../ui/primitives/toasts.js';

/** @import { WorkflowForm } from '../../services/apiTypes.js' */

/** @param {WorkflowForm} form @param {number} count */
function bodyFor(form, count) {
  const entry = useForms.getState().entries[form.workflow] ?? untouched;
  const seeds = form.fields.filter(isSeed).map((field) => [field.name, entry.seeds[field.name] ?? 'random']);
  return {
    workflow: form.workflow,
    values: valuesToSend(form.fields, entry.values),
    bypassed: entry.bypassed.filter((name) => form.fields.some((field) => field.name === name)),
    seeds: Object.fromEntries(seeds),
    count,
    idempotency_key: uuid(),
  };
}

/** @param {unknown} error @returns {Record<string, string>} what is wrong with which field */
function errorsOf(error) {
  const fields = error instanceof ApiError && error.code === 'invalid_values' ? error.details.fields : {};
  return Object.fromEntries(Object.entries(fields ?? {}).map(([name, words]) => [name, [words].flat().join(' ')]));
}

/** @param {{ form: WorkflowForm }} props */
function Ready({ form }) {
  const { t } = useT();
  const client = useQueryClient();
  const [count, setCount] = useState(1);
  const run = useMutation({
    mutationFn: () => queueRun(bodyFor(form, count)),
    onSuccess: ({ warnings }) => {
      for (const { message } of warnings) toasts.add({ title: message });
      client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
  });
  const errors = errorsOf(run.error);
  const [wrong] = Object.keys(errors);
  useEffect(() => {
    if (wrong) document.getElementById(`field-${wrong}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [wrong]);
  return (
    <>
      <div className="create-form">
        <Form form={form} errors={errors} />
        {form.fields.length === 0 && <p className="form field-hint">{t('create.noFields')}</p>}
      </div>
      <RunBar busy={run.isPending} count={count} onCount={setCount} onRun={() => run.mutate()} />
    </>
  );
}

export function CreatePage() {
  const { t } = useT();
  const { list, names, current } = useWorkflows();
  const form = useWorkflowForm(current);
  const failed = list.error ?? form.error;
  if (failed)
    return <ErrorState message={failed.message} onRetry={() => (list.error ? list.refetch() : form.refetch())} />;
  if (list.data && current === null)
    return <EmptyState icon={<Workflow size={32} />} title={t('create.none')} text={t('create.noneText')} />;
  return (
    <section className="create">
      <header className="page-head">{current !== null && <WorkflowPicker names={names} current={current} />}</header>
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
