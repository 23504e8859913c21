import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { Actions } from './kit/Actions.jsx';
import { Inputs } from './kit/Inputs.jsx';
import './kit/kit.css';
import { States } from './kit/States.jsx';
import { Tokens } from './kit/Tokens.jsx';

const THEMES = /** @type {const} */ (['system', 'dark', 'light']);
const DENSITIES = /** @type {const} */ (['comfortable', 'compact']);

/** Every part of the kit in every state on one page, while developing: `#/_kit`. */
export function KitPage() {
  const { t } = useT();
  const { theme, density, set } = usePreferences();
  return (
    <div className="page scrolls">
      <div className="column kit">
        <h1>Kit</h1>
        <div className="kit-row">
          {THEMES.map((each) => (
            <Chip key={each} pressed={theme === each} onClick={() => set({ theme: each })}>
              {t(`settings.theme.${each}`)}
            </Chip>
          ))}
          {DENSITIES.map((each) => (
            <Chip key={each} pressed={density === each} onClick={() => set({ density: each })}>
              {t(`settings.density.${each}`)}
            </Chip>
          ))}
        </div>
        <Tokens />
        <Actions />
        <Inputs />
        <States />
      </div>
    </div>
  );
}
