/** @import { Words } from '../../i18n/useT.js' */
/** @import { Failure } from '../../i18n/errorWords.js' */
import { errorWords } from '../../i18n/errorWords.js';
import { toasts } from './toasts.js';

/** Says in passing what went wrong. @param {Failure} error @param {Words['t']} t */
export const sayError = (error, t) => toasts.add({ title: errorWords(error, t), type: 'error' });
