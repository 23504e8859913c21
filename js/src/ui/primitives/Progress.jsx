import { Progress as Base } from '@base-ui/react/progress';

/** @param {{ label: string, value: number | null }} props value 0 to 100; null while nobody knows */
export function Progress({ label, value }) {
  return (
    <Base.Root className="progress" value={value} aria-label={label}>
      <Base.Track className="progress-track">
        <Base.Indicator className="progress-fill" />
      </Base.Track>
    </Base.Root>
  );
}
