/** @import { WorkflowForm } from '../../services/apiTypes.js' */
/** @import { Decorate } from './FieldRow.jsx' */
import { TriangleAlert } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { FieldRow } from './FieldRow.jsx';
import './workflow.css';

/**
 * The fields of a workflow, in its order; what belongs to a group is folded.
 * @param {{ form: WorkflowForm, errors: Record<string, string>, decorate: Decorate }} props
 */
export function Form({ form, errors, decorate }) {
  const { t } = useT();
  const grouped = new Set(form.groups.flatMap((group) => group.fields));
  const shown = form.fields.filter((field) => !field.part_of && !field.hidden);
  const row = (/** @type {typeof shown[number]} */ field) => (
    <FieldRow
      key={field.name}
      workflow={form.workflow}
      field={field}
      decorate={decorate}
      {...(errors[field.name] && { error: errors[field.name] })}
    />
  );
  return (
    <form className="form" onSubmit={(event) => event.preventDefault()}>
      {form.problems.map((problem) => (
        <p key={problem.message} className="form-problem">
          <TriangleAlert size={16} aria-hidden="true" />
          {problem.message}
        </p>
      ))}
      {shown.filter((field) => !grouped.has(field.name)).map(row)}
      {shown.length === 0 && form.fields.length > 0 && <p className="field-hint">{t('form.allHidden')}</p>}
      {form.groups.map((group) => (
        <details key={group.name} className="form-group" open={group.fields.some((name) => errors[name])}>
          <summary>{group.name}</summary>
          {shown.filter((field) => group.fields.includes(field.name)).map(row)}
        </details>
      ))}
    </form>
  );
}
