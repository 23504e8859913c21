import { useState } from 'react';
import { late } from './late.jsx';
import { useBackCloses } from './useBackCloses.js';

const DialogPopup = late(() => import('./DialogPopup.jsx').then((m) => m.DialogPopup));

/** @typedef {{ open: boolean, title: string, text: string, yes: string, onYes: () => void, onClose: () => void }} DialogProps */

/** A question before something that cannot be taken back. @param {DialogProps} props */
export function Dialog(props) {
  const { open, onClose } = props;
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  useBackCloses(open, onClose);
  return opened ? <DialogPopup {...props} /> : null;
}
