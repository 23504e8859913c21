import { Images, LibraryBig, PenLine, Sparkles } from 'lucide-react';

/** The pages of the bar and the rail, in their order. */
export const places = /** @type {const} */ ([
  { route: '/controls', text: 'nav.create', icon: Sparkles },
  { route: '/compose', text: 'nav.compose', icon: PenLine },
  { route: '/gallery', text: 'nav.gallery', icon: Images },
  { route: '/library', text: 'nav.library', icon: LibraryBig },
]);
