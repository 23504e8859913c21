/**
 * The route to return to after signing in: only ever a page of the app.
 * @param {string | null} wanted
 */
export function wayBack(wanted) {
  return wanted && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/login') ? wanted : '/';
}
