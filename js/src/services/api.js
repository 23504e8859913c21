/**
 * One function per endpoint, in the order of the server's table; what no page calls yet stands in three files beside it.
 * @import {
 *   AdviceBody,
 *   AliasAdvice,
 *   AliasCategories,
 *   AliasCategoryChange,
 *   AliasChange,
 *   Aliases,
 *   AliasImport,
 *   AliasImported,
 *   AliasMatches,
 *   AuthStatus,
 *   Changed,
 *   CheckedValues,
 *   Expanded,
 *   FormSettings,
 *   GalleryPage,
 *   GalleryQuery,
 *   HealthReport,
 *   InputPage,
 *   NewToken,
 *   Pairing,
 *   Picture,
 *   PresetsChanged,
 *   PromptAdvice,
 *   QueueBody,
 *   Queued,
 *   RunList,
 *   SessionList,
 *   SignedIn,
 *   StoredValues,
 *   Tagged,
 *   Timeline,
 *   TokenBody,
 *   TokenList,
 *   Undoable,
 *   UploadedInput,
 *   WildcardNames,
 *   WorkflowForm,
 *   WorkflowList,
 * } from './apiTypes.js'
 */
import { request, requestWithTag } from './request.js';

export * from './apiFiles.js';
export * from './apiServer.js';
export * from './apiTags.js';

/** @param {string} name a path; its slashes stay */
const pathOf = (name) => name.split('/').map(encodeURIComponent).join('/');

/** @param {string | null} etag of the version that is changed; none where there is none yet @returns {Record<string, string>} */
const ifMatch = (etag) => (etag ? { 'if-match': etag } : {});

/** @param {AbortSignal} [signal] @returns {Promise<WorkflowList>} */
export const getWorkflows = (signal) => request('workflows', { lists: ['workflows'], ...(signal && { signal }) });

/** @param {string} name @param {AbortSignal} [signal] @returns {Promise<WorkflowForm>} */
export const getWorkflowForm = (name, signal) =>
  request(`api/workflows/${pathOf(name)}/form`, {
    lists: ['fields', 'groups', 'problems'],
    ...(signal && { signal }),
  });

/** @param {string} name @param {string} to @param {string} etag of the workflow file @public */
export const renameWorkflow = (name, to, etag) =>
  request(`api/workflows/${pathOf(name)}/rename`, { method: 'POST', body: { to }, headers: ifMatch(etag) });

/** @param {string} name @param {string} etag @returns {Promise<{ undo: string }>} @public */
export const deleteWorkflow = (name, etag) =>
  request(`api/workflows/${pathOf(name)}`, { method: 'DELETE', headers: ifMatch(etag) });

/** @param {string} undo the token that deleting answered @returns {Promise<{ workflow: string }>} @public */
export const restoreWorkflow = (undo) => request('api/workflows/restore', { method: 'POST', body: { undo } });

/** @param {AbortSignal} [signal] @returns {Promise<Tagged<{ workflows: string[] }>>} */
export const getPins = (signal) =>
  requestWithTag('api/workflow_pins', { lists: ['workflows'], ...(signal && { signal }) });

/** @param {string[]} workflows in order @param {string | null} etag @returns {Promise<Tagged<Undoable>>} */
export const putPins = (workflows, etag) =>
  requestWithTag('api/workflow_pins', { method: 'PUT', body: { workflows }, headers: ifMatch(etag) });

/** @param {string} name @param {AbortSignal} [signal] @returns {Promise<Tagged<FormSettings>>} */
export const getFormSettings = (name, signal) =>
  requestWithTag(`api/form_settings/${pathOf(name)}`, { lists: ['order', 'hidden'], ...(signal && { signal }) });

/** @param {string} name @param {FormSettings} body @param {string | null} etag @returns {Promise<Tagged<Undoable>>} */
export const putFormSettings = (name, { order, hidden, pinned, labels }, etag) =>
  requestWithTag(`api/form_settings/${pathOf(name)}`, {
    method: 'PUT',
    body: { order, hidden, pinned, labels },
    headers: ifMatch(etag),
  });

/** @param {string} name @param {AbortSignal} [signal] @returns {Promise<Tagged<StoredValues>>} */
export const getFormValues = (name, signal) =>
  requestWithTag(`api/form_values/${pathOf(name)}`, { ...(signal && { signal }) });

/**
 * The first write of a form takes no etag; a 412 carries what is there in `details.current`.
 * @param {string} name
 * @param {{ values: Record<string, any>, bypassed?: string[], seeds?: Record<string, string> }} body
 * @param {string | null} etag
 * @returns {Promise<Tagged<{ updated: number | null }>>}
 */
export const putFormValues = (name, body, etag) =>
  requestWithTag(`api/form_values/${pathOf(name)}`, { method: 'PUT', body, headers: ifMatch(etag) });

/** @param {string} workflow @param {AbortSignal} [signal] @returns {Promise<Tagged<PresetsChanged>>} */
export const getPresets = (workflow, signal) =>
  requestWithTag('api/workflow_presets', { query: { workflow }, lists: ['presets'], ...(signal && { signal }) });

