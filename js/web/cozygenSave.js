/** "Save to CozyGen": the open graph becomes a workflow of the phone. */
import { app } from '../../scripts/app.js';
import { api } from '../../scripts/api.js';
import { text } from './cozygenTexts.js';

/** @param {string} name @returns {string} */
const addressOf = (name) => `/cozygen/api/workflows/${encodeURIComponent(name)}`;

/** @param {any} answer @returns {Promise<string>} the server's sentence */
async function sentenceOf(answer) {
  const body = await answer.json().catch(() => ({}));
  return body.message ?? `HTTP ${answer.status}`;
}

const say = (severity, summary, detail) => app.extensionManager.toast.add({ severity, summary, detail, life: 6000 });

/** Ask for a name, save, and say how many fields the form has. */
export async function saveToCozyGen() {
  const dialog = app.extensionManager.dialog;
  const name = await dialog.prompt({
    title: text('saveTitle'),
    message: text('saveName'),
    defaultValue: proposedName(),
  });
  if (!name?.trim()) return;
  const file = name.trim().replace(/(\.json)?$/i, '.json');
  const { output, workflow } = await app.graphToPrompt();
  const answer = await put(file, { prompt: output, workflow });
  if (!answer) return;
  if (!answer.ok) return say('error', text('saveFailed'), await sentenceOf(answer));
  const form = await api.fetchApi(`${addressOf(file)}/form`);
  const fields = form.ok ? (await form.json()).fields.length : 0;
  say('success', text('saved').replace('{name}', file), text('fields').replace('{count}', String(fields)));
}

/** New files only; a file that is there already is replaced after a question. */
async function put(file, body) {
  const answer = await send(file, body, { 'If-None-Match': '*' });
  if (answer.status !== 412 && answer.status !== 409) return answer;
  const sure = await app.extensionManager.dialog.confirm({
    title: text('saveTitle'),
    message: text('replace').replace('{name}', file),
    type: 'overwrite',
  });
  if (!sure) return null;
  const present = await api.fetchApi(`/cozygen/workflows/${encodeURIComponent(file)}`);
  return send(file, body, present.headers.get('ETag') ? { 'If-Match': present.headers.get('ETag') } : {});
}

const send = (file, body, headers) =>
  api.fetchApi(addressOf(file), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

function proposedName() {
  const open = app.extensionManager.workflow?.activeWorkflow;
  return (open?.filename ?? open?.path?.split('/').pop() ?? 'workflow').replace(/\.json$/i, '');
}
