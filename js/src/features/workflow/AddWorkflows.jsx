import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { uploadWorkflows } from '../../services/api.js';
import { FileButton } from '../../ui/composites/FileButton.jsx';
import { sayError } from '../../ui/primitives/sayError.js';
import { toasts } from '../../ui/primitives/toasts.js';

/** Workflow files from this device; those that are none are named with the reason, the others are kept. */
export function AddWorkflows() {
  const { t } = useT();
  const client = useQueryClient();
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
      <FileButton
        label={t('create.addFiles')}
        accept="application/json,.json"
        multiple
        disabled={add.isPending}
        onFiles={(files) => add.mutate(files)}
      />
      {(add.data?.refused ?? []).map(({ file, message }) => (
        <p key={file} className="field-error" role="alert">
          <bdi>{file}</bdi>: {message}
        </p>
      ))}
    </div>
  );
}
