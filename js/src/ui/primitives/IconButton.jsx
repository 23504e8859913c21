/**
 * A picture of an action; `label` is what it says to those who do not see it.
 * @param {React.ButtonHTMLAttributes<HTMLButtonElement> & { label: string, ref?: React.Ref<HTMLButtonElement> }} props
 */
export function IconButton({ label, type = 'button', className = '', ...rest }) {
  return <button type={type} className={`icon-button ${className}`} aria-label={label} title={label} {...rest} />;
}
