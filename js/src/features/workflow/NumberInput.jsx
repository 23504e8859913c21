/** @import { InputProps } from './inputProps.js' */
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { Slider } from '../../ui/primitives/Slider.jsx';
import { Stepper } from '../../ui/primitives/Stepper.jsx';
import { readNumber, sliderRange, stepped } from './values.js';

/**
 * A number to type or to step, with a slider where its limits are near; nothing beyond the limits is taken.
 * @param {Omit<InputProps, 'decorate'>} props
 */
export function NumberInput({ id, field, value, onChange }) {
  const { t } = useT();
  const [typed, setTyped] = useState(/** @type {string | null} */ (null));
  const take = () => {
    if (typed !== null) onChange(typed.trim() === '' ? undefined : (readNumber(typed, field) ?? value));
    setTyped(null);
  };
  const step = (/** @type {1 | -1} */ direction) => onChange(stepped(field, value, direction) ?? value);
  const range = sliderRange(field);
  return (
    <>
      {range && (
        <span className="form-slide">
          <Slider label={t('form.slide', { name: field.label })} value={Number(value)} onChange={onChange} {...range} />
        </span>
      )}
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
    </>
  );
}
