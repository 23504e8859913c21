/**
 * Writes src/services/apiTypes.d.ts from the OpenAPI document; `--check` compares instead.
 * Called by `make contract` and `make check`: node scripts/apiTypes.mjs <openapi.json> [--check]
 */
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const TARGET = new URL('../src/services/apiTypes.d.ts', import.meta.url);
const HEAD = `/* Made from the endpoint table by \`make contract\`; do not edit. The names that the app uses: appTypes.d.ts. */
export * from './appTypes';

`;

/**
 * Answers may grow; that must not hide a misspelt field from the type checker. Titles repeat the names.
 * @param {any} value
 * @returns {any}
 */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (!value || typeof value !== 'object') return value;
  const known = value.type === 'object' && Object.keys(value.properties ?? {}).length > 0;
  const kept = Object.entries(value).filter(
    ([name, entry]) =>
      !(known && name === 'additionalProperties' && entry === true) && !(name === 'title' && typeof entry === 'string'),
  );
  return Object.fromEntries(kept.map(([name, entry]) => [name, plain(entry)]));
}

const [source = '', mode] = process.argv.slice(2);
const document = plain(JSON.parse(await readFile(source, 'utf8')));
const made = HEAD + astToString(await openapiTS(document, { defaultNonNullable: false }));
if (mode !== '--check') {
  await writeFile(TARGET, made);
} else if ((await readFile(TARGET, 'utf8')) !== made) {
  console.error('js/src/services/apiTypes.d.ts is not what the table says: run `make contract`.');
  process.exitCode = 1;
}
