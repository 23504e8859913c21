import { Dices, EllipsisVertical, Images, Pin, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useT } from '../../i18n/useT.js';
import { usePreferences } from '../../services/preferences.js';
import { EmptyState } from '../../ui/composites/EmptyState.jsx';
import { ErrorState } from '../../ui/composites/ErrorState.jsx';
import { Button } from '../../ui/primitives/Button.jsx';
import { Chip } from '../../ui/primitives/Chip.jsx';
import { Dialog } from '../../ui/primitives/Dialog.jsx';
import { Field } from '../../ui/primitives/Field.jsx';
import { IconButton } from '../../ui/primitives/IconButton.jsx';
import { Menu } from '../../ui/primitives/Menu.jsx';
import { Progress } from '../../ui/primitives/Progress.jsx';
import { Select } from '../../ui/primitives/Select.jsx';
import { Sheet } from '../../ui/primitives/Sheet.jsx';
import { Skeleton } from '../../ui/primitives/Skeleton.jsx';
import { Slider } from '../../ui/primitives/Slider.jsx';
import { Stepper } from '../../ui/primitives/Stepper.jsx';
import { Switch } from '../../ui/primitives/Switch.jsx';
import { Tabs } from '../../ui/primitives/Tabs.jsx';
import { toasts } from '../../ui/primitives/toasts.js';

const nothing = () => undefined;

function Actions() {
  const [open, setOpen] = useState(/** @type {'sheet' | 'dialog' | null} */ (null));
  return (
    <section className="section">
      <h2>Button, IconButton, Menu, Sheet, Dialog, Toast</h2>
      <div className="kit-row">
        <Button variant="primary" onClick={() => setOpen('sheet')}>
          Sheet
        </Button>
        <Button onClick={() => toasts.add({ title: 'Moved to the trash' })}>Toast</Button>
        <Button variant="quiet">Quiet</Button>
        <Button variant="danger" onClick={() => setOpen('dialog')}>
          Dialog
        </Button>
        <Button disabled>Disabled</Button>
      </div>
      <div className="kit-row">
        <IconButton label="Dice">
          <Dices size={20} />
        </IconButton>
        <IconButton label="Pinned" aria-pressed={true}>
          <Pin size={20} />
        </IconButton>
        <Menu
          label="Menu"
          icon={<EllipsisVertical size={20} />}
          entries={[
            { label: 'An action', icon: <Pin size={18} />, onChoose: nothing },
            { label: 'A choice', checked: true, onChoose: nothing },
            { label: 'Delete', icon: <Trash2 size={18} />, danger: true, onChoose: nothing },
          ]}
        />
      </div>
      <Sheet open={open === 'sheet'} onClose={() => setOpen(null)} title="Sheet">
        <p>Rises from the bottom on phones.</p>
      </Sheet>
      <Dialog
        open={open === 'dialog'}
        title="Delete it?"
        text="It cannot be brought back."
        yes="Delete"
        onYes={nothing}
        onClose={() => setOpen(null)}
      />
    </section>
  );
}

function Inputs() {
  const [on, setOn] = useState(true);
  const [value, setValue] = useState(20);
  return (
    <section className="section">
      <h2>Field, Select, Switch, Slider, Stepper, Chip</h2>
      <Field label="Text" hint="A hint below it">
        {(id) => <input id={id} className="input" defaultValue="a lighthouse" />}
      </Field>
      <Field label="Wrong" error="Too wide for this model.">
        {(id) => <input id={id} className="input" defaultValue="9999" />}
      </Field>
      <Field label="Select">
        {(id) => (
          <Select id={id}>
            <option>euler</option>
            <option>dpmpp_2m</option>
          </Select>
        )}
      </Field>
      <Switch label="Switch" checked={on} onChange={setOn} />
      <Slider label="Steps" value={value} min={1} max={50} step={1} onChange={setValue} />
      <Stepper less="Less" more="More" onStep={(direction) => setValue(value + direction)}>
        <input
          className="input"
          aria-label="Number"
          value={value}
          onChange={(event) => setValue(Number(event.target.value))}
        />
      </Stepper>
      <div className="kit-row">
        <Chip pressed>Images</Chip>
        <Chip pressed={false}>Videos</Chip>
      </div>
    </section>
  );
}

function States() {
  const [tab, setTab] = useState(/** @type {'one' | 'two'} */ ('one'));
  return (
    <section className="section">
      <h2>Tabs, Progress, Skeleton, EmptyState, ErrorState</h2>
      <Tabs
        label="Tabs"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'one', label: 'Folder', panel: <p>The first.</p> },
          { value: 'two', label: 'Gallery', panel: <p>The second.</p> },
        ]}
      />
      <Progress label="Progress" value={42} />
      <Skeleton style={{ height: 44 }} />
      <EmptyState icon={<Images size={32} />} title="Nothing here" text="What is so, and the next step." />
      <ErrorState message="The server took too long to answer." onRetry={nothing} />
    </section>
  );
}

/** Every part of the kit on one page, while developing: `#/_kit`. */
export function KitPage() {
  const { t } = useT();
  const { theme, density, set } = usePreferences();
  return (
    <div className="page scrolls">
      <div className="column">
        <h1>Kit</h1>
        <div className="kit-row">
          {
            /** @type {const} */ (['dark', 'light']).map((each) => (
              <Chip key={each} pressed={theme === each} onClick={() => set({ theme: each })}>
                {t(`settings.theme.${each}`)}
              </Chip>
            ))
          }
          {
            /** @type {const} */ (['comfortable', 'compact']).map((each) => (
              <Chip key={each} pressed={density === each} onClick={() => set({ density: each })}>
                {t(`settings.density.${each}`)}
              </Chip>
            ))
          }
        </div>
        <Actions />
        <Inputs />
        <States />
      </div>
    </div>
  );
}
