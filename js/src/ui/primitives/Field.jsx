import { useId } from 'react';

/**
 * A labelled place for one input; the child gets the id that ties it to the label.
 * @param {{ label: string, hint?: string, error?: string, children: (id: string) => React.ReactNode }} props
 */
export function Field({ label, hint, error, children }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint && <p className="field-hint">{hint}</p>}
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
