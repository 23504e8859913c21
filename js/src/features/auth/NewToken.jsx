/** @import { TokenBody } from '../../services/apiTypes.js' */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { createToken } from '../../services/api.js';
import { copyText } from '../../services/clipboard.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { Field } from '../../ui/primitives/Field.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { toasts } from '../../ui/primitives/toasts.js';

const LEVELS = /** @type {const} */ (['view', 'queue', 'delete', 'admin']);
const DAYS = [30, 90, 365, 0];
const LONGEST_NAME = 100;

/** What the server tells once only. @param {{ token: string, onClose: () => void }} props */
function Made({ token, onClose }) {
  const { t } = useT();
  const copy = async () => {
    if (await copyText(token)) toasts.add({ title: t('copied'), timeout: 2000 });
    else toasts.add({ title: t('copy.failed'), description: t('copy.failedText'), type: 'error' });
  };
  return (
    <div className="sign-in">
      <Field label={t('tokens.made')} hint={t('tokens.once')}>
        {(id) => (
          <input id={id} className="input token" readOnly value={token} onFocus={(event) => event.target.select()} />
        )}
      </Field>
      <Button variant="primary" wide onClick={copy}>
        {t('tokens.copy')}
      </Button>
      <Button wide onClick={onClose}>
        {t('tokens.done')}
      </Button>
    </div>
  );
}

/** @param {{ busy: boolean, error: Error | null, onSubmit: (body: TokenBody) => void }} props */
function Wishes({ busy, error, onSubmit }) {
  const { t } = useT();
  const [name, setName] = useState('');
  const [access, setAccess] = useState(/** @type {typeof LEVELS[number]} */ ('view'));
  const [days, setDays] = useState(90);
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit({ name: name.trim(), access, days: days || null });
      }}
    >
      <Field label={t('tokens.name')} hint={t('tokens.nameHint')}>
        {(id) => (
          <input
            id={id}
            className="input"
            autoComplete="off"
            required
            pattern=".*\S.*"
            maxLength={LONGEST_NAME}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('tokens.may')}>
        {(id) => (
          <Select
            id={id}
            value={access}
            onChange={(event) => setAccess(LEVELS.find((level) => level === event.target.value) ?? 'view')}
          >
            {LEVELS.map((level) => (
              <option key={level} value={level}>
                {t(`tokens.access.${level}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('tokens.lasts')}>
        {(id) => (
          <Select id={id} value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {DAYS.map((count) => (
              <option key={count} value={count}>
                {count ? t('tokens.days', { count }) : t('tokens.untilRevoked')}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {error && (
        <p className="field-error" role="alert">
          {error.message}
        </p>
      )}
      <Button type="submit" variant="primary" wide disabled={busy}>
        {t('tokens.make')}
      </Button>
    </form>
  );
}

/**
 * Makes a token and shows it, once.
 * @param {{ onMade: () => void, onClose: () => void }} props
 */
export function NewToken({ onMade, onClose }) {
  const { t } = useT();
  const make = useMutation({ mutationFn: createToken, onSuccess: onMade });
  return (
    <Sheet open onClose={onClose} title={t('tokens.new')}>
      {make.data ? (
        <Made token={make.data.token} onClose={onClose} />
      ) : (
        <Wishes busy={make.isPending} error={make.error} onSubmit={make.mutate} />
      )}
    </Sheet>
  );
}
