import { describe, expect, it } from 'vitest';
import { embeddingPieces, fitting, loraPieces, pieceAt, pieceText, wildcardPieces } from './pieces.js';

/** `¦` is the caret. @param {string} typed */
function at(typed) {
  const caret = typed.lastIndexOf('¦');
  const text = typed.replace('¦', '');
  const token = pieceAt(text, caret);
  return token && [token.kind, token.query, text.slice(token.start, token.end)];
}

describe('the piece at the caret', () => {
  it.each([
    ['$her¦', ['alias', 'her', '$her']],
    ['a, $¦', ['alias', '', '$']],
    ['a $hero$, $P:sc¦ene$, b', ['alias', 'P:sc', '$P:scene$']],
    ['(($red¦:1.2))', ['alias', 'red', '$red']],
    ['{$a¦|b}', ['alias', 'a', '$a']],
    ['<¦', ['lora', '', '<']],
    ['a, <lo¦', ['lora', '', '<lo']],
    ['<lora:ink¦', ['lora', 'ink', '<lora:ink']],
    ['<lora:in¦k_wash:0.8>, sky', ['lora', 'in', '<lora:ink_wash:0.8>']],
    ['<lora:styles/i¦', ['lora', 'styles/i', '<lora:styles/i']],
    ['(embedding:ba¦d_hands:1.1)', ['embedding', 'ba', 'embedding:bad_hands']],
    ['__¦', ['wildcard', '', '__']],
    ['a __hair/co¦lor__ b', ['wildcard', 'hair/co', '__hair/color__']],
    ['__my_ha¦', ['wildcard', 'my_ha', '__my_ha']],
  ])('%s', (typed, wanted) => expect(at(typed)).toEqual(wanted));

  it.each([
    '¦',
    'blue ey¦',
    '$hero$¦',
    '$hero$ and¦',
    '{2$¦$a|b}',
    '{2$$a¦|b}',
    'costs 5$¦',
    'a $b c¦',
    '>_<¦',
    '<o¦>_<o>',
    'a<¦',
    '<lora:ink:0.¦',
    '<lora:ink:1>¦',
    'myembedding:x¦',
    'embedding:a b¦',
    'long__hair¦',
    '__hair__¦',
    '__hair__ col¦',
    '__a, b¦',
  ])('none in %s', (typed) => expect(at(typed)).toBeNull());
});

describe('the pieces that fit', () => {
  const loras = loraPieces(['styles/ink_wash.safetensors', 'a\\washed.pt', 'detail.safetensors', 'xl/ink.gguf']);
  const names = (/** @type {string} */ query) => fitting(loras, query, 20).map(({ title }) => title);

  it('are those whose name begins so, then those that hold the words', () => {
    expect(names('ink')).toEqual(['ink_wash', 'ink']);
    expect(names('wash')).toEqual(['washed', 'ink_wash']);
    expect(names('styles')).toEqual(['ink_wash']);
    expect(names('Wash Ink')).toEqual(['ink_wash']);
    expect(names('etai')).toEqual(['detail']);
    expect(names('nothing')).toEqual([]);
    expect(names('')).toHaveLength(4);
  });

  it('are no more than wanted', () => expect(fitting(loras, '', 2)).toHaveLength(2));

  it('leave out embeddings that no prompt can say', () => {
    expect(embeddingPieces(['good.pt', 'no good.pt', 'a,b.pt']).map(({ insert }) => insert)).toEqual([
      'embedding:good',
    ]);
  });
});

it('keeps the weight that a LoRA had', () => {
  const [ink] = loraPieces(['ink.safetensors']);
  if (!ink) throw new Error('no piece');
  expect(pieceText(ink, '<lora:i')).toBe('<lora:ink:1>');
  expect(pieceText(ink, '<lora:old:0.65>')).toBe('<lora:ink:0.65>');
  expect(pieceText(ink, '<lora:old:0.65:0.2>')).toBe('<lora:ink:0.65:0.2>');
  const [sky] = wildcardPieces(['sky']);
  expect(sky && pieceText(sky, '__s')).toBe('__sky__');
});
