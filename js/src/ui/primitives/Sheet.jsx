import { useState } from 'react';
import { late } from './late.jsx';
import { LateFrame } from './LateFrame.jsx';
import { useBackCloses } from './useBackCloses.js';

/** @typedef {{ open: boolean, onClose: () => void, title: string, children: React.ReactNode }} SheetProps */

const SheetPopup = late(
  () => import('./SheetPopup.jsx').then((m) => m.SheetPopup),
  /** @param {SheetProps & import('./late.jsx').Fetching} props */ ({ open, children: _, ...props }) =>
    open && <LateFrame {...props} />,
);

/** Rises from the bottom on phones, stands in the middle on larger screens. @param {SheetProps} props */
export function Sheet(props) {
  const { open, onClose } = props;
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  useBackCloses(open, onClose);
  return opened ? <SheetPopup {...props} /> : null;
}
