/** A name by which a person recognises this device in the list of sessions. */

const SYSTEMS = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'];
const BROWSERS = /** @type {[string, string][]} */ ([
  ['Edg/', 'Edge'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
]);

/** @param {string} agent what the browser says of itself */
export function deviceName(agent) {
  const system = SYSTEMS.find((word) => agent.includes(word)) ?? '';
  const browser = BROWSERS.find(([word]) => agent.includes(word))?.[1] ?? '';
  return [browser, system === 'Macintosh' ? 'Mac' : system].filter(Boolean).join(', ');
}
