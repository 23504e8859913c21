import { useState } from 'react';
import { Button } from '../primitives/Button.jsx';

/**
 * A name for something new; the place is empty again once it is given.
 * @param {object} props
 * @param {string} props.label
 * @param {string} props.button
 * @param {number} props.longest
 * @param {(name: string) => void} props.onName without spaces at its ends, never empty
 * @param {boolean} [props.busy]
 * @param {'primary' | 'plain'} [props.variant]
 */
export function NameForm({ label, button, longest, onName, busy = false, variant = 'plain' }) {
  const [name, setName] = useState('');
  const clean = name.trim();
  return (
    <form
      className="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!clean || busy) return;
        onName(clean);
        setName('');
      }}
    >
      <input
        className="input"
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={longest}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" variant={variant} disabled={!clean || busy}>
        {button}
      </Button>
    </form>
  );
}
