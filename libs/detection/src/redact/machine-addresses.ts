import { codeAt } from '../automaton.ts';
import type { DigitChain } from './digit-chain.ts';
import type { Candidate, ContextMarks } from './found.ts';
import { alphabets, isDigitAt, isWordAt, kindAt, runEnd, runStart, unitSet } from './units.ts';

/** Addresses that stand for no machine in particular: loopback, masks, resolvers, the gateway of every home. */
const commonAddresses: ReadonlySet<string> = new Set([
  ...[
    '0.0.0.0',
    '127.0.0.1',
    '127.0.1.1',
    '127.0.0.53',
    '8.8.8.8',
    '8.8.4.4',
    '1.1.1.1',
    '1.0.0.1',
    '9.9.9.9',
  ],
  ...['192.168.0.1', '192.168.1.1', '10.0.0.1', '172.17.0.1', '169.254.169.254', '1.2.3.4', '192.168.0.0'],
  ...['192.168.1.0', '10.0.0.0', '172.16.0.0', '192.0.2.0', '198.51.100.0', '203.0.113.0'],
]);

/** An IPv4 address that begins the chain. */
export function ipv4At(text: string, { groups }: DigitChain, marks: ContextMarks): Candidate | undefined {
  const [a, b, c, d, next] = groups;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  if (b.separator !== '.' || c.separator !== '.' || d.separator !== '.' || next?.separator === '.')
    return undefined;
  const octets = [a, b, c, d].map(({ start, end }) => text.slice(start, end));
  if (octets.some((octet) => !isOctet(octet))) return undefined;
  const { start } = a;
  const { end } = d;
  const address = text.slice(start, end);
  if (isWordAt(text, end) || commonAddresses.has(address) || address.startsWith('255.')) return undefined;
  if (isVersionBefore(text, start) || isNetwork(text, end, octets[3] ?? '')) return undefined;
  const isNamed = marks.isNear('ip', start, 16);
  if (!isNamed && marks.isNear('version', start, 32)) return undefined;
  if (!isNamed && marks.isAfter('version', end, 10)) return undefined;
  return { start, end, type: 'IP_ADDRESS', detail: null, confidence: 0.9, proof: 4 };
}

function isOctet(octet: string): boolean {
  return octet.length <= 3 && Number(octet) <= 255 && (octet.length === 1 || !octet.startsWith('0'));
}

/** `v1.2.3.4`, `Chrome/1.2.3.4`, `lib-1.2.3.4`, `==1.2.3.4`. */
function isVersionBefore(text: string, start: number): boolean {
  const unit = codeAt(text, start - 1);
  if (unit === 0x2e || unit === 0x2d || unit === 0x5f || isWordAt(text, start - 1)) return true;
  if (unit === 0x2f) return isWordAt(text, start - 2);
  return unit === 0x3d && codeAt(text, start - 2) === 0x3d;
}

/** `10.20.0.0/16` names a network, not a machine. */
function isNetwork(text: string, end: number, last: string): boolean {
  return codeAt(text, end) === 0x2f && isDigitAt(text, end + 1) && last === '0';
}

const ipv6Units = unitSet('0123456789abcdefABCDEF:.');

/** An IPv6 address around the colon at `at`. */
export function ipv6At(text: string, at: number): Candidate | undefined {
  const start = runStart(text, at, ipv6Units, 40);
  const end = runEnd(text, at, ipv6Units, 44);
  const held = text.slice(start, end).replace(/[.:]+$/, '');
  if (isWordAt(text, start - 1) || isWordAt(text, start + held.length) || held.length < 8) return undefined;
  const sides = held.split('::');
  if (sides.length > 2) return undefined;
  const groups = held.split(':').filter((group) => group !== '');
  if (groups.some((group) => group.length > 4 || group.includes('.'))) return undefined;
  const isWhole = sides.length === 1 ? groups.length === 8 : groups.length >= 3 && groups.length <= 7;
  // Times, MAC addresses and fingerprints have pairs only.
  if (!isWhole || groups.every((group) => group.length === 2) || !/\d/.test(held)) return undefined;
  return { start, end: start + held.length, type: 'IP_ADDRESS', detail: 'ipv6', confidence: 0.9, proof: 6 };
}

/** A MAC address that begins at `start` with two hex digits. */
export function macAt(text: string, start: number): Candidate | undefined {
  const separator = codeAt(text, start + 2);
  if (separator !== 0x3a && separator !== 0x2d) return undefined;
  if (isWordAt(text, start - 1) || codeAt(text, start - 1) === separator) return undefined;
  for (let pair = 0; pair < 6; pair += 1) {
    const at = start + pair * 3;
    if (runEnd(text, at, alphabets.H, 2) !== at + 2) return undefined;
    if (pair < 5 && codeAt(text, at + 2) !== separator) return undefined;
  }
  const end = start + 17;
  // A longer row of pairs is a fingerprint or a dump.
  if (isWordAt(text, end) || (codeAt(text, end) === separator && kindAt(text, end + 1) !== 0))
    return undefined;
  const pairs = text.slice(start, end).toLowerCase().split(/[:-]/);
  if (new Set(pairs).size === 1 || !isMacText(pairs.join(''))) return undefined;
  return { start, end, type: 'MAC_ADDRESS', detail: null, confidence: 0.9, proof: 5 };
}

/** Six pairs of digits with dashes can be a time; documentation writes 00:11:22:33:44:55. */
function isMacText(hex: string): boolean {
  return hex !== '001122334455' && hex !== '123456789abc' && hex !== 'aabbccddeeff';
}

/** `aabb.ccdd.eeff`. */
export function dottedMacAt(text: string, start: number): Candidate | undefined {
  const end = start + 14;
  if (codeAt(text, start + 4) !== 0x2e || codeAt(text, start + 9) !== 0x2e) return undefined;
  if (isWordAt(text, start - 1) || isWordAt(text, end)) return undefined;
  const hex = text.slice(start, end).replaceAll('.', '');
  if (
    hex.length !== 12 ||
    runEnd(hex, 0, alphabets.H, 12) !== 12 ||
    !/[a-fA-F]/.test(hex) ||
    !/\d/.test(hex)
  ) {
    return undefined;
  }
  return { start, end, type: 'MAC_ADDRESS', detail: null, confidence: 0.85, proof: 5 };
}
