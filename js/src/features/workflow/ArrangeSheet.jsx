/** @import { FormSettings, WorkflowForm } from '../../services/apiTypes.js' */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useT } from '../../i18n/useT.js';
import { getFormSettings, putFormSettings } from '../../services/api.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { sayError } from '../../ui/primitives/sayError.js';
import { orderedNames } from './arrange.js';
import { ArrangeRows } from './ArrangeRows.jsx';
import { own } from './values.js';

/** @param {string} workflow @param {boolean} open */
function useSettings(workflow, open) {
  const client = useQueryClient();
  const { t } = useT();
  const key = ['formSettings', workflow];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => getFormSettings(workflow, signal), enabled: open });
  const put = useMutation({
    mutationFn: (/** @type {FormSettings} */ settings) => putFormSettings(workflow, settings, query.data?.etag ?? null),
    onSuccess: ({ etag }, answer) => client.setQueryData(key, { answer, etag }),
    onError: (error) => {
      sayError(error, t);
      void client.invalidateQueries({ queryKey: key });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['form', workflow] }),
  });
  return { query, put };
}

/**
 * Which fields of a form are shown, and in which order; it follows to other devices.
 * @param {{ form: WorkflowForm, open: boolean, onClose: () => void }} props
 */
export function ArrangeSheet({ form, open, onClose }) {
  const { t } = useT();
  const { query, put } = useSettings(form.workflow, open);
  const settings = put.isPending ? put.variables : query.data?.answer;
  const fields = form.fields.filter((field) => !field.part_of);
  const names = orderedNames(
    fields.map(({ name }) => name),
    settings?.order ?? [],
  );
  const labels = Object.fromEntries(fields.map(({ name, label }) => [name, label]));
  if (query.error)
    return (
      <Sheet open={open} onClose={onClose} title={t('arrange.title')}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Sheet>
    );
  return (
    <Sheet open={open} onClose={onClose} title={t('arrange.title')}>
      {!settings && <Skeleton style={{ height: 240 }} />}
      {settings && (
        <ArrangeRows
          rows={names.map((name) => ({
            name,
            label: own(labels, name) ?? name,
            hidden: settings.hidden.includes(name),
          }))}
          onOrder={(order) => put.mutate({ ...settings, order })}
          onShow={(name, shown) =>
            put.mutate({
              ...settings,
              hidden: shown ? settings.hidden.filter((each) => each !== name) : [...settings.hidden, name],
            })
          }
        />
      )}
      {settings && (settings.order.length > 0 || settings.hidden.length > 0) && (
        <Button variant="quiet" onClick={() => put.mutate({ ...settings, order: [], hidden: [] })}>
          {t('arrange.reset')}
        </Button>
      )}
    </Sheet>
  );
}
