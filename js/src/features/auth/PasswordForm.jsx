/** @import { UseMutationResult } from '@tanstack/react-query' */
import { useT } from '../../i18n/useT.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { refusalWords } from './words.js';
import './auth.css';

/**
 * A form that asks for a password: sent once, and it says why it was refused.
 * @param {object} props
 * @param {UseMutationResult<any, Error, void>} props.send
 * @param {import('../../i18n/translate.js').Key} [props.wrong] what is said of a password that does not fit
 * @param {string} props.button
 * @param {React.ReactNode} props.children
 */
export function PasswordForm({ send, wrong, button, children }) {
  const { t } = useT();
  const words = refusalWords(send.error, wrong);
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        if (!send.isPending) send.mutate();
      }}
    >
      {children}
      {send.error && (
        <p className="field-error" role="alert">
          {words ? t(words.key, words.vars) : send.error.message}
        </p>
      )}
      <Button type="submit" variant="primary" wide disabled={send.isPending}>
        {button}
      </Button>
    </form>
  );
}
