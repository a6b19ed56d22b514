import { describe, expect, it } from 'vitest';
import { pieces, plain, shortened } from './keys';

describe('a key', () => {
  it('is shown as it is where everything in it can be seen', () => {
    const key = 'images/2026/Größe <b>"x"</b> 日本 👩‍🚀.png';
    expect(pieces(key)).toEqual([{ text: key }]);
  });

  it.each([
    ['a ', 'a␣'],
    [' a', '␣a'],
    ['a /b', 'a␣/b'],
    ['a  b', 'a␣␣b'],
    ['a b', 'a b'],
    ['a\tb\nc\0', 'a␉b␊c␀'],
    ['a\u007f', 'a␡'],
    ['invoice\u202Efdp.exe', 'invoiceU+202Efdp.exe'],
    ['zero\u200Bwidth', 'zeroU+200Bwidth'],
    ['a\u200Db', 'aU+200Db'],
    ['\uFEFFa', 'U+FEFFa'],
    ['a\u00A0b', 'aU+00A0b'],
    ['half\uD83D', 'halfU+D83D'],
    ['\u0085', 'U+0085'],
  ])('%j shows what hides in it', (key, shown) => {
    expect(plain(key)).toBe(shown);
  });

  it('names what it shows', () => {
    expect(pieces('a\u202Eb')).toEqual([{ text: 'a' }, { sign: 'U+202E', name: 'right-to-left override' }, { text: 'b' }]);
  });

  it('loses no character', () => {
    for (let code = 0; code < 0x3100; code++) {
      const char = String.fromCodePoint(code);
      const shown = pieces(`x${char}y`);
      expect(shown.some((piece) => ('text' in piece ? piece.text.includes(char) : true))).toBe(true);
    }
  });
});

describe('a long text', () => {
  it('keeps head and tail, by characters', () => {
    expect(shortened('👩'.repeat(100), 3, 2)).toEqual({ head: '👩👩👩', cut: 95, tail: '👩👩' });
  });

  it('stays whole where little would be gained', () => {
    expect(shortened('x'.repeat(25), 3, 2)).toBeUndefined();
  });
});
