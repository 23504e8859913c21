/**
 * What anyone calls to say something in passing: `toasts.add({ title })`. The list that shows it comes late; what is
 * said before it is there waits for it.
 */
import { create } from 'zustand';

/** @typedef {Parameters<ReturnType<typeof import('@base-ui/react/toast').Toast.createToastManager>['add']>[0]} ToastWords */
/** @typedef {{ wanted: boolean, waiting: ToastWords[] }} Said */

export const useToasts = create(
  /** @type {import('zustand').StateCreator<Said>} */ (() => ({ wanted: false, waiting: [] })),
);

export const toasts = {
  /** @param {ToastWords} words */
  add(words) {
    useToasts.setState(({ waiting }) => ({ wanted: true, waiting: [...waiting, words] }));
  },
};

/** The list is there before the first words: a screen reader tells only of what changes in it. */
export const prepareToasts = () => useToasts.setState({ wanted: true });

/** What waits to be shown; each is given out once. */
export function takeToasts() {
  const { waiting } = useToasts.getState();
  if (waiting.length > 0) useToasts.setState({ waiting: [] });
  return waiting;
}
