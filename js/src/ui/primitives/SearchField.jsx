import { Search } from 'lucide-react';

/**
 * Where words are typed to find something.
 * @param {{ label: string, value: string, onChange: (words: string) => void }} props
 */
export function SearchField({ label, value, onChange }) {
  return (
    <label className="search">
      <Search size={18} aria-hidden="true" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
