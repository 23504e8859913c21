/**
 * A small choice that is on or off.
 * @param {React.ButtonHTMLAttributes<HTMLButtonElement> & { pressed?: boolean }} props
 */
export function Chip({ pressed, children, ...rest }) {
  return (
    <button type="button" className="chip" aria-pressed={pressed} {...rest}>
      <span>{children}</span>
    </button>
  );
}