/**
 * Make a preset, or update the one of that id or name; absent values stay.
 * @param {string} workflow
 * @param {{ id?: string, name: string, values?: Record<string, any> }} preset
 * @returns {Promise<PresetsChanged>}
 */
export const savePreset = (workflow, preset) =>
  request('api/workflow_presets', { method: 'POST', body: { workflow, preset } });

/** @param {string} workflow @param {string} id @returns {Promise<PresetsChanged>} */
export const deletePreset = (workflow, id) =>
  request('api/workflow_presets', { method: 'POST', body: { workflow, delete: id } });

/** @param {string} workflow @param {string} id @param {string} [name] @returns {Promise<PresetsChanged>} */
export const duplicatePreset = (workflow, id, name = '') =>
  request('api/presets/duplicate', { method: 'POST', body: { workflow, id, name } });

/** @param {string} workflow @param {string[]} ids @param {string} etag of the list @returns {Promise<PresetsChanged>} @public */
export const orderPresets = (workflow, ids, etag) =>
  request('api/presets/order', { method: 'POST', body: { workflow, ids }, headers: ifMatch(etag) });

/** @param {string} workflow @param {string} id @returns {Promise<CheckedValues>} */
export const checkPreset = (workflow, id) => request('api/presets/check', { query: { workflow, id } });

/** @param {string} [workflow] */
export const exportPresets = (workflow) => request('api/presets/export', { query: { workflow } });

/**
 * @param {{ data: unknown, workflow?: string, replace?: boolean }} body
 * @returns {Promise<{ added: number, replaced: number, renamed: number, undo?: string }>}
 */
export const importPresets = (body) => request('api/presets/import', { method: 'POST', body });

/** @param {string} undo @returns {Promise<{ undo?: string }>} */
export const undoChange = (undo) => request('api/undo', { method: 'POST', body: { undo } });

/**
 * @param {string} type
 * @param {{ q?: string, limit?: number, refresh?: boolean, previews?: boolean }} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ choices: string[], previews?: Record<string, string> }>}
 * @public
 */
export const getChoices = (type, query, signal) =>
  request('get_choices', { query: { type, ...query }, ...(signal && { signal }) });
/**
 * Send a picture or clip to work from. `keepMetadata` sends its place, camera and texts along.
 * @param {Blob} file
 * @param {{ name?: string, subfolder?: string, keepMetadata?: boolean, signal?: AbortSignal }} [options]
 * @returns {Promise<UploadedInput>}
 * @public
 */
export function uploadImage(file, { name, subfolder, keepMetadata, signal } = {}) {
  const body = new FormData();
  body.append('image', file, name ?? (file instanceof File ? file.name : 'picture'));
  const query = { subfolder, ...(keepMetadata && { metadata: 'keep' }) };
  return request('upload_image', { method: 'POST', query, body, ...(signal && { signal }) });
}

/**
 * A page of the input folder; folders first.
 * @param {{ subfolder?: string, page?: number, per_page?: number, sort?: 'name' | 'newest' }} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<InputPage>}
 * @public
 */
export const getInputs = (query, signal) => request('input', { query, lists: ['items'], ...(signal && { signal }) });

/** @param {QueueBody} body @returns {Promise<Queued>} */
export const queueRun = (body) => request('api/queue', { method: 'POST', body });

/** @param {AbortSignal} [signal] @returns {Promise<RunList>} */
export const getRuns = (signal) =>
  request('api/runs', { query: { limit: 50 }, lists: ['runs'], ...(signal && { signal }) });

/** @param {string} id */
export const cancelRun = (id) => request(`api/runs/${encodeURIComponent(id)}/cancel`, { method: 'POST' });

/** @param {AbortSignal} [signal] @returns {Promise<AuthStatus>} */
export const getAuthStatus = (signal) => request('api/auth_status', { ...(signal && { signal }) });

/** @param {GalleryQuery} query @param {AbortSignal} [signal] @returns {Promise<GalleryPage>} */
export const getGallery = (query, signal) =>
  request('api/gallery', { query, lists: ['items'], ...(signal && { signal }) });

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<Picture>} */
export const getGalleryItem = (id, signal) =>
  request(`api/gallery/item/${encodeURIComponent(id)}`, { ...(signal && { signal }) });

/** @param {GalleryQuery} query @param {AbortSignal} [signal] @returns {Promise<Timeline>} */
export const getGalleryTimeline = (query, signal) =>
  request('api/gallery/timeline', {
    query: { ...query, tz: Intl.DateTimeFormat().resolvedOptions().timeZone },
    ...(signal && { signal }),
  });

/** @param {{ username: string, password: string, device: string }} body @returns {Promise<SignedIn>} */
export const login = (body) => request('api/login', { method: 'POST', body });

export const logout = () => request('api/logout', { method: 'POST' });

/** @param {AbortSignal} [signal] @returns {Promise<SessionList>} */
export const getSessions = (signal) => request('api/sessions', { ...(signal && { signal }) });

