import { ChangePassword } from '../../features/auth/ChangePassword.jsx';
import { Pair } from '../../features/auth/Pair.jsx';
import { Sessions } from '../../features/auth/Sessions.jsx';
import { Tokens } from '../../features/auth/Tokens.jsx';
import { languages } from '../../i18n/languages.js';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { leave, useSession } from '../../services/session.js';
import { Button } from '../../ui/primitives/Button.jsx';
import { Field } from '../../ui/primitives/Field.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { Thumbnails } from './Thumbnails.jsx';

const THEMES = /** @type {const} */ (['system', 'dark', 'light']);
const DENSITIES = /** @type {const} */ (['comfortable', 'compact']);

/** Devices and signing out; nothing of it where the server has no login. */
function Account() {
  const { t } = useT();
  const { state, user } = useSession();
  if (state !== 'in') return null;
  return (
    <>
      <section className="section">
        <h2>{t('sessions.title')}</h2>
        <Sessions />
      </section>
      <section className="section">
        <h2>{t('pair.title')}</h2>
        <Pair />
      </section>
      <section className="section">
        <h2>{t('login.password')}</h2>
        <ChangePassword />
      </section>
      <section className="section">
        <h2>{t('tokens.title')}</h2>
        <Tokens />
      </section>
      <Button variant="danger" onClick={leave}>
        {t('login.leave', { user: user ?? '' })}
      </Button>
    </>
  );
}

export function SettingsPage() {
  const { t } = useT();
  const { theme, density, language, set } = usePreferences();
  return (
    <div className="page scrolls">
      <div className="column">
        <h1>{t('settings.title')}</h1>
        <Field label={t('settings.theme')}>
          {(id) => (
            <Select
              id={id}
              value={theme}
              onChange={(event) => set({ theme: THEMES.find((x) => x === event.target.value) ?? 'system' })}
            >
              {THEMES.map((x) => (
                <option key={x} value={x}>
                  {t(`settings.theme.${x}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('settings.density')}>
          {(id) => (
            <Select
              id={id}
              value={density}
              onChange={(event) => set({ density: DENSITIES.find((x) => x === event.target.value) ?? 'comfortable' })}
            >
              {DENSITIES.map((x) => (
                <option key={x} value={x}>
                  {t(`settings.density.${x}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('settings.language')}>
          {(id) => (
            <Select id={id} value={language ?? ''} onChange={(event) => set({ language: event.target.value || null })}>
              <option value="">{t('settings.language.system')}</option>
              {Object.entries(languages).map(([tag, { name }]) => (
                <option key={tag} value={tag}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <section className="section">
          <h2>{t('thumbnails.title')}</h2>
          <Thumbnails />
        </section>
        <Account />
      </div>
    </div>
  );
}
