import { hexDigit, type Sequence, type Sequences } from './layer.ts';

const named: Readonly<Record<string, number>> = {
  lt: 0x3c,
  gt: 0x3e,
  amp: 0x26,
  quot: 0x22,
  apos: 0x27,
  nbsp: 0x20,
  colon: 0x3a,
  sol: 0x2f,
  bsol: 0x5c,
  lpar: 0x28,
  rpar: 0x29,
  newline: 0x0a,
  tab: 0x09,
  semi: 0x3b,
  period: 0x2e,
  comma: 0x2c,
  num: 0x23,
  dollar: 0x24,
  percnt: 0x25,
  lbrack: 0x5b,
  rbrack: 0x5d,
  lbrace: 0x7b,
  rbrace: 0x7d,
  equals: 0x3d,
  grave: 0x60,
  vert: 0x7c,
  excl: 0x21,
};

const maxEntity = 12;

/** Finds HTML entities: `&#105;`, `&#x69;`, and the named forms of punctuation. */
export function findEntities(text: string): Sequences | undefined {
  const list: Sequence[] = [];
  let odd = 0;
  for (let at = text.indexOf('&'); at >= 0; ) {
    const entity = text.charCodeAt(at + 1) === 0x23 ? readNumeric(text, at) : readNamed(text, at);
    if (entity) {
      list.push({ at, size: entity.size, text: String.fromCharCode(entity.unit) });
      // Letters and digits need no entity.
      if (isWord(entity.unit)) odd += 1;
    }
    at = text.indexOf('&', at + (entity?.size ?? 1));
  }
  return list.length === 0 ? undefined : { list, odd };
}

interface Entity {
  readonly unit: number;
  readonly size: number;
}

function isWord(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a);
}

function readNamed(text: string, at: number): Entity | undefined {
  const stop = Math.min(text.length, at + maxEntity);
  for (let i = at + 1; i < stop; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 0x3b) {
      const name = text.slice(at + 1, i).toLowerCase();
      const value = Object.hasOwn(named, name) ? named[name] : undefined;
      return value === undefined ? undefined : { unit: value, size: i + 1 - at };
    }
    if (!isWord(unit)) return undefined;
  }
  return undefined;
}

function readNumeric(text: string, at: number): Entity | undefined {
  const isHex = (text.charCodeAt(at + 2) | 0x20) === 0x78;
  const first = at + (isHex ? 3 : 2);
  const stop = Math.min(text.length, at + maxEntity);
  let value = 0;
  let i = first;
  for (; i < stop; i += 1) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0 || (!isHex && digit > 9)) break;
    value = value * (isHex ? 16 : 10) + digit;
  }
  if (i === first || value === 0 || value > 0xffff) return undefined;
  return { unit: value, size: i - at + (text.charCodeAt(i) === 0x3b ? 1 : 0) };
}
