/** The prompt model: reading, editing and expanding prompts. Pure functions, held to the server's by `tests/vectors`. */
export { Prompt, parse } from './elements.js';
export { aliasTokens, insert, move, remove, replace, setAliasWeight, setWeight } from './edits.js';
export { expand } from './expand.js';
export { isPromptField } from './fields.js';
export { friendlyName } from './friendly.js';
export { AliasLibrary } from './library.js';
export { Draws } from './randomness.js';
