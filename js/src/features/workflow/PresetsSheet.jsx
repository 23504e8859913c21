/** @import { FieldValue, Preset, WorkflowForm } from '../../services/apiTypes.js' */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { BookmarkPlus, Copy, EllipsisVertical, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import {
  checkPreset,
  deletePreset,
  duplicatePreset,
  exportPresets,
  getPresets,
  importPresets,
  savePreset,
  undoChange,
} from '../../services/api.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { NameForm } from '../../ui/composites/NameForm.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Menu } from '../../ui/primitives/Menu.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { sayError } from '../../ui/primitives/sayError.js';
import { toasts } from '../../ui/primitives/toasts.js';
import { noteFields, sortedNotes } from './fieldNotes.js';
import { untouched, useForms } from './formStore.js';
import { readJson, saveFile } from './jsonFile.js';
import { own, shownValue } from './values.js';

/** @param {WorkflowForm} form every value as it is shown: a preset does not change with the defaults */
function shownValues(form) {
  const { values } = useForms.getState().entries[form.workflow] ?? untouched;
  return Object.fromEntries(form.fields.map((field) => [field.name, shownValue(field, own(values, field.name))]));
}

/** @param {string} workflow */
function useChange(workflow) {
  const client = useQueryClient();
  const { t } = useT();
  const say = (/** @type {Error} */ error) => sayError(error, t);
  const refresh = () => void client.invalidateQueries({ queryKey: ['presets', workflow] });
  const undo = async (/** @type {string} */ token) => {
    await undoChange(token).catch(say);
    refresh();
  };
  return useMutation({
    mutationFn: (/** @type {{ work: () => Promise<{ undo?: string | null }>, title: string }} */ { work }) => work(),
    onSuccess: ({ undo: token }, { title }) =>
      toasts.add({
        title,
        ...(token && { actionProps: { children: t('undo'), onClick: () => void undo(token) } }),
      }),
    onError: say,
    onSettled: refresh,
  });
}

