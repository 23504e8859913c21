import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '../primitives/Button.jsx';

/**
 * Files from this device, by a button like any other; the same file can be chosen twice.
 * @param {{ label: string, accept: string, multiple?: boolean, disabled?: boolean, onFiles: (files: File[]) => void }} props
 */
export function FileButton({ label, accept, multiple = false, disabled = false, onFiles }) {
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        aria-label={label}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
      <Button disabled={disabled} onClick={() => input.current?.click()}>
        <Upload size={18} aria-hidden="true" />
        {label}
      </Button>
    </>
  );
}
