import { Toast } from '@base-ui/react/toast';

/** What anyone calls to say something in passing: `toasts.add({ title })`. */
export const toasts = Toast.createToastManager();
