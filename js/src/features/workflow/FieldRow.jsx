/** @import { FieldValue, FormField } from '../../services/apiTypes.js' */
/** @import { Decorate, InputProps } from './inputProps.js' */
import { ChevronDown, RotateCcw } from 'lucide-react';
import { memo, useId, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { ChoiceInput } from './ChoiceInput.jsx';
import { setValue, untouched, useForms } from './formStore.js';
import { ImageInput } from './ImageInput.jsx';
import { NumberInput } from './NumberInput.jsx';
import { PairInput } from './PairInput.jsx';
import { SeedMode } from './SeedMode.jsx';
import { isDrawn, own, shownValue, sliderRange } from './values.js';

/** @param {InputProps} props */
function TextInput({ id, field, value, onChange, decorate }) {
  const text = String(value ?? '');
  const change = (/** @type {{ target: { value: string } }} */ event) => onChange(event.target.value);
  if (!field.multiline) return <input id={id} className="input" value={text} onChange={change} />;
  const least = field.role === 'negative' ? 2 : 3;
  const rows = Math.min(10, Math.max(least, Math.ceil(text.length / 38) + text.split('\n').length - 1));
  return decorate(field, <textarea id={id} className="input" rows={rows} value={text} onChange={change} />);
}

/** @param {InputProps} props */
const OnOff = ({ id, value, onChange }) => <Switch id={id} checked={value === true} onChange={onChange} />;

const INPUTS = {
  text: TextInput,
  image: ImageInput,
  integer: NumberInput,
  number: NumberInput,
  choice: ChoiceInput,
  boolean: OnOff,
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

/**
 * @typedef {object} RowProps
 * @property {string} workflow
 * @property {FormField} field
 * @property {FormField[]} members the fields that a pair sets
 * @property {string | undefined} error
 * @property {Decorate} decorate
 */

/** @param {RowProps & { value: FieldValue, id: string }} props */
function FieldInput({ workflow, field, members, value, id, decorate }) {
  const onChange = (/** @type {FieldValue | undefined} */ next) => setValue(workflow, field.name, next);
  const props = { id, field, value, onChange };
  if (field.kind === 'lora_pair') return <PairInput {...props} workflow={workflow} members={members} />;
  const Input = INPUTS[field.kind] ?? TextInput;
  return <Input {...props} decorate={decorate} />;
}

/** As many digits fit beside a label on a phone. */
const SHORT_NUMBER = 10;

/** @param {FormField} field whether its input needs the whole width */
const isLong = ({ kind, multiline }) => (kind === 'text' && multiline) || kind === 'image' || kind === 'lora_pair';

/** @param {RowProps} props */
function PlainFieldRow(props) {
  const { workflow, field, error } = props;
  const { t } = useT();
  const id = useId();
  const [open, setOpen] = useState(false);
  const set = useForms((s) => own(s.entries[workflow]?.values, field.name));
  const off = useForms((s) => (s.entries[workflow] ?? untouched).bypassed.includes(field.name));
  return (
    <div
      className="form-row"
      data-kind={isDrawn(field) ? 'seed' : field.kind}
      data-digits={(isDrawn(field) && String(shownValue(field, set)).length > SHORT_NUMBER) || undefined}
      data-long={isLong(field) || undefined}
      data-off={off || undefined}
      data-open={open || undefined}
      data-wrong={error ? true : undefined}
      id={`field-${field.name}`}
    >
      <div className="form-label">
        <label htmlFor={id}>{field.label}</label>
        {sliderRange(field) && (
          <button
            type="button"
            className="form-open"
            aria-expanded={open}
            aria-label={t('form.slider', { name: field.label })}
            onClick={() => setOpen(!open)}
          >
            <ChevronDown size={16} aria-hidden="true" />
          </button>
        )}
        {set !== undefined && (
          <IconButton
            label={t('form.reset', { name: field.label })}
            onClick={() => setValue(workflow, field.name, undefined)}
          >
            <RotateCcw size={14} />
          </IconButton>
        )}
        {field.bypass && <BypassSwitch workflow={workflow} field={field} />}
        {isDrawn(field) && <SeedMode workflow={workflow} field={field} />}
      </div>
      <FieldInput {...props} id={id} value={shownValue(field, set)} />
      {(field.help || error) && (
        <p className={error ? 'field-error' : 'field-hint'} role={error ? 'alert' : undefined}>
          {error ?? field.help}
        </p>
      )}
    </div>
  );
}

export const FieldRow = memo(PlainFieldRow);
