/** @param {{ id?: string, label?: string, checked: boolean, onChange: (checked: boolean) => void }} props */
export function Switch({ id, label, checked, onChange }) {
  return (
    <button
      type="button"
      id={id}
      role="switch"
      className="switch"
      aria-checked={checked}
      aria-label={label}
      onClick={() => onChange(!checked)}
    />
  );
}
