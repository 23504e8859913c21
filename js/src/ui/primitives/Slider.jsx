/**
 * The system's own slider: eighty of them in a form cost nothing.
 * @param {{
 *   label: string, value: number, min: number, max: number, step: number, onChange: (value: number) => void,
 * }} props
 */
export function Slider({ label, value, min, max, step, onChange }) {
  const now = Math.min(max, Math.max(min, value));
  const filled = max > min ? ((now - min) / (max - min)) * 100 : 0;
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      min={min}
      max={max}
      step={step}
      value={now}
      style={/** @type {React.CSSProperties} */ ({ '--filled': `${filled}%` })}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}
