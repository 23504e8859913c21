/**
 * The route to return to after signing in: only ever a page of the app.
 * @param {string | null} wanted
 */
export function wayBack(wanted) {
  return wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login') ? wanted : '/';
}

/** Where the app lies below the graph editor; relative, so that it holds under a proxy's sub-path. */
const EDITOR = '../';

/**
 * The page outside the app that a person was on the way to: the graph editor, and nothing else.
 * @param {string | null} wanted what the server wrote behind `next=`
 */
export const wayOut = (wanted) => (wanted === '/' ? EDITOR : null);
