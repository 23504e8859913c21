/** The categories that a new library starts with; everything in them can be changed as user data. As `topics.py`. */

const PROMPTS = [
  'action', 'adventure', 'cinematic', 'fantasy', 'historical', 'horror', 'mystery', 'nsfw', 'romance', 'scifi', 'slice',
]; // prettier-ignore

/** @type {Record<string, string[]>} */
export const TOPICS = {
  Subject: ['character', 'media_char', 'body', 'expression', 'outfit', 'accessory'],
  Pose: ['dynamic', 'interaction', 'media_pose', 'posture', 'nsfw'],
  Scene: ['indoor', 'outdoor', 'urban', 'everyday', 'media', 'art', 'history', 'speculative', 'weather'],
  Styles: ['artistic', 'film', 'game', 'photo', 'vintage'],
  Camera: ['angles', 'distance', 'lens', 'technique', 'device', 'lighting', 'render', 'filter'],
  Prompts: ['prompts', ...PROMPTS.map((name) => `prompts_${name}`)],
};

/** Names that count as a category in `category::name`, in lower case. */
export const KNOWN = new Set([
  ...Object.keys(TOPICS).map((topic) => topic.toLowerCase()),
  ...Object.values(TOPICS).flat(),
]);
