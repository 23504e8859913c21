import { Skeleton } from '../../ui/primitives/Skeleton.jsx';

/** @param {{ tileSize: number, label: string }} props */
export function GridSkeleton({ tileSize, label }) {
  return (
    <div className="grid-skeleton" role="status" aria-label={label} style={{ '--tile-size': `${tileSize * 0.8}px` }}>
      {Array.from({ length: 60 }, (_, i) => (
        <Skeleton key={i} />
      ))}
    </div>
  );
}
