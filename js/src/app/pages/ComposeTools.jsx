/** @import { LucideIcon } from 'lucide-react' */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BookMarked, History } from 'lucide-react';
import { useState } from 'react';
import { AliasPicker } from '../../features/aliases/AliasPicker.jsx';
import { ALIASES, useAliasSearch } from '../../features/aliases/useAliases.js';
import { PastPrompts } from '../../features/composer/PastPrompts.jsx';
import { aliasName, recentPrompts } from '../../features/composer/pastOf.js';
import { useRuns } from '../../features/runs/useRuns.js';
import { useT } from '../../i18n/useT.js';
import { putAlias } from '../../services/api.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { toasts } from '../../ui/primitives/toasts.js';

/** Kept prompts are aliases of this category: they follow to every device and can be edited in the library. */
const KEPT = 'prompts';

/** @param {string} text */
function useKeep(text) {
  const { t } = useT();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (/** @type {string} */ name) =>
      putAlias(`${KEPT}::${aliasName(name) || Date.now().toString(36)}`, { text, category: KEPT }, null),
    onSuccess: (_, name) => {
      void client.invalidateQueries({ queryKey: [ALIASES] });
      toasts.add({ title: t('compose.past.saved', { name }), timeout: 3000 });
    },
    onError: (error) => toasts.add({ title: error.message, type: 'error' }),
  });
}

/** @typedef {{ field: string, present: string, onInsert: (text: string) => void, onReplace: (text: string) => void }} ToolProps */

/** @param {ToolProps} props */
function Past({ field, present, onReplace }) {
  const runs = useRuns();
  const kept = useAliasSearch('', KEPT).data?.items ?? [];
  const keep = useKeep(present);
  return (
    <PastPrompts
      recent={recentPrompts(runs.data?.runs ?? [], field)}
      kept={kept.map(({ name, friendly, text }) => ({ id: name, title: friendly, text }))}
      canKeep={present.trim() !== ''}
      onUse={({ text }) => onReplace(text)}
      onKeep={(name) => keep.mutate(name)}
    />
  );
}

/** @param {ToolProps} props */
function Aliases({ onInsert }) {
  const { t } = useT();
  return (
    <AliasPicker
      onPick={({ token, friendly }) => {
        onInsert(`$${token}$`);
        toasts.add({ title: t('aliases.inserted', { name: friendly }), timeout: 1500 });
      }}
    />
  );
}

/** @typedef {{ name: 'aliases' | 'past', icon: LucideIcon, Body: React.ComponentType<ToolProps> }} Tool */
/** @type {Tool[]} */
const TOOLS = [
  { name: 'aliases', icon: BookMarked, Body: Aliases },
  { name: 'past', icon: History, Body: Past },
];

/** @param {{ chosen: Tool | null, onChoose: (tool: Tool) => void }} props */
function Buttons({ chosen, onChoose }) {
  const { t } = useT();
  return TOOLS.map((tool) => (
    <Chip key={tool.name} {...(chosen && { pressed: chosen === tool })} onClick={() => onChoose(tool)}>
      <tool.icon size={16} aria-hidden="true" />
      {t(`compose.${tool.name}`)}
    </Chip>
  ));
}

/**
 * What puts something into the prompt: buttons that open sheets.
 * @param {ToolProps} props
 */
export function ComposeTools(props) {
  const { t } = useT();
  const [open, setOpen] = useState(/** @type {Tool | null} */ (null));
  const replace = (/** @type {string} */ text) => {
    props.onReplace(text);
    setOpen(null);
  };
  return (
    <div className="compose-tools">
      <Buttons chosen={null} onChoose={setOpen} />
      {TOOLS.map((tool) => (
        <Sheet key={tool.name} open={open === tool} onClose={() => setOpen(null)} title={t(`compose.${tool.name}`)}>
          <tool.Body {...props} onReplace={replace} />
        </Sheet>
      ))}
    </div>
  );
}

/**
 * The same beside the prompt, where there is room.
 * @param {ToolProps} props
 */
export function ComposeSide(props) {
  const [shown, setShown] = useState(/** @type {Tool} */ (/** @type {unknown} */ (TOOLS[0])));
  return (
    <aside className="compose-side">
      <div className="chips-row">
        <Buttons chosen={shown} onChoose={setShown} />
      </div>
      <div className="compose-side-body">
        <shown.Body {...props} />
      </div>
    </aside>
  );
}
