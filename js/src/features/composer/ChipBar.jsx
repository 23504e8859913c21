/** @import { Element } from '../../prompt/elements.js' */
/** @import { Editing } from './useEditing.js' */
import { Minus, Pencil, Plus, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { remove, replace, setWeight } from '../../prompt/index.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { keepChip } from './chipIds.js';
import { HIGHEST, LOWEST, STEP, stepped, weightOf, within } from './weighing.js';

/** @param {{ element: Element, words: string, onWeight: (weight: number, typed?: boolean) => void }} props */
function Weight({ element, words, onWeight }) {
  const { t } = useT();
  const weight = weightOf(element);
  return (
    <div className="chip-weight">
      <IconButton label={t('compose.weaker', { name: words })} onClick={() => onWeight(stepped(weight, -1))}>
        <Minus size={18} />
      </IconButton>
      <input
        type="range"
        min={LOWEST}
        max={HIGHEST}
        step={STEP}
        value={within(weight)}
        aria-label={t('compose.weight')}
        onChange={(event) => onWeight(Number(event.target.value), true)}
      />
      <IconButton label={t('compose.stronger', { name: words })} onClick={() => onWeight(stepped(weight, 1))}>
        <Plus size={18} />
      </IconButton>
      <button type="button" className="chip-weight-value" onClick={() => onWeight(1)} title={t('compose.noWeight')}>
        {weight.toFixed(2)}
      </button>
    </div>
  );
}

/** @param {{ element: Element, onDone: (source: string | null) => void }} props */
function Rewrite({ element, onDone }) {
  const { t } = useT();
  const [source, setSource] = useState(element.source);
  return (
    <form
      className="chip-rewrite"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(source);
      }}
    >
      <input
        className="input"
        aria-label={t('compose.rewrite')}
        value={source}
        autoCapitalize="none"
        autoComplete="off"
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the field opens because its button was pressed
        autoFocus
        onChange={(event) => setSource(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone(null);
        }}
      />
      <Button type="submit" variant="primary">
        {t('compose.done')}
      </Button>
    </form>
  );
}

/**
 * What can be done with the chosen piece.
 * @param {{ editing: Editing, element: Element, words: string, detail?: string, onSelect: (element: Element | null) => void }} props
 */
export function ChipBar({ editing, element, words, detail, onSelect }) {
  const { t } = useT();
  const [rewriting, setRewriting] = useState(false);
  const { prompt } = editing;
  const index = prompt.indexOf(element);
  const put = (/** @type {typeof prompt} */ next, typed = false) => {
    keepChip(element, next.elements[index]);
    editing.edit(next, typed);
    onSelect(next.elements[index] ?? null);
  };
  const rewritten = (/** @type {string | null} */ source) => {
    setRewriting(false);
    if (source !== null) put(source.trim() ? replace(prompt, element, source) : remove(prompt, element));
  };
  return (
    <section className="chip-bar" aria-label={t('compose.piece', { name: words })}>
      <header>
        <div className="chip-bar-name">
          <strong>{words}</strong>
          {detail && <p>{detail}</p>}
        </div>
        <IconButton label={t('compose.rewrite')} aria-pressed={rewriting} onClick={() => setRewriting(!rewriting)}>
          <Pencil size={18} />
        </IconButton>
        <IconButton
          label={t('compose.remove', { name: words })}
          onClick={() => {
            editing.edit(remove(prompt, element));
            onSelect(null);
          }}
        >
          <Trash2 size={18} />
        </IconButton>
        <IconButton label={t('close')} onClick={() => onSelect(null)}>
          <X size={18} />
        </IconButton>
      </header>
      {rewriting ? (
        <Rewrite element={element} onDone={rewritten} />
      ) : (
        element.kind !== 'break' && (
          <Weight
            element={element}
            words={words}
            onWeight={(weight, typed) => put(setWeight(prompt, element, weight), typed)}
          />
        )
      )}
    </section>
  );
}
