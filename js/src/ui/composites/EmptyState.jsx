/**
 * What a list says when it has nothing to show: what is so, and the next step.
 * @param {{ icon: React.ReactNode, title: string, text?: string, children?: React.ReactNode }} props
 */
export function EmptyState({ icon, title, text, children }) {
  return (
    <div className="empty">
      {icon}
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="actions">{children}</div>}
    </div>
  );
}
