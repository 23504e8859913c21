import { Plus } from 'lucide-react';
import { navigate } from '../hashLocation.js';
import { setValue, untouched, useForms } from '../../features/workflow/formStore.js';
import { useWorkflowForm, useWorkflows } from '../../features/workflow/useWorkflowForm.js';
import { shownValue } from '../../features/workflow/values.js';
import { useT } from '../../i18n/useT.js';
import { isPromptField } from '../../prompt/fields.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { toasts } from '../../ui/primitives/toasts.js';

/** @param {string} prompt @param {string} text */
const joined = (prompt, text) => (prompt.trim() ? `${prompt.replace(/[\s,]+$/, '')}, ${text}` : text);

/** Puts a text behind the prompt of the workflow that is open in Create; nothing where there is none. @param {{ text: string }} props */
export function AddToPrompt({ text }) {
  const { t } = useT();
  const { current } = useWorkflows();
  const { data: form } = useWorkflowForm(current);
  const prompts = form?.fields.filter((field) => isPromptField(field)) ?? [];
  const field = prompts.find(({ role }) => role === 'positive') ?? prompts[0];
  if (!form || !field) return null;
  const add = () => {
    const { values } = useForms.getState().entries[form.workflow] ?? untouched;
    setValue(form.workflow, field.name, joined(String(shownValue(field, values[field.name]) ?? ''), text));
    toasts.add({
      title: t('tags.addedToPrompt', { field: field.label }),
      actionProps: { children: t('tags.open'), onClick: () => navigate('/controls') },
    });
  };
  return (
    <Button variant="primary" onClick={add}>
      <Plus size={18} aria-hidden="true" />
      {t('tags.toPrompt')}
    </Button>
  );
}
