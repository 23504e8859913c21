/** @import { FieldValue, FormField } from '../../services/apiTypes.js' */
import { RotateCcw } from 'lucide-react';
import { memo, useId, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { NativeSelect } from '../../ui/primitives/Field.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Slider } from '../../ui/primitives/Slider.jsx';
import { Stepper } from '../../ui/primitives/Stepper.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { ChoiceInput } from './ChoiceInput.jsx';
import { ImageInput } from './ImageInput.jsx';
import { setValue, untouched, useForms } from './formStore.js';
import { SeedMode } from './SeedMode.jsx';
import { isSeed, readNumber, shownValue, sliderRange, stepped } from './values.js';

/** @typedef {React.ReactElement<React.ComponentProps<'textarea'>>} TextInputElement */
/**
 * Wraps the input of a text field, for suggestions. The same function at every call, or every row is drawn again.
 * @typedef {(field: FormField, input: TextInputElement) => React.ReactNode} Decorate
 */
/**
 * @typedef {object} InputProps
 * @property {string} id
 * @property {FormField} field
 * @property {FieldValue} value
 * @property {(value: FieldValue | undefined) => void} onChange
 * @property {Decorate} decorate
 */

/** @param {InputProps} props */
function NumberInput({ id, field, value, onChange }) {
  const { t } = useT();
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const take = () => {
    if (typed !== null) onChange(typed.trim() === '' ? undefined : (readNumber(typed, field) ?? value));
    setTyped(null);
  };
  const step = (/** @type {1 | -1} */ direction) => onChange(stepped(field, value, direction) ?? value);
  const range = sliderRange(field);
  return (
    <span className="number">
      <Stepper less={t('form.less', { name: field.label })} more={t('form.more', { name: field.label })} onStep={step}>
        <input
          id={id}
          className="input"
          inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
          value={typed ?? String(value ?? '')}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === 'Enter' && take()}
        />
      </Stepper>
      {range && (
        <Slider label={t('form.slide', { name: field.label })} value={Number(value)} onChange={onChange} {...range} />
      )}
    </span>
  );
}

/** @param {InputProps} props */
function PairInput({ id, field, value, onChange }) {
  return (
    <NativeSelect id={id} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)}>
      {field.pair?.pairs.map(({ label }) => (
        <option key={label} value={label}>
          {label}
        </option>
      ))}
    </NativeSelect>
  );
}

/** @param {InputProps} props */
function TextInput({ id, field, value, onChange, decorate }) {
  const text = String(value ?? '');
  const change = (/** @type {{ target: { value: string } }} */ event) => onChange(event.target.value);
  if (!field.multiline) return <input id={id} className="input" value={text} onChange={change} />;
  const rows = Math.min(10, Math.max(3, Math.ceil(text.length / 38) + text.split('\n').length - 1));
  return decorate(field, <textarea id={id} className="input" rows={rows} value={text} onChange={change} />);
}

const INPUTS = {
  text: TextInput,
  image: ImageInput,
  integer: NumberInput,
  number: NumberInput,
  choice: ChoiceInput,
  lora_pair: PairInput,
};

/** @param {{ workflow: string, field: FormField }} props */
function BypassSwitch({ workflow, field }) {
  const { t } = useT();
  const off = useForms((s) => (s.entries[workflow] ?? untouched).bypassed.includes(field.name));
  return (
    <Switch
      label={t('form.use', { name: field.label })}
      checked={!off}
      onChange={(on) =>
        useForms.getState().change(workflow, ({ bypassed }) => ({
          bypassed: on ? bypassed.filter((name) => name !== field.name) : [...bypassed, field.name],
        }))
      }
    />
  );
}

/** @param {{ workflow: string, field: FormField, error?: string, decorate: Decorate }} props */
function PlainFieldRow({ workflow, field, error, decorate }) {
  const { t } = useT();
  const id = useId();
  const set = useForms((s) => s.entries[workflow]?.values[field.name]);
  const value = shownValue(field, set);
  const change = (/** @type {FieldValue | undefined} */ next) => setValue(workflow, field.name, next);
  const long = (field.kind === 'text' && field.multiline) || field.kind === 'image';
  const off = useForms((s) => (s.entries[workflow] ?? untouched).bypassed.includes(field.name));
  return (
    <div className="form-row" data-long={long || undefined} data-off={off || undefined} id={`field-${field.name}`}>
      <div className="form-label">
        <label htmlFor={id}>{field.label}</label>
        {set !== undefined && (
          <IconButton label={t('form.reset', { name: field.label })} onClick={() => change(undefined)}>
            <RotateCcw size={14} />
          </IconButton>
        )}
        {field.bypass && <BypassSwitch workflow={workflow} field={field} />}
        {isSeed(field) && <SeedMode workflow={workflow} field={field} />}
      </div>
      {field.kind === 'boolean' ? (
        <Switch id={id} checked={value === true} onChange={change} />
      ) : (
        <FieldInput id={id} field={field} value={value} onChange={change} decorate={decorate} />
      )}
      {(field.help || error) && (
        <p className={error ? 'field-error' : 'field-hint'} role={error ? 'alert' : undefined}>
          {error ?? field.help}
        </p>
      )}
    </div>
  );
}

/** @param {InputProps} props */
function FieldInput(props) {
  const Input = INPUTS[/** @type {keyof typeof INPUTS} */ (props.field.kind)] ?? TextInput;
  return <Input {...props} />;
}

export const FieldRow = memo(PlainFieldRow);
