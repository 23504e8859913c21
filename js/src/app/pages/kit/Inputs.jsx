import { useState } from 'react';
import { Field } from '../../../ui/primitives/Field.jsx';
import { SearchField } from '../../../ui/primitives/SearchField.jsx';
import { Select } from '../../../ui/primitives/Select.jsx';
import { Slider } from '../../../ui/primitives/Slider.jsx';
import { Stepper } from '../../../ui/primitives/Stepper.jsx';
import { Switch } from '../../../ui/primitives/Switch.jsx';

function Texts() {
  const [words, setWords] = useState('');
  return (
    <section className="section">
      <h2>Field, Select, SearchField</h2>
      <Field label="Text" hint="A hint below it">
        {(id) => <input id={id} className="input" defaultValue="a lighthouse" />}
      </Field>
      <Field label="Empty">{(id) => <input id={id} className="input" placeholder="What may stand here" />}</Field>
      <Field label="Wrong" error="Too wide for this model.">
        {(id) => <input id={id} className="input" defaultValue="9999" />}
      </Field>
      <Field label="Several lines">
        {(id) => <textarea id={id} className="input" rows={3} defaultValue={'a lighthouse,\nstorm light'} />}
      </Field>
      <Field label="Select">
        {(id) => (
          <Select id={id}>
            <option>euler</option>
            <option>dpmpp_2m</option>
          </Select>
        )}
      </Field>
      <Field label="Select, disabled">
        {(id) => (
          <Select id={id} disabled>
            <option>nothing to choose from</option>
          </Select>
        )}
      </Field>
      <SearchField label="Search" value={words} onChange={setWords} />
    </section>
  );
}

function Amounts() {
  const [on, setOn] = useState([true, false]);
  const [value, setValue] = useState(20);
  return (
    <section className="section">
      <h2>Switch, Slider, Stepper</h2>
      <div className="kit-row">
        {on.map((each, i) => (
          <Switch
            key={i}
            label={`Switch ${i + 1}`}
            checked={each}
            onChange={(next) => setOn(on.map((was, at) => (at === i ? next : was)))}
          />
        ))}
      </div>
      <Slider label="Lowest" value={1} min={1} max={50} step={1} onChange={() => undefined} />
      <Slider label="Between" value={value} min={1} max={50} step={1} onChange={setValue} />
      <Slider label="Highest" value={50} min={1} max={50} step={1} onChange={() => undefined} />
      <Stepper less="Less" more="More" onStep={(direction) => setValue(value + direction)}>
        <input
          className="input"
          aria-label="Number"
          value={value}
          onChange={(event) => setValue(Number(event.target.value))}
        />
      </Stepper>
    </section>
  );
}

/** What is typed, chosen and set. */
export function Inputs() {
  return (
    <>
      <Texts />
      <Amounts />
    </>
  );
}
