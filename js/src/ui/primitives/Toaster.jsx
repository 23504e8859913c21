import { late } from './late.jsx';
import { useToasts } from './toasts.js';

const ToastList = late(
  () => import('./ToastList.jsx').then((m) => m.ToastList),
  () => null,
);

/** Where passing words appear; its code comes with the first of them, or when nothing else is going on. */
export function Toaster() {
  const wanted = useToasts((s) => s.wanted);
  return wanted ? <ToastList /> : null;
}
