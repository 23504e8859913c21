/** @import { FormField, WorkflowForm } from '../../services/apiTypes.js' */
/** @import { Decorate } from './inputProps.js' */
import { TriangleAlert } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useT } from '../../i18n/useT.js';
import { FieldRow } from './FieldRow.jsx';
import { own } from './values.js';
import './workflow.css';

/** @type {FormField[]} */
const none = [];

/** @param {FormField[]} fields those that a pair shows, by the pair's name */
function byPair(fields) {
  /** @type {Map<string, FormField[]>} */
  const members = new Map();
  for (const field of fields)
    if (field.part_of) members.set(field.part_of, [...(members.get(field.part_of) ?? none), field]);
  return members;
}

/**
 * The fields of a workflow, in its order; what belongs to a group is folded.
 * @param {{ form: WorkflowForm, errors: Record<string, string>, decorate: Decorate }} props
 */
function PlainForm({ form, errors, decorate }) {
  const { t } = useT();
  const members = useMemo(() => byPair(form.fields), [form.fields]);
  const grouped = new Set(form.groups.flatMap((group) => group.fields));
  const shown = form.fields.filter((field) => !field.part_of && !field.hidden);
  const row = (/** @type {FormField} */ field) => (
    <FieldRow
      key={field.name}
      workflow={form.workflow}
      field={field}
      members={members.get(field.name) ?? none}
      decorate={decorate}
      error={own(errors, field.name)}
    />
  );
  return (
    <form className="form" onSubmit={(event) => event.preventDefault()}>
      {form.problems.map((problem) => (
        <p key={problem.message} className="form-problem">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>{problem.message}</span>
        </p>
      ))}
      {shown.filter((field) => !grouped.has(field.name)).map(row)}
      {shown.length === 0 && form.fields.length > 0 && <p className="field-hint">{t('form.allHidden')}</p>}
      {form.groups.map((group) => (
        <details key={group.name} className="form-group" open={group.fields.some((name) => own(errors, name))}>
          <summary>{group.name}</summary>
          {shown.filter((field) => group.fields.includes(field.name)).map(row)}
        </details>
      ))}
    </form>
  );
}

/** Typing in one field draws that field alone. */
export const Form = memo(PlainForm);
