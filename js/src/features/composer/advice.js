/**
 * Advice as it is listed.
 * @import { PromptIssue } from '../../services/apiTypes.js'
 */

/** @typedef {{ level: PromptIssue['level'], message: string, about: string[], first: PromptIssue }} Line */

const ORDER = ['error', 'warning', 'info'];

/**
 * One line for each piece of advice that can be mended, one for all others that say the same; the worst first.
 * @param {readonly PromptIssue[]} issues
 * @param {string} text what they are about
 * @returns {Line[]}
 */
export function linesOf(issues, text) {
  /** @type {Map<string, Line>} */
  const lines = new Map();
  issues.forEach((issue, index) => {
    const key = issue.fix ? `fix ${index}` : `${issue.level} ${issue.message}`;
    const words = text.slice(issue.start, issue.end).trim();
    const line = lines.get(key) ?? { level: issue.level, message: issue.message, about: [], first: issue };
    if (words && words !== text.trim() && !line.about.includes(words)) line.about.push(words);
    lines.set(key, line);
  });
  return [...lines.values()].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
}
