/** @import { FieldValue, FormField } from '../../services/apiTypes.js' */
import { Link2, Unlink2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { ChoiceInput } from './ChoiceInput.jsx';
import { setValue, useForms } from './formStore.js';
import { NumberInput } from './NumberInput.jsx';
import { own, shownValue } from './values.js';

/**
 * @param {{ label: string, field: FormField, value: FieldValue, onChange: (value: FieldValue | undefined) => void }} props
 */
function Strength({ label, field, value, onChange }) {
  const id = useId();
  return (
    <div className="pair-strength">
      <label htmlFor={id}>{label}</label>
      <NumberInput id={id} field={{ ...field, label }} value={value} onChange={onChange} />
    </div>
  );
}

/**
 * How strong the two halves of a pair are: one number while they are tied, two when they are not.
 * @param {{ workflow: string, name: string, high: FormField, low: FormField }} props
 */
function Strengths({ workflow, name, high, low }) {
  const { t } = useT();
  const of = (/** @type {FormField} */ field) => (/** @type {ReturnType<typeof useForms.getState>} */ s) =>
    shownValue(field, own(s.entries[workflow]?.values, field.name));
  const [highValue, lowValue] = [useForms(of(high)), useForms(of(low))];
  const [tied, setTied] = useState(highValue === lowValue);
  const set = (/** @type {FormField[]} */ fields, /** @type {FieldValue | undefined} */ value) =>
    fields.forEach((field) => setValue(workflow, field.name, value));
  const toggle = () => {
    if (!tied) set([low], highValue);
    setTied(!tied);
  };
  const Icon = tied ? Link2 : Unlink2;
  return (
    <div className="pair-strengths">
      <div>
        <Strength
          label={t(tied ? 'pair.strength' : 'pair.high')}
          field={high}
          value={highValue}
          onChange={(value) => set(tied ? [high, low] : [high], value)}
        />
        {!tied && (
          <Strength label={t('pair.low')} field={low} value={lowValue} onChange={(value) => set([low], value)} />
        )}
      </div>
      <IconButton label={t('pair.tie', { name })} aria-pressed={tied} onClick={toggle}>
        <Icon size={18} />
      </IconButton>
    </div>
  );
}

/**
 * A pair of LoRA files that belong together, chosen as one, with how strong they are.
 * @param {{
 *   id: string, workflow: string, field: FormField, members: FormField[], value: FieldValue,
 *   onChange: (value: FieldValue | undefined) => void,
 * }} props
 */
export function PairInput({ id, workflow, field, members, value, onChange }) {
  const { t } = useT();
  const named = (/** @type {string | null | undefined} */ name) => members.find((member) => member.name === name);
  const high = named(field.pair?.strength_high);
  const low = named(field.pair?.strength_low);
  const [one] = [high, low].filter((each) => each !== undefined);
  return (
    <div className="pair-input">
      <ChoiceInput id={id} field={field} value={value} onChange={onChange} />
      {high && low && <Strengths workflow={workflow} name={field.label} high={high} low={low} />}
      {one && !(high && low) && <OneStrength workflow={workflow} field={one} label={t('pair.strength')} />}
    </div>
  );
}

/** @param {{ workflow: string, field: FormField, label: string }} props */
function OneStrength({ workflow, field, label }) {
  const value = useForms((s) => shownValue(field, own(s.entries[workflow]?.values, field.name)));
  return (
    <Strength label={label} field={field} value={value} onChange={(next) => setValue(workflow, field.name, next)} />
  );
}