/** @param {{ form: WorkflowForm, preset: Preset, onUsed: () => void }} props */
function PresetRow({ form, preset, onUsed }) {
  const { t } = useT();
  const change = useChange(form.workflow);
  const [naming, setNaming] = useState(/** @type {string | null} */ (null));
  const use = useMutation({
    mutationFn: () => checkPreset(form.workflow, preset.id),
    onSuccess: ({ values, problems }) => {
      const before = useForms.getState().entries[form.workflow] ?? untouched;
      const names = form.fields.map((field) => field.name);
      const { notes, others } = sortedNotes(problems, names);
      const taken = /** @type {Record<string, FieldValue>} */ (values);
      useForms.getState().change(form.workflow, (entry) => ({ values: { ...entry.values, ...taken } }));
      const back = () => useForms.getState().change(form.workflow, () => ({ values: before.values }));
      noteFields(form.workflow, notes);
      const left = Object.keys(notes).length;
      const words = [...(left > 0 ? [t('presets.left', { count: left })] : []), ...others].join(' ');
      toasts.add({
        title: t('presets.used', { name: preset.name }),
        ...(words && { description: words, timeout: 0 }),
        actionProps: { children: t('undo'), onClick: back },
      });
      onUsed();
    },
    onError: (error) => sayError(error, t),
  });
  const { id, name } = preset;
  const rename = () => {
    const to = naming?.trim();
    setNaming(null);
    if (to && to !== name)
      change.mutate({
        work: () => savePreset(form.workflow, { id, name: to }),
        title: t('presets.saved', { name: to }),
      });
  };
  if (naming !== null)
    return (
      <li className="list-row">
        <input
          className="input"
          aria-label={t('presets.name')}
          value={naming}
          maxLength={120}
          onChange={(event) => setNaming(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && rename()}
        />
        <Button variant="quiet" onClick={rename}>
          {t('presets.rename')}
        </Button>
      </li>
    );
  return (
    <li className="workflow-row">
      <button type="button" className="list-row wide" disabled={use.isPending} onClick={() => use.mutate()}>
        <span className="list-words">
          <strong>{name}</strong>
        </span>
      </button>
      <Menu
        label={t('presets.more', { name })}
        icon={<EllipsisVertical size={18} />}
        entries={[
          {
            label: t('presets.update'),
            icon: <RefreshCw size={18} />,
            onChoose: () =>
              change.mutate({
                work: () => savePreset(form.workflow, { id, name, values: shownValues(form) }),
                title: t('presets.saved', { name }),
              }),
          },
          { label: t('presets.rename'), icon: <Pencil size={18} />, onChoose: () => setNaming(name) },
          {
            label: t('presets.duplicate'),
            icon: <Copy size={18} />,
            onChoose: () =>
              change.mutate({ work: () => duplicatePreset(form.workflow, id), title: t('presets.saved', { name }) }),
          },
          {
            label: t('presets.delete'),
            icon: <Trash2 size={18} />,
            danger: true,
            onChoose: () =>
              change.mutate({ work: () => deletePreset(form.workflow, id), title: t('presets.deleted', { name }) }),
          },
        ]}
      />
    </li>
  );
}

/** @param {{ form: WorkflowForm }} props */
function SaveNew({ form }) {
  const { t } = useT();
  const change = useChange(form.workflow);
  const save = (/** @type {string} */ name) =>
    change.mutate({
      work: () => savePreset(form.workflow, { name, values: shownValues(form) }),
      title: t('presets.saved', { name }),
    });
  return (
    <NameForm
      label={t('presets.name')}
      button={t('presets.save')}
      longest={120}
      onName={save}
      busy={change.isPending}
      variant="primary"
    />
  );
}

/** @param {{ form: WorkflowForm }} props */
function InAndOut({ form }) {
  const { t } = useT();
  const change = useChange(form.workflow);
  const out = useMutation({
    mutationFn: () => exportPresets(form.workflow),
    onSuccess: (data) => saveFile(data, 'presets.json'),
    onError: (error) => sayError(error, t),
  });
  const take = (/** @type {File | undefined} */ file) =>
    file &&
    change.mutate({
      work: async () => importPresets({ data: await readJson(file), workflow: form.workflow }),
      title: t('presets.imported'),
    });
  return (
    <div className="preset-files">
      <Button variant="quiet" disabled={out.isPending} onClick={() => out.mutate()}>
        {t('presets.export')}
      </Button>
      <label className="button" data-variant="quiet">
        {t('presets.import')}
        <input
          type="file"
          accept="application/json,.json"
          className="visually-hidden"
          onChange={(event) => take(event.target.files?.[0])}
        />
      </label>
    </div>
  );
}

/** @param {{ form: WorkflowForm, open: boolean, onClose: () => void }} props */
export function PresetsSheet({ form, open, onClose }) {
  const { t } = useT();
  const presets = useQuery({
    queryKey: ['presets', form.workflow],
    queryFn: ({ signal }) => getPresets(form.workflow, signal),
    enabled: open,
  });
  const list = presets.data?.answer.presets ?? [];
  return (
    <Sheet open={open} onClose={onClose} title={t('presets.title')}>
      <SaveNew form={form} />
      {presets.error && <ErrorState error={presets.error} onRetry={() => void presets.refetch()} />}
      {presets.isPending && <Skeleton style={{ height: 60 }} />}
      {presets.data && list.length === 0 && (
        <EmptyState icon={<BookmarkPlus size={32} />} title={t('presets.none')} text={t('presets.noneText')} />
      )}
      {list.length > 0 && (
        <ul className="list">
          {list.map((preset) => (
            <PresetRow key={preset.id} form={form} preset={preset} onUsed={onClose} />
          ))}
        </ul>
      )}
      <InAndOut form={form} />
    </Sheet>
  );
}
