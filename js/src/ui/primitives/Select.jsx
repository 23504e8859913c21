import { ChevronDown } from 'lucide-react';

/**
 * One of a few. The system's own list: on phones nothing beats its wheel and sheet.
 * @param {React.SelectHTMLAttributes<HTMLSelectElement>} props
 */
export function Select({ className = '', ...rest }) {
  return (
    <span className={`select ${className}`}>
      <select {...rest} />
      <ChevronDown size={16} aria-hidden="true" />
    </span>
  );
}
