/** "Open in ComfyUI" of the viewer: the workflow of the picture that the address names. */
import { app } from '../../scripts/app.js';
import { api } from '../../scripts/api.js';
import { text } from './cozygenTexts.js';

const NAME = 'cozygen_item';

const say = (detail) =>
  app.extensionManager.toast.add({ severity: 'error', summary: text('openFailed'), detail, life: 6000 });

/** @param {string} path @returns {Promise<any>} */
async function ask(path) {
  const answer = await api.fetchApi(path);
  if (!answer.ok) throw new Error(answer.status === 404 ? text('pictureGone') : `HTTP ${answer.status}`);
  return answer;
}

/** The item that the address names, once: a reload does not open it again. @returns {string | null} */
export function takeItem() {
  const here = new URL(location.href);
  const id = here.searchParams.get(NAME);
  if (id === null) return null;
  here.searchParams.delete(NAME);
  history.replaceState(history.state, '', here);
  return id;
}

/** Open the workflow of an item, as if its file had been dropped on the graph. @param {string} id */
export async function showItem(id) {
  try {
    const item = await (await ask(`/cozygen/api/gallery/item/${encodeURIComponent(id)}`)).json();
    const blob = await (await ask(`/cozygen/media/${encodeURIComponent(id)}`)).blob();
    await app.handleFile(new File([blob], item.filename, { type: blob.type }));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
}
