import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useT } from '../../i18n/useT.js';
import { uploadWorkflows } from '../../services/api.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { sayError } from '../../ui/primitives/sayError.js';
import { toasts } from '../../ui/primitives/toasts.js';

/** Workflow files from this device; those that are none are named with the reason, the others are kept. */
export function AddWorkflows() {
  const { t } = useT();
  const client = useQueryClient();
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const add = useMutation({
    mutationFn: (/** @type {File[]} */ files) => uploadWorkflows(...files),
    onSuccess: ({ saved }) => {
      if (saved.length > 0) toasts.add({ title: t('create.added', { count: saved.length }) });
    },
    onError: (error) => sayError(error, t),
    onSettled: () => client.invalidateQueries({ queryKey: ['workflows'] }),
  });
  return (
    <div className="workflow-add">
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        multiple
        hidden
        aria-label={t('create.addFiles')}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          if (files.length > 0) add.mutate(files);
          target.value = '';
        }}
      />
      <Button disabled={add.isPending} onClick={() => input.current?.click()}>
        <Upload size={18} aria-hidden="true" />
        {t('create.addFiles')}
      </Button>
      {(add.data?.refused ?? []).map(({ file, message }) => (
        <p key={file} className="field-error" role="alert">
          <bdi>{file}</bdi>: {message}
        </p>
      ))}
    </div>
  );
}
