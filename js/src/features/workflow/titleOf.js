/**
 * A workflow's file name as people say it.
 * @param {string} name
 */
export const titleOf = (name) =>
  name
    .split('/')
    .at(-1)
    ?.replace(/\.json$/, '') ?? name;
