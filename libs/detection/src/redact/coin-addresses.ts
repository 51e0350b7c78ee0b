import type { Candidate, ContextMarks } from './found.ts';
import { alphabets, isWordAt, runEnd, unitSet } from './units.ts';

const bech32 = unitSet('qpzry9x8gf2tvdw0s3jn54khce6mua7l');
const base58 = unitSet('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');

/** An address of Bitcoin (segwit, or base58 near its name) or of Ethereum that begins at `start`. */
export function coinAddressAt(text: string, start: number, marks: ContextMarks): Candidate | undefined {
  if (text.startsWith('bc1', start) || text.startsWith('tb1', start)) {
    const end = runEnd(text, start + 3, bech32, 87);
    const length = end - start;
    const isLong = length === 42 || length === 62;
    return isLong && !isWordAt(text, end) ? found(start, end, 'BTC_ADDRESS') : undefined;
  }
  if (text.startsWith('0x', start)) {
    const end = runEnd(text, start + 2, alphabets.H, 41);
    const isEth = end - start === 42 && !isWordAt(text, end) && !/^0x0{30}/.test(text.slice(start, end));
    return isEth ? found(start, end, 'ETH_ADDRESS') : undefined;
  }
  const end = runEnd(text, start, base58, 36);
  const length = end - start;
  if (length < 26 || length > 35 || isWordAt(text, end) || !marks.isNear('coin', start, 60)) return undefined;
  const held = text.slice(start, end);
  const isMixed = /[a-z]/.test(held) && /[A-Z]/.test(held) && /\d.*\d.*\d/.test(held);
  return isMixed ? found(start, end, 'BTC_ADDRESS') : undefined;
}

function found(start: number, end: number, type: 'BTC_ADDRESS' | 'ETH_ADDRESS'): Candidate {
  return { start, end, type, detail: null, confidence: 0.9, proof: 6 };
}
