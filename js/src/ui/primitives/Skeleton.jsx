/** @param {{ className?: string, style?: React.CSSProperties }} props */
export function Skeleton({ className = '', style }) {
  return <div className={`skeleton ${className}`} style={style} aria-hidden="true" />;
}
