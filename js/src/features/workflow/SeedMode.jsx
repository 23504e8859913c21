/** @import { FormField } from '../../services/apiTypes.js' */
import { useQueryClient } from '@tanstack/react-query';
import { ArrowUp01, Dices, History, Lock, Repeat1 } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { Menu } from '../../ui/primitives/Menu.jsx';
import { setValue, useForms } from './formStore.js';
import { lastSeed } from './lastSeed.js';
import { firstMode, own } from './values.js';

const MODES = /** @type {const} */ ([
  { mode: 'random', Icon: Dices },
  { mode: 'fixed', Icon: Lock },
  { mode: 'increment', Icon: ArrowUp01 },
  { mode: 'last', Icon: Repeat1 },
]);

/**
 * What becomes of a seed at each run, and the one of the last run.
 * @param {{ workflow: string, field: FormField }} props
 */
export function SeedMode({ workflow, field }) {
  const { t } = useT();
  const client = useQueryClient();
  const mode = useForms((s) => own(s.entries[workflow]?.seeds, field.name) ?? firstMode(field));
  const set = (/** @type {typeof mode} */ next) =>
    useForms.getState().change(workflow, ({ seeds }) => ({ seeds: { ...seeds, [field.name]: next } }));
  const last = lastSeed(client.getQueryData(['runs']), workflow, field.name);
  const { Icon } = MODES.find((each) => each.mode === mode) ?? MODES[0];
  const reuse = () => {
    if (last === null) return;
    setValue(workflow, field.name, last);
    set('fixed');
  };
  return (
    <Menu
      label={`${field.label}: ${t(`seed.${mode}`)}`}
      icon={<Icon size={18} />}
      entries={[
        ...MODES.map((each) => ({
          label: t(`seed.${each.mode}`),
          icon: <each.Icon size={18} />,
          checked: each.mode === mode,
          onChoose: () => set(each.mode),
        })),
        ...(last === null
          ? []
          : [{ label: t('seed.reuse', { seed: String(last) }), icon: <History size={18} />, onChoose: reuse }]),
      ]}
    />
  );
}
