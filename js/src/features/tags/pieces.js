/**
 * Pieces of a prompt that are no tags: aliases, LoRAs, embeddings, wildcards. What is being typed of one at the
 * caret, which names fit, and what a choice writes. Pure text.
 */

/** @typedef {'alias' | 'lora' | 'embedding' | 'wildcard'} PieceKind */
/** @typedef {{ kind: PieceKind, start: number, end: number, query: string }} PieceToken */
/**
 * `name` is what is searched, `title` what is shown.
 * @typedef {{ name: string, title: string, insert: string, detail?: string, note?: string }} Piece
 */

/** How much of the text before the caret is looked at. */
const REACH = 200;

/**
 * How each kind begins, up to the caret (`start` is where what is replaced begins, the last group is the query),
 * and how much behind the caret belongs to it.
 * @type {{ kind: PieceKind, before: RegExp, after: RegExp }[]}
 */
const KINDS = [
  { kind: 'lora', before: /(?<![^\s,([{|])<lora:([^<>:,\n]*)$/i, after: /^[^<>:,\n]*(?::[^<>,\n]*)?>?/ },
  { kind: 'lora', before: /(?<![^\s,([{|])<(?:l|lo|lor|lora)?()$/i, after: /^(?:[a-z]*:[^<>,\n]*>)?/i },
  { kind: 'embedding', before: /(?<![^\s,([{|:])embedding:([^\s,:()[\]{}<>|$]*)$/i, after: /^[\w./-]*/ },
  {
    kind: 'wildcard',
    before: /(?<!\w)__((?:[^\s_,:()[\]{}<>|$\\]|_(?!_))*)$/,
    after: /^(?:[^\s_,:()[\]{}<>|$\\]|_(?!_))*(?:__)?/,
  },
];

/**
 * The piece being typed at the caret, or null.
 * @param {string} text
 * @param {number} caret
 * @returns {PieceToken | null}
 */
export function pieceAt(text, caret) {
  const from = Math.max(0, caret - REACH);
  const before = text.slice(from, caret);
  for (const { kind, before: begins, after } of KINDS) {
    const found = begins.exec(before);
    if (found) return token(kind, from + found.index, caret, found.at(-1) ?? '', text, after);
  }
  return aliasAt(text, from, caret);
}

/**
 * An alias stands between two dollars: an odd one is open. `{2$$a|b}` draws two: a dollar behind a digit is none.
 * @param {string} text @param {number} from @param {number} caret
 */
function aliasAt(text, from, caret) {
  const piece = /[^,\n{}|]*$/.exec(text.slice(from, caret))?.[0] ?? '';
  const query = /(?<!\d)\$([\w:-]*)$/.exec(piece)?.[1];
  if (query === undefined || piece.split('$').length % 2 === 1) return null;
  return token('alias', caret - query.length - 1, caret, query, text, /^(?:[\w:-]*\$|[\w-]*)/);
}

/**
 * @param {PieceKind} kind
 * @param {number} start
 * @param {number} caret
 * @param {string} query
 * @param {string} text
 * @param {RegExp} after
 * @returns {PieceToken}
 */
const token = (kind, start, caret, query, text, after) => ({
  kind,
  start,
  end: caret + (after.exec(text.slice(caret))?.[0].length ?? 0),
  query,
});

/** @param {string} text */
const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[\s_\-/\\:.]+/g, ' ')
    .trim();

/** @param {string} name its last part, without folders and category */
const lastPart = (name) => name.split(/[/\\:]/).at(-1) ?? name;

/**
 * How well a name fits: 0 its last part begins so, 1 the whole begins so, 2 every word begins a word, 3 every word
 * occurs; null where it does not fit.
 * @param {string} name
 * @param {string} query in plain form
 */
function rank(name, query) {
  const whole = plain(name);
  if (plain(lastPart(name)).startsWith(query)) return 0;
  if (whole.startsWith(query)) return 1;
  const words = query.split(' ');
  if (words.every((word) => ` ${whole}`.includes(` ${word}`))) return 2;
  return words.every((word) => whole.includes(word)) ? 3 : null;
}

/**
 * The pieces that fit, the best first; those that fit as well stay in the order they came in.
 * @param {readonly Piece[]} pieces
 * @param {string} query
 * @param {number} most
 */
export function fitting(pieces, query, most) {
  const wanted = plain(query);
  /** @type {[Piece[], Piece[], Piece[], Piece[]]} */
  const found = [[], [], [], []];
  for (const piece of pieces) {
    const place = rank(piece.name, wanted);
    if (place !== null) found[place]?.push(piece);
  }
  return found.flat().slice(0, most);
}

/** @param {string} file */
const withoutSuffix = (file) =>
  file.replace(/\.(safetensors|sft|ckpt|pt2?|bin|pth|pkl|gguf)$/i, '').replaceAll('\\', '/');

/** @param {string} path @param {string} insert @returns {Piece} shown by its last part, with its folder */
function ofPath(path, insert) {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return { name: path, title: lastPart(path), insert, ...(folder && { note: folder }) };
}

/** @param {readonly string[]} files @returns {Piece[]} */
export const loraPieces = (files) => files.map(withoutSuffix).map((name) => ofPath(name, `<lora:${name}:1>`));

/** Names with spaces cannot be said in a prompt. @param {readonly string[]} files @returns {Piece[]} */
export const embeddingPieces = (files) =>
  files
    .map(withoutSuffix)
    .filter((name) => !/[\s,:()[\]{}<>|$]/.test(name))
    .map((name) => ofPath(name, `embedding:${name}`));

/** @param {readonly string[]} names @returns {Piece[]} */
export const wildcardPieces = (names) => names.map((name) => ofPath(name, `__${name}__`));

/** @param {readonly { token: string, friendly: string, text: string, category: string }[]} aliases @returns {Piece[]} */
export const aliasPieces = (aliases) =>
  aliases.map(({ token: name, friendly: title, text: detail, category: note }) => ({
    name,
    title,
    insert: `$${name}$`,
    detail,
    ...(note && { note }),
  }));

/**
 * What a choice writes: a LoRA keeps the weight that was given already.
 * @param {Piece} piece
 * @param {string} replaced
 */
export function pieceText({ insert }, replaced) {
  const weight = /^<lora:[^:<>]*(:[^<>,\n]+)>?$/i.exec(replaced)?.[1];
  return weight ? insert.replace(/:1>$/, `${weight}>`) : insert;
}
