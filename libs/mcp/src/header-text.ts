const prefix = '=?base64?';
const suffix = '?=';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const plainPattern = /^[\x20-\x7e]+$/;
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Writes text as an HTTP field value: plain where it is safe ASCII, else `=?base64?…?=` over UTF-8. */
export function encodeHeaderText(text: string): string {
  return isPlain(text) ? text : `${prefix}${toBase64(utf8Bytes(text))}${suffix}`;
}

/** Reads a field value written by `encodeHeaderText`; `undefined` when its characters or coding are bad. */
export function decodeHeaderText(raw: string): string | undefined {
  if (!raw.startsWith(prefix) || !raw.endsWith(suffix)) return plainPattern.test(raw) ? raw : undefined;
  const body = raw.slice(prefix.length, raw.length - suffix.length);
  if (!base64Pattern.test(body)) return undefined;
  try {
    return decodeURIComponent(percentBytes(body));
  } catch {
    return undefined;
  }
}

function isPlain(text: string): boolean {
  if (!plainPattern.test(text) || text.startsWith(' ') || text.endsWith(' ')) return false;
  return !(text.startsWith(prefix) && text.endsWith(suffix));
}

/** UTF-8 through the language's own URI coding: pure code has no TextEncoder. */
function utf8Bytes(text: string): number[] {
  const bytes: number[] = [];
  const coded = encodeURIComponent(text.toWellFormed());
  for (let i = 0; i < coded.length; i += 1) {
    const isEscape = coded[i] === '%';
    bytes.push(isEscape ? Number.parseInt(coded.slice(i + 1, i + 3), 16) : coded.charCodeAt(i));
    if (isEscape) i += 2;
  }
  return bytes;
}

function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [bits >> 18, (bits >> 12) & 63, (bits >> 6) & 63, bits & 63];
    const used = Math.min(3, bytes.length - i) + 1;
    text += digits.map((digit, place) => (place < used ? alphabet[digit] : '=')).join('');
  }
  return text;
}

function percentBytes(base64: string): string {
  let escaped = '';
  for (let i = 0; i < base64.length; i += 4) {
    const quad = base64.slice(i, i + 4);
    const padding = quad.endsWith('==') ? 2 : quad.endsWith('=') ? 1 : 0;
    let bits = 0;
    for (const digit of quad) bits = (bits << 6) | Math.max(0, alphabet.indexOf(digit));
    const bytes = [bits >> 16, (bits >> 8) & 255, bits & 255].slice(0, 3 - padding);
    for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  }
  return escaped;
}
