/** @import { Run, WorkflowForm } from '../../services/apiTypes.js' */
/** @import { Decorate } from '../../features/workflow/inputProps.js' */
import { CloudOff, Workflow } from 'lucide-react';
import { useEffect, useState } from 'react';
import { RunBar } from '../../features/runs/RunBar.jsx';
import { RunStage } from '../../features/runs/RunStage.jsx';
import { TagSuggestions } from '../../features/tags/TagSuggestions.jsx';
import { AddWorkflows } from '../../features/workflow/AddWorkflows.jsx';
import { useFieldNotes } from '../../features/workflow/fieldNotes.js';
import { Form } from '../../features/workflow/Form.jsx';
import { FormTools } from '../../features/workflow/FormTools.jsx';
import { titleOf } from '../../features/workflow/titleOf.js';
import { useFormSync } from '../../features/workflow/useFormSync.js';
import { useWorkflowForm, useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { WorkflowList } from '../../features/workflow/WorkflowList.jsx';
import { WorkflowPicker } from '../../features/workflow/WorkflowPicker.jsx';
import { errorWords } from '../../i18n/errorWords.js';
import { useT } from '../../i18n/useT.js';
import { isPromptField } from '../../prompt/fields.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { useWide } from '../../ui/layout/useWide.js';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { navigate } from '../hashLocation.js';
import { useQueueRun } from '../useQueueRun.js';
import './create.css';

/** @type {Decorate} */
const withSuggestions = (field, input) => (isPromptField(field) ? <TagSuggestions>{input}</TagSuggestions> : input);

/** @type {Record<string, string>} */
const none = {};

const openPicture = (/** @type {string} */ id) => navigate(`/gallery?view=${encodeURIComponent(id)}`);

/** Keeps the values the same on all devices, and says when the server does not take them. @param {{ workflow: string }} props */
function Kept({ workflow }) {
  const { t } = useT();
  const failure = useFormSync(workflow);
  return (
    <div role="status">
      {failure && (
        <p className="form-kept">
          <CloudOff size={16} aria-hidden="true" />
          {t('form.keptHere', { why: errorWords(failure, t) })}
        </p>
      )}
    </div>
  );
}

/** @param {{ form: WorkflowForm, wide: boolean }} props */
function Ready({ form, wide }) {
  const { t } = useT();
  const [count, setCount] = useState(1);
  const run = useQueueRun();
  const errors = useFieldNotes((s) => s.of[form.workflow] ?? none);
  const [wrong] = Object.keys(errors);
  useEffect(() => {
    if (wrong) document.getElementById(`field-${wrong}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  }, [wrong]);
  return (
    <>
      <div className="create-form">
        <Kept workflow={form.workflow} />
        <Form form={form} errors={errors} decorate={withSuggestions} />
        {form.fields.length === 0 && <p className="form field-hint">{t('create.noFields')}</p>}
      </div>
      <RunBar
        busy={run.isPending}
        count={count}
        onCount={setCount}
        quiet={wide}
        onRun={() => run.mutate({ workflow: form.workflow, count })}
      />
    </>
  );
}

function Stage() {
  const run = useQueueRun();
  const again = (/** @type {Run} */ { workflow }) => workflow && run.mutate({ workflow });
  return <RunStage onOpen={openPicture} onAgain={again} />;
}

function Waiting() {
  const { t } = useT();
  return (
    <div className="form" role="status" aria-label={t('loading')}>
      {[120, 96, 44, 44, 44, 44, 44].map((height, i) => (
        <Skeleton key={i} style={{ height, marginTop: 12 }} />
      ))}
    </div>
  );
}

export function CreatePage() {
  const { t } = useT();
  const wide = useWide();
  const { list, current } = useWorkflows();
  const form = useWorkflowForm(current);
  const failed = list.error ?? form.error;
  const items = list.data?.items ?? [];
  if (list.error) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data && current === null)
    return (
      <EmptyState icon={<Workflow size={32} />} title={t('create.none')} text={t('create.noneText')}>
        <AddWorkflows />
      </EmptyState>
    );
  return (
    <section className="create" data-wide={wide || undefined}>
      {wide && (
        <aside className="create-list" aria-label={t('create.workflows')}>
          {current !== null && <WorkflowList items={items} current={current} />}
        </aside>
      )}
      <div className="create-main">
        <header className="page-head">
          {current !== null && wide && <h1 className="create-title">{titleOf(current)}</h1>}
          {current !== null && !wide && <WorkflowPicker items={items} current={current} />}
          {form.data && <FormTools key={form.data.workflow} form={form.data} />}
        </header>
        {failed && <ErrorState error={failed} onRetry={() => void form.refetch()} />}
        {form.data && <Ready key={form.data.workflow} form={form.data} wide={wide} />}
        {!form.data && !failed && <Waiting />}
      </div>
      {wide && <Stage />}
    </section>
  );
}
