/** A piece of a key: text as it is, or the visible sign of what can't be seen, with its name. */
export type Piece = { text: string } | { sign: string; name: string };

/** Directions, joiners, spaces that look like others or like nothing: what makes a key look like another one. */
const NAMES: Record<number, string> = {
  0x00a0: 'no-break space',
  0x00ad: 'soft hyphen',
  0x061c: 'Arabic letter mark',
  0x200b: 'zero width space',
  0x200c: 'zero width non-joiner',
  0x200d: 'zero width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x2028: 'line separator',
  0x2029: 'paragraph separator',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'pop directional formatting',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first strong isolate',
  0x2069: 'pop directional isolate',
  0x3000: 'ideographic space',
  0xfeff: 'byte order mark',
};

const JOINER = 0x200d;
const isPictograph = (char: string | undefined) => char !== undefined && /[\p{Extended_Pictographic}\u{FE0F}\p{EMod}]/u.test(char);

/**
 * A key in pieces: control and invisible characters named, spaces shown where they could be overlooked.
 *
 * @param spaces whether spaces at the ends of the key and of its segments, and double ones, are shown
 */
export function pieces(key: string, spaces = true): Piece[] {
  const chars = [...key];
  const found: Piece[] = [];
  let text = '';
  chars.forEach((char, index) => {
    const sign = char === ' ' && !spaces ? undefined : signOf(char, chars[index - 1], chars[index + 1]);
    if (sign === undefined) {
      text += char;
      return;
    }
    if (text) found.push({ text });
    text = '';
    found.push(sign);
  });
  if (text) found.push({ text });
  return found;
}

function signOf(char: string, before: string | undefined, after: string | undefined): Piece | undefined {
  const code = char.codePointAt(0) ?? 0;
  if (code === 0x20) {
    const alone = isEdge(before) || isEdge(after) || before === ' ' || after === ' ';
    return alone ? { sign: '␣', name: 'space' } : undefined;
  }
  if (code < 0x20) return { sign: String.fromCodePoint(0x2400 + code), name: `control character U+${hex(code)}` };
  if (code === 0x7f) return { sign: '␡', name: 'control character U+007F' };
  if (code >= 0x80 && code < 0xa0) return { sign: `U+${hex(code)}`, name: `control character U+${hex(code)}` };
  if (code >= 0xd800 && code < 0xe000) return { sign: `U+${hex(code)}`, name: 'half of a character' };
  // Within an emoji a joiner joins; anywhere else it hides.
  if (code === JOINER && isPictograph(before) && isPictograph(after)) return undefined;
  const name = NAMES[code];
  return name === undefined ? undefined : { sign: `U+${hex(code)}`, name };
}

/** Where a space could be overlooked: the ends of the key and of its segments. */
const isEdge = (char: string | undefined) => char === undefined || char === '/';

const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, '0');

/** Head and tail of a text too long to be read whole; by characters, so that none is cut in half. */
export function shortened(text: string, head: number, tail: number): { head: string; cut: number; tail: string } | undefined {
  const chars = [...text];
  if (chars.length <= head + tail + 20) return undefined;
  return {
    head: chars.slice(0, head).join(''),
    cut: chars.length - head - tail,
    tail: chars.slice(-tail).join(''),
  };
}

/** A key in one line of plain text, for titles and labels: its pieces, signs included. */
export const plain = (key: string) =>
  pieces(key)
    .map((piece) => ('text' in piece ? piece.text : piece.sign))
    .join('');
