import { useState } from 'react';
import { late } from './late.jsx';
import { useBackCloses } from './useBackCloses.js';

const SheetPopup = late(() => import('./SheetPopup.jsx').then((m) => m.SheetPopup));

/** @typedef {{ open: boolean, onClose: () => void, title: string, children: React.ReactNode }} SheetProps */

/** Rises from the bottom on phones, stands in the middle on larger screens. @param {SheetProps} props */
export function Sheet(props) {
  const { open, onClose } = props;
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  useBackCloses(open, onClose);
  return opened ? <SheetPopup {...props} /> : null;
}
