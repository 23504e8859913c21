/** @import { FieldValue, FormField } from '../../services/apiTypes.js' */

/** @typedef {React.ReactElement<React.ComponentProps<'textarea'>>} TextInputElement */
/**
 * Wraps the input of a text field, for suggestions. The same function at every call, or every row is drawn again.
 * @typedef {(field: FormField, input: TextInputElement) => React.ReactNode} Decorate
 */
/**
 * @typedef {object} InputProps
 * @property {string} id
 * @property {FormField} field
 * @property {FieldValue} value
 * @property {(value: FieldValue | undefined) => void} onChange
 * @property {Decorate} decorate
 */

export {};
