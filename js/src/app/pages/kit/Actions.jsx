import { Dices, EllipsisVertical, Pin, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/primitives/Button.jsx';
import { Chip } from '../../../ui/primitives/Chip.jsx';
import { Dialog } from '../../../ui/primitives/Dialog.jsx';
import { IconButton } from '../../../ui/primitives/IconButton.jsx';
import { Menu } from '../../../ui/primitives/Menu.jsx';
import { Sheet } from '../../../ui/primitives/Sheet.jsx';
import { toasts } from '../../../ui/primitives/toasts.js';

const VARIANTS = /** @type {const} */ (['primary', 'plain', 'quiet', 'danger']);
const nothing = () => undefined;

/** Button in every variant: as it is, with a picture, and while it cannot be pressed. */
function Buttons() {
  return (
    <section className="section">
      <h2>Button</h2>
      {VARIANTS.map((variant) => (
        <div key={variant} className="kit-row">
          <Button variant={variant}>{variant}</Button>
          <Button variant={variant}>
            <Play size={18} aria-hidden="true" />
            With a picture
          </Button>
          <Button variant={variant} disabled>
            Disabled
          </Button>
        </div>
      ))}
      <Button variant="primary" wide>
        As wide as its place
      </Button>
    </section>
  );
}

function IconButtons() {
  return (
    <section className="section">
      <h2>IconButton, Menu, Chip</h2>
      <div className="kit-row">
        <IconButton label="Dice">
          <Dices size={20} />
        </IconButton>
        <IconButton label="Pinned" aria-pressed={true}>
          <Pin size={20} fill="currentColor" />
        </IconButton>
        <IconButton label="Not now" disabled>
          <Trash2 size={20} />
        </IconButton>
        <Menu
          label="Menu"
          icon={<EllipsisVertical size={20} />}
          entries={[
            { label: 'An action', icon: <Pin size={18} />, onChoose: nothing },
            { label: 'A choice that is made', checked: true, onChoose: nothing },
            { label: 'A choice that is not', checked: false, onChoose: nothing },
            { label: 'Delete', icon: <Trash2 size={18} />, danger: true, onChoose: nothing },
          ]}
        />
      </div>
      <div className="kit-row">
        <Chip pressed>Pressed</Chip>
        <Chip pressed={false}>Not pressed</Chip>
        <Chip pressed={false}>{'A name without an end '.repeat(6)}</Chip>
        <Chip disabled>Disabled</Chip>
      </div>
    </section>
  );
}

function Layers() {
  const [open, setOpen] = useState(/** @type {'sheet' | 'dialog' | null} */ (null));
  return (
    <section className="section">
      <h2>Sheet, Dialog, Toast</h2>
      <div className="kit-row">
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => toasts.add({ title: 'It is saved', timeout: 0 })}>Toast</Button>
        <Button
          onClick={() =>
            toasts.add({
              title: '3 pictures are in the trash',
              timeout: 0,
              actionProps: { children: 'Undo', onClick: nothing },
            })
          }
        >
          Toast with a way back
        </Button>
        <Button
          onClick={() =>
            toasts.add({ title: 'That did not work', description: 'The disk is full.', type: 'error', timeout: 0 })
          }
        >
          Toast of a mistake
        </Button>
      </div>
      <Sheet open={open === 'sheet'} onClose={() => setOpen(null)} title="Sheet">
        <p>Rises from the bottom on phones, stands in the middle where there is room.</p>
        <Button variant="primary">An action</Button>
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

/** What is pressed, and what it opens. */
export function Actions() {
  return (
    <>
      <Buttons />
      <IconButtons />
      <Layers />
    </>
  );
}
