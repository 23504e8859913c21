import { useState } from 'react';
import { late } from './late.jsx';
import { LateFrame } from './LateFrame.jsx';
import { useBackCloses } from './useBackCloses.js';

/** @typedef {{ open: boolean, title: string, text: string, yes: string, onYes: () => void, onClose: () => void }} DialogProps */

const DialogPopup = late(
  () => import('./DialogPopup.jsx').then((m) => m.DialogPopup),
  /** @param {DialogProps & import('./late.jsx').Fetching} props */ ({ open, title, onClose, failed, onRetry }) =>
    open && <LateFrame title={title} onClose={onClose} failed={failed} onRetry={onRetry} />,
);

/** A question before something that cannot be taken back. @param {DialogProps} props */
export function Dialog(props) {
  const { open, onClose } = props;
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  useBackCloses(open, onClose);
  return opened ? <DialogPopup {...props} /> : null;
}
