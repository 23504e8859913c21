/** @import { FormSettings, WorkflowForm } from '../../services/apiTypes.js' */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { getFormSettings, putFormSettings } from '../../services/api.js';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { toasts } from '../../ui/primitives/toasts.js';
import { movedBy, orderedNames } from './arrange.js';

/** @param {string} workflow @param {boolean} open */
function useSettings(workflow, open) {
  const client = useQueryClient();
  const key = ['formSettings', workflow];
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => getFormSettings(workflow, signal), enabled: open });
  const put = useMutation({
    mutationFn: (/** @type {FormSettings} */ settings) => putFormSettings(workflow, settings, query.data?.etag ?? null),
    onSuccess: ({ etag }, answer) => client.setQueryData(key, { answer, etag }),
    onError: (error) => {
      toasts.add({ title: error.message, type: 'error' });
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
        <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />
      </Sheet>
    );
  return (
    <Sheet open={open} onClose={onClose} title={t('arrange.title')}>
      {!settings && <Skeleton style={{ height: 240 }} />}
      {settings && (
        <ol className="list">
          {names.map((name, at) => {
            const hidden = settings.hidden.includes(name);
            const label = labels[name] ?? name;
            const move = (/** @type {1 | -1} */ by) => put.mutate({ ...settings, order: movedBy(names, at, by) });
            return (
              <li key={name} className="list-row arrange-row" data-off={hidden || undefined}>
                <span className="list-words">{label}</span>
                <IconButton label={t('arrange.up', { name: label })} disabled={at === 0} onClick={() => move(-1)}>
                  <ArrowUp size={18} />
                </IconButton>
                <IconButton
                  label={t('arrange.down', { name: label })}
                  disabled={at === names.length - 1}
                  onClick={() => move(1)}
                >
                  <ArrowDown size={18} />
                </IconButton>
                <Switch
                  label={t('arrange.show', { name: label })}
                  checked={!hidden}
                  onChange={(shown) =>
                    put.mutate({
                      ...settings,
                      hidden: shown ? settings.hidden.filter((each) => each !== name) : [...settings.hidden, name],
                    })
                  }
                />
              </li>
            );
          })}
        </ol>
      )}
      {settings && (settings.order.length > 0 || settings.hidden.length > 0) && (
        <Button variant="quiet" onClick={() => put.mutate({ ...settings, order: [], hidden: [] })}>
          {t('arrange.reset')}
        </Button>
      )}
    </Sheet>
  );
}
