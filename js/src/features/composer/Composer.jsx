/** @import { Element } from '../../prompt/elements.js' */
/** @import { PromptIssue } from '../../services/apiTypes.js' */
/** @import { Editing } from './useEditing.js' */
import { Redo2, Undo2 } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { insert } from '../../prompt/index.js';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Advice } from './Advice.jsx';
import { ChipBar } from './ChipBar.jsx';
import { Chips } from './Chips.jsx';
import './composer.css';
import { Expanded } from './Expanded.jsx';
import { insertAtCaret, weighedAt } from './places.js';
import { PromptText } from './PromptText.jsx';
import { useAdvice } from './useAdvice.js';
import { useEditing } from './useEditing.js';
import { weightKey } from './weighing.js';

/** @typedef {'chips' | 'text'} ComposeView */

/** @param {{ view: ComposeView, onView: (view: ComposeView) => void }} props */
function Views({ view, onView }) {
  const { t } = useT();
  return (
    <div className="compose-views" role="group" aria-label={t('compose.view')}>
      {
        /** @type {const} */ (['chips', 'text']).map((name) => (
          <button key={name} type="button" aria-pressed={view === name} onClick={() => onView(name)}>
            {t(`compose.view.${name}`)}
          </button>
        ))
      }
    </div>
  );
}

/** @param {{ editing: Editing }} props */
function Steps({ editing }) {
  const { t } = useT();
  return (
    <>
      <IconButton label={t('compose.undo')} disabled={!editing.canUndo} onClick={editing.undo}>
        <Undo2 size={20} />
      </IconButton>
      <IconButton label={t('compose.redo')} disabled={!editing.canRedo} onClick={editing.redo}>
        <Redo2 size={20} />
      </IconButton>
    </>
  );
}

/** @param {{ onAdd: (text: string) => void, decorate: Decorate }} props */
function AddPiece({ onAdd, decorate }) {
  const { t } = useT();
  const [text, setText] = useState('');
  const add = () => {
    onAdd(text);
    setText('');
  };
  return decorate(
    <input
      className="prompt-add-input"
      aria-label={t('compose.add')}
      placeholder={t('compose.add')}
      value={text}
      autoCapitalize="none"
      autoComplete="off"
      enterKeyHint="done"
      onChange={(event) => setText(event.target.value)}
      onBlur={() => text.trim() && add()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
        event.preventDefault();
        add();
      }}
    />,
  );
}

/** Takes undo and redo away from the browser: both views share one history. @param {Editing} editing @param {React.KeyboardEvent} event */
function steps(editing, event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  if (key === 'y' || event.shiftKey) editing.redo();
  else editing.undo();
}

/** Ctrl with an arrow weighs what the caret is in, as in ComfyUI's own fields. @param {Editing} editing @param {React.KeyboardEvent} event */
function weighs(editing, event) {
  const direction = weightKey(event);
  const area = event.target;
  if (direction === null || !(area instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  editing.edit(weighedAt(editing.prompt, area.selectionStart, area.selectionEnd, direction), true);
}

/** @typedef {(field: React.ReactElement<any>) => React.ReactNode} Decorate */
/** @typedef {{ present: string, onInsert: (text: string) => void, onReplace: (text: string) => void }} ToolUse */

/**
 * One prompt as pieces and as text, with advice and what it expands to.
 * @param {{
 *   id: string, label: string, text: string, onChange: (text: string) => void, loras: string[],
 *   view: ComposeView, onView: (view: ComposeView) => void,
 *   wordsOf: (element: Element) => string, detailOf: (element: Element) => string | undefined,
 *   decorate: Decorate, onCopy: (text: string) => void,
 *   tools: (use: ToolUse) => React.ReactNode, side: ((use: ToolUse) => React.ReactNode) | null,
 *   children?: React.ReactNode,
 * }} props `decorate` wraps a text field (suggestions); `tools` and `side` draw what puts something in
 */
export function Composer(props) {
  const { id, label, text, onChange, loras, view, onView, wordsOf, detailOf, decorate, onCopy, tools, side, children } =
    props;
  const field = useId();
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const editing = useEditing(id, text, onChange);
  const { prompt } = editing;
  const [chosen, setChosen] = useState(/** @type {Element | null} */ (null));
  const [caret, setCaret] = useState(/** @type {number | null} */ (null));
  const { advice, about, fresh, error } = useAdvice(text, loras);
  const selected = chosen && prompt.elements.includes(chosen) ? chosen : null;
  const issues = advice?.issues ?? [];
  const marks = fresh ? issues : [];
  const put = (/** @type {string} */ added) => {
    if (!selected && view === 'text' && caret !== null) return editing.edit(insertAtCaret(prompt, caret, added));
    const place = selected ? prompt.indexOf(selected) + 1 : prompt.elements.length;
    editing.edit(insert(prompt, place, added));
  };
  const fix = (/** @type {PromptIssue} */ { fix: mend }) =>
    mend && editing.say(text.slice(0, mend.start) + mend.text + text.slice(mend.end));
  const show = (/** @type {PromptIssue} */ { start, end }) => {
    const index = prompt.spans().findIndex(([from, to]) => from < end && to > start);
    setChosen(prompt.elements[index] ?? null);
    const area = /** @type {HTMLTextAreaElement | null | undefined} */ (root.current?.querySelector('textarea'));
    if (!area?.checkVisibility()) return;
    area.focus();
    area.setSelectionRange(start, end);
  };
  const onKeyDown = (/** @type {React.KeyboardEvent} */ event) => {
    steps(editing, event);
    weighs(editing, event);
  };
  const use = { present: text, onInsert: put, onReplace: (/** @type {string} */ next) => editing.say(next) };
  const editor = (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- catches undo and weights from the fields inside
    <section className="composer" data-view={view} ref={root} onKeyDown={onKeyDown} aria-label={label}>
      {children}
      <div className="compose-bar">
        <Views view={view} onView={onView} />
        <span className="compose-space" />
        <Steps editing={editing} />
      </div>
      <div className="compose-body">
        <PromptText
          id={field}
          label={label}
          editing={editing}
          marks={marks}
          onCaret={(at) => setCaret(at)}
          decorate={decorate}
        />
        <Chips
          editing={editing}
          selected={selected}
          onSelect={setChosen}
          wordsOf={wordsOf}
          levelOf={(index) => levelOf(prompt.spans()[index], marks)}
        >
          <AddPiece onAdd={put} decorate={decorate} />
        </Chips>
        {error && <p className="field-error">{error.message}</p>}
        <Expanded advice={advice} fresh={fresh} onCopy={onCopy} />
        <Advice issues={issues} text={about} fresh={fresh} onFix={fix} onShow={show} />
      </div>
      <div className="compose-foot">
        {selected ? (
          <ChipBar
            key={prompt.indexOf(selected)}
            editing={editing}
            element={selected}
            words={wordsOf(selected)}
            {...(detailOf(selected) && { detail: detailOf(selected) })}
            onSelect={setChosen}
          />
        ) : (
          !side && tools(use)
        )}
      </div>
    </section>
  );
  return (
    <>
      {editor}
      {side?.(use)}
    </>
  );
}

/** @param {[number, number] | undefined} span @param {readonly { start: number, end: number, level: string }[]} marks */
function levelOf(span, marks) {
  if (!span) return null;
  const here = marks.filter((mark) => mark.start < span[1] && mark.end > span[0]).map((mark) => mark.level);
  return ['error', 'warning', 'info'].find((level) => here.includes(level)) ?? null;
}
