/**
 * Server-sent events out of text that arrives in pieces.
 * @typedef {{ name: string, data: any }} LiveEvent
 */

/** Lines of one event, up to an empty line; the pieces may cut anywhere. */
export function makeParser() {
  let rest = '';
  let lastId = '';
  /** @param {string} block @returns {LiveEvent | null} null for comments */
  const eventOf = (block) => {
    let name = 'message';
    const data = [];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') name = value;
      if (field === 'id') lastId = value;
      if (field === 'data') data.push(value);
    }
    return data.length > 0 ? { name, data: JSON.parse(data.join('\n')) } : null;
  };
  return {
    get lastId() {
      return lastId;
    },
    /** @param {string} piece @returns {LiveEvent[]} */
    push(piece) {
      const blocks = (rest + piece.replaceAll('\r', '')).split('\n\n');
      rest = blocks.pop() ?? '';
      return blocks.map(eventOf).filter((event) => event !== null);
    },
  };
}
