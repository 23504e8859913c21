/** "Open CozyGen": in a tab, and as a QR code for a phone. */
import { api } from '../../scripts/api.js';
import { text } from './cozygenTexts.js';

const LOOPBACK = /^(localhost|127\.|\[::1\]|::1)/;

/** The app's address under whatever path ComfyUI is served. */
export const appAddress = () => new URL(`${api.api_base ?? ''}/cozygen/`, location.origin).href;

/** Open the app in a tab of its own. */
export function openCozyGen() {
  window.open(appAddress(), 'cozygen');
}

/** Show the address as a QR code; a loopback address cannot be reached by a phone, and the dialog says so. */
export async function showForPhone() {
  const dialog = document.createElement('dialog');
  dialog.className = 'cozygen-phone';
  dialog.setAttribute('aria-label', text('phoneTitle'));
  const inner = LOOPBACK.test(location.hostname) ? [paragraph(text('phoneLoopback'))] : await code(appAddress());
  const close = document.createElement('button');
  close.textContent = text('close');
  close.addEventListener('click', () => dialog.close());
  dialog.append(heading(text('phoneTitle')), ...inner, close);
  dialog.addEventListener('close', () => dialog.remove());
  Object.assign(dialog.style, { padding: '24px', borderRadius: '12px', textAlign: 'center', maxWidth: '360px' });
  document.body.append(dialog);
  dialog.showModal();
}

async function code(address) {
  const answer = await api.fetchApi(`/cozygen/api/qr?text=${encodeURIComponent(address)}`);
  if (!answer.ok) return [paragraph(address)];
  const picture = document.createElement('img');
  picture.src = URL.createObjectURL(await answer.blob());
  picture.addEventListener('load', () => URL.revokeObjectURL(picture.src));
  picture.alt = address;
  Object.assign(picture.style, { width: '256px', height: '256px', imageRendering: 'pixelated' });
  return [picture, paragraph(address)];
}

function heading(content) {
  const element = document.createElement('h3');
  element.textContent = content;
  return element;
}

function paragraph(content) {
  const element = document.createElement('p');
  element.textContent = content;
  element.style.overflowWrap = 'anywhere';
  return element;
}
