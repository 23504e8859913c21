import { Popover } from '@base-ui/react/popover';
import { Grid3x3, Rows2, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { Slider } from '../../ui/primitives/Slider.jsx';
import { useBackCloses } from '../../ui/primitives/useBackCloses.js';
import { SIZES } from './layout.js';

/** How the gallery is shown: as a grid of some size, or one after the other. */
export function ViewMenu() {
  const { t } = useT();
  const [open, setOpen] = useState(false);
  useBackCloses(open, () => setOpen(false));
  const view = usePreferences((p) => p.view);
  const tileSize = usePreferences((p) => p.tileSize);
  const set = usePreferences((p) => p.set);
  const ways = /** @type {const} */ ([
    { value: 'grid', icon: Grid3x3 },
    { value: 'feed', icon: Rows2 },
  ]);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="icon-button view-menu" aria-label={t('gallery.view')} title={t('gallery.view')}>
        <SlidersHorizontal size={20} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-place" sideOffset={4} align="end">
          <Popover.Popup className="menu view-popup" aria-label={t('gallery.view')}>
            <div className="view-ways" role="group" aria-label={t('gallery.view')}>
              {ways.map(({ value, icon: Icon }) => (
                <button
                  key={value}
                  type="button"
                  className="view-way"
                  aria-pressed={view === value}
                  onClick={() => set({ view: value })}
                >
                  <Icon size={18} aria-hidden="true" />
                  {t(`gallery.view.${value}`)}
                </button>
              ))}
            </div>
            {view === 'grid' && (
              <div className="view-size">
                <span aria-hidden="true">{t('gallery.size')}</span>
                <Slider
                  label={t('gallery.size')}
                  value={tileSize}
                  min={SIZES.least}
                  max={SIZES.most}
                  step={SIZES.step}
                  onChange={(size) => set({ tileSize: size })}
                />
              </div>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
