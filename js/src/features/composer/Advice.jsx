/** @import { PromptIssue } from '../../services/apiTypes.js' */
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { linesOf } from './advice.js';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info };

/**
 * @param {{ line: import('./advice.js').Line, fresh: boolean, onFix: (issue: PromptIssue) => void,
 *   onShow: (issue: PromptIssue) => void }} props
 */
function Line({ line, fresh, onFix, onShow }) {
  const { level, message, about, first } = line;
  const Icon = ICONS[level];
  return (
    <li data-level={level}>
      <button type="button" className="advice-text" disabled={!fresh} onClick={() => onShow(first)}>
        <Icon size={16} aria-hidden="true" />
        <span>
          {about.length > 0 && <strong>{about.join(', ')}</strong>} {message}
        </span>
      </button>
      {first.fix && (
        <Button variant="quiet" disabled={!fresh} onClick={() => onFix(first)}>
          {first.fix.label}
        </Button>
      )}
    </li>
  );
}

/**
 * Advice on the prompt, each with its one-tap mend where there is one.
 * @param {{
 *   issues: readonly PromptIssue[], text: string, fresh: boolean,
 *   onFix: (issue: PromptIssue) => void, onShow: (issue: PromptIssue) => void,
 * }} props `text` is what the issues are about; `fresh` whether that is the present text
 */
export function Advice({ issues, text, fresh, onFix, onShow }) {
  const { t } = useT();
  if (issues.length === 0) return null;
  return (
    <ul className="advice" aria-label={t('compose.advice')} data-stale={!fresh || undefined}>
      {linesOf(issues, text).map((line, index) => (
        <Line key={index} line={line} fresh={fresh} onFix={onFix} onShow={onShow} />
      ))}
    </ul>
  );
}