/** @param {string} id */
export const revokeSession = (id) => request(`api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const revokeOtherSessions = () => request('api/sessions', { method: 'DELETE' });

/** @param {AbortSignal} [signal] @returns {Promise<TokenList>} */
export const getTokens = (signal) => request('api/tokens', { ...(signal && { signal }) });

/** @param {TokenBody} body @returns {Promise<NewToken>} the only time that the token is shown */
export const createToken = (body) => request('api/tokens', { method: 'POST', body });

/** @param {string} id */
export const revokeToken = (id) => request(`api/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' });

/** @returns {Promise<Pairing>} */
export const startPairing = () => request('api/pair/start', { method: 'POST' });

/** @param {{ code: string, device: string }} body @returns {Promise<SignedIn>} */
export const claimPairing = (body) => request('api/pair/claim', { method: 'POST', body });

/**
 * @param {{ fields: Record<string, string>, seed?: number | string }} body
 * @param {AbortSignal} [signal]
 * @returns {Promise<Expanded>}
 * @public
 */
export const expandPrompts = (body, signal) =>
  request('api/prompt/expand', { method: 'POST', body, ...(signal && { signal }) });

/** @param {AdviceBody} body @param {AbortSignal} [signal] @returns {Promise<PromptAdvice>} */
export const lintPrompt = (body, signal) =>
  request('api/prompt/lint', { method: 'POST', body, ...(signal && { signal }) });

/** @param {AbortSignal} [signal] @returns {Promise<{ answer: Aliases, etag: string | null }>} */
export const getAliases = (signal) => requestWithTag('api/aliases', { ...(signal && { signal }) });

/**
 * @param {string} name
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ answer: AliasChange, etag: string | null }>}
 */
export const getAlias = (name, signal) => requestWithTag(`api/aliases/${pathOf(name)}`, { ...(signal && { signal }) });

/**
 * Creates an alias; with the tag of the version that was read, replaces it.
 * @param {string} name
 * @param {{ text: string, category?: string }} body
 * @param {string | null} etag null: it must not exist yet
 * @returns {Promise<{ answer: Changed, etag: string | null }>}
 */
export const putAlias = (name, body, etag) =>
  requestWithTag(`api/aliases/${pathOf(name)}`, {
    method: 'PUT',
    body,
    headers: etag === null ? { 'if-none-match': '*' } : ifMatch(etag),
  });

/**
 * @param {string} name
 * @param {Partial<AliasChange>} body
 * @param {string} etag
 * @returns {Promise<{ answer: Changed, etag: string | null }>}
 */
export const patchAlias = (name, body, etag) =>
  requestWithTag(`api/aliases/${pathOf(name)}`, { method: 'PATCH', body, headers: ifMatch(etag) });

/**
 * @param {string} name
 * @param {string} etag
 * @returns {Promise<Changed>}
 */
export const deleteAlias = (name, etag) =>
  request(`api/aliases/${pathOf(name)}`, { method: 'DELETE', headers: ifMatch(etag) });

/**
 * @param {{ q: string, category?: string, limit?: number }} query
 * @param {AbortSignal} [signal]
 * @returns {Promise<AliasMatches>}
 */
export const searchAliases = (query, signal) => request('api/alias_search', { query, ...(signal && { signal }) });

/** @param {AbortSignal} [signal] @returns {Promise<WildcardNames>} */
export const getWildcards = (signal) => request('api/wildcards', { ...(signal && { signal }) });

/** @param {AbortSignal} [signal] @returns {Promise<{ answer: AliasCategories, etag: string | null }>} */
export const getAliasCategories = (signal) => requestWithTag('api/alias_categories', { ...(signal && { signal }) });

/**
 * @param {string} name
 * @param {AliasCategoryChange} body
 * @param {string} etag
 * @returns {Promise<{ answer: Changed, etag: string | null }>}
 */
export const putAliasCategory = (name, body, etag) =>
  requestWithTag(`api/alias_categories/${pathOf(name)}`, { method: 'PUT', body, headers: ifMatch(etag) });

/**
 * @param {string} name
 * @param {string} etag
 * @returns {Promise<Changed>}
 */
export const deleteAliasCategory = (name, etag) =>
  request(`api/alias_categories/${pathOf(name)}`, { method: 'DELETE', headers: ifMatch(etag) });

/**
 * @param {{ aliases: { name: string, text: string }[] }} body
 * @param {AbortSignal} [signal]
 * @returns {Promise<AliasAdvice>}
 */
export const checkAliases = (body, signal) =>
  request('api/alias_check', { method: 'POST', body, ...(signal && { signal }) });

/**
 * @param {AliasImport} body
 * @returns {Promise<AliasImported>}
 */
export const importAliases = (body) => request('api/alias_import', { method: 'POST', body });

/** @param {AbortSignal} [signal] @returns {Promise<HealthReport>} */
export const getHealth = (signal) => request('api/health', { ...(signal && { signal }) });
