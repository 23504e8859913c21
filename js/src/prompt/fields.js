/** Which texts are prompts. Only these are expanded: a file name or a path is never touched. As `fields.py`. */

const PROMPTS = /prompt|positive|negative|caption/;
const TEXT = /(^|[^a-z])(text|tags|wildcard|style)([^a-z]|$)/;
const NEVER =
  /(^|[^a-z])(checkpoint|ckpt|lora|model|unet|vae|embedding|clip|sampler|scheduler|seed|file|filename|path|folder|directory|image|video|audio|mask|url)s?([^a-z]|$)/;
const FILE =
  /^[^,\n]*\.(safetensors|ckpt|pt|pth|bin|gguf|sft|onnx|png|jpe?g|webp|gif|bmp|tiff?|avif|mp4|webm|mov|mkv|wav|mp3|flac|json|ya?ml|txt|csv)$/i;
const REFERENCE = /^(output|input|temp)::/i;
const ROLES = new Set(['positive', 'negative', 'prompt']);

/**
 * Whether a value could be a prompt at all: text, and no reference to a file.
 * @param {unknown} value
 */
export function isPromptText(value) {
  return typeof value === 'string' && !REFERENCE.test(value) && !FILE.test(value);
}

/**
 * Whether a form field holds a prompt: a text with that role, a telling name, or several lines.
 * @param {{ name: string, kind?: string, label?: string, role?: string | null, multiline?: boolean }} field
 * @param {unknown} value
 */
export function isPromptField({ name, kind = 'text', label = '', role = null, multiline = false }, value = '') {
  if (kind !== 'text' || !isPromptText(value)) return false;
  if (role !== null && ROLES.has(role)) return true;
  const names = `${name} ${label}`.toLowerCase().replaceAll('_', ' ');
  return !NEVER.test(names) && (multiline || PROMPTS.test(names) || TEXT.test(names));
}
