/** How the making of thumbnails ahead stands on a server that has not been asked for any. */
export const WARMING_OFF = {
  state: 'off',
  only_when_idle: true,
  done: 0,
  total: 0,
  made: 0,
  failed: 0,
  per_second: 0,
  cache_bytes: 120_000_000,
  cache_limit_bytes: 2_048_000_000,
};
