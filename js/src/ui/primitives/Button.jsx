/** @typedef {'primary' | 'plain' | 'quiet' | 'danger'} Variant */

/**
 * @param {React.ButtonHTMLAttributes<HTMLButtonElement> & { variant?: Variant, wide?: boolean }} props
 */
export function Button({ variant = 'plain', wide = false, type = 'button', className = '', ...rest }) {
  return (
    <button
      type={type}
      className={`button ${className}`}
      data-variant={variant}
      data-wide={wide || undefined}
      {...rest}
    />
  );
}
