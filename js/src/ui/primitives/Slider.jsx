import { Slider as Base } from '@base-ui/react/slider';

/**
 * @param {{
 *   label: string, value: number, min: number, max: number, step: number, onChange: (value: number) => void,
 * }} props
 */
export function Slider({ label, value, min, max, step, onChange }) {
  return (
    <Base.Root
      className="slider"
      value={Math.min(max, Math.max(min, value))}
      min={min}
      max={max}
      step={step}
      onValueChange={(next) => onChange(Number(next))}
    >
      <Base.Control className="slider-control">
        <Base.Track className="slider-track">
          <Base.Indicator className="slider-fill" />
          <Base.Thumb className="slider-thumb" getAriaLabel={() => label} />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
