/** @import { Picture } from '../../services/apiTypes.js' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ImageUp, RotateCw, SlidersHorizontal, Trash2 } from 'lucide-react';
import { outputReference } from '../../features/workflow/imageReference.js';
import { titleOf } from '../../features/workflow/titleOf.js';
import { useWorkflows, workflowFormQuery } from '../../features/workflow/useWorkflowForm.js';
import { useT } from '../../i18n/useT.js';
import { remixItem, rerunItem } from '../../services/api.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { useFillForm } from '../useFillForm.js';

const fail = (/** @type {Error} */ error) => toasts.add({ title: error.message, type: 'error' });

function useRerun() {
  const { t } = useT();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (/** @type {string} */ id) => rerunItem({ id, mode: 'new_seed' }),
    onSuccess: ({ warnings }) => {
      toasts.add({ title: warnings[0]?.message ?? t('viewer.rerun.done'), timeout: 3000 });
      void client.invalidateQueries({ queryKey: ['runs'] });
    },
    onError: fail,
  });
}

/** Puts a picture into the first image input of the open workflow. */
function useAsInput() {
  const { t } = useT();
  const client = useQueryClient();
  const { current } = useWorkflows();
  const fill = useFillForm();
  return useMutation({
    mutationFn: async (/** @type {Picture} */ item) => {
      if (current === null) throw new Error(t('create.none'));
      const form = await client.ensureQueryData(workflowFormQuery(current));
      const field = form.fields.find(({ kind }) => kind === 'image');
      if (!field) throw new Error(t('viewer.noInput', { name: titleOf(current) }));
      fill(current, { [field.name]: outputReference(item) });
    },
    onError: fail,
  });
}

/**
 * What can be done with the picture that is shown.
 * @param {{ item: Picture, onTrash: () => void, trashing: boolean }} props
 */
export function ViewerActions({ item, onTrash, trashing }) {
  const { t } = useT();
  const fill = useFillForm();
  const rerun = useRerun();
  const asInput = useAsInput();
  const tweak = useMutation({
    mutationFn: (/** @type {string} */ id) => remixItem({ id }),
    onSuccess: ({ workflow, values }) => fill(workflow, values),
    onError: fail,
  });
  return (
    <div className="viewer-actions">
      <IconButton label={t('viewer.rerun')} disabled={rerun.isPending} onClick={() => rerun.mutate(item.id)}>
        <RotateCw size={20} />
      </IconButton>
      <IconButton label={t('viewer.tweak')} disabled={tweak.isPending} onClick={() => tweak.mutate(item.id)}>
        <SlidersHorizontal size={20} />
      </IconButton>
      {item.kind === 'image' && (
        <IconButton label={t('viewer.asInput')} disabled={asInput.isPending} onClick={() => asInput.mutate(item)}>
          <ImageUp size={20} />
        </IconButton>
      )}
      <IconButton label={t('viewer.trash')} disabled={trashing} onClick={onTrash}>
        <Trash2 size={20} />
      </IconButton>
    </div>
  );
}
