/** What an address points at, seen from a server inside. */
export type HostKind =
  | 'loopback'
  | 'metadata'
  | 'link_local'
  | 'private'
  | 'unspecified'
  | 'reserved'
  | 'public';

export interface HostFacts {
  readonly kind: HostKind;
  /** Written so that a filter for the usual form misses it: decimal, octal, hex, short, mapped. */
  readonly isOdd: boolean;
  /** A number, not a name. */
  readonly isAddress: boolean;
}

const metadataNames: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'metadata',
  'instance-data',
  'instance-data.ec2.internal',
  'metadata.azure.com',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'rancher-metadata',
  'metadata.packet.net',
]);

const localNames: ReadonlySet<string> = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
  'loopback',
  'broadcasthost',
  'kubernetes.default',
  'kubernetes.default.svc',
  'host.docker.internal',
  'gateway.docker.internal',
]);

/** Names that resolve to whatever address is written in them, or to loopback. */
const rebinders: readonly string[] = [
  'nip.io',
  'sslip.io',
  'xip.io',
  'xip.name',
  'localtest.me',
  'lvh.me',
  'vcap.me',
  'lacolhost.com',
  'rbndr.us',
  'traefik.me',
  'localho.st',
  'localhost.me',
  'spoofed.burpcollaborator.net',
  'yoogle.com',
  '1u.ms',
  '42.pl',
  'make-me-rebind.me',
];

const rebinding: HostFacts = { kind: 'loopback', isOdd: true, isAddress: false };

/** What a host of an address is; names are judged by name alone, nothing is resolved. */
export function hostFacts(raw: string): HostFacts {
  const host = raw.toLowerCase().normalize('NFKC').replaceAll('。', '.').replace(/\.$/, '');
  const isFolded = host !== raw.toLowerCase().replace(/\.$/, '');
  const address = host.startsWith('[') ? ipv6Facts(host) : ipv4Facts(host);
  if (address) return isFolded ? { ...address, isOdd: true } : address;
  if (metadataNames.has(host)) return { kind: 'metadata', isOdd: isFolded, isAddress: false };
  if (localNames.has(host) || host.endsWith('.localhost'))
    return { kind: 'loopback', isOdd: isFolded, isAddress: false };
  if (rebinders.some((name) => host === name || host.endsWith(`.${name}`))) return rebinding;
  const isInner = /\.(?:internal|local|lan|intranet|corp|home\.arpa|svc|cluster\.local)$/.test(host);
  return { kind: isInner ? 'private' : 'public', isOdd: isFolded, isAddress: false };
}

/** IPv4 as old resolvers read it: one to four parts, each decimal, octal or hex. */
export function readIpv4(host: string): { readonly value: number; readonly isOdd: boolean } | undefined {
  if (host.length > 64) return undefined;
  const parts = host.split('.');
  if (parts.length > 4) return undefined;
  let value = 0;
  let isOdd = parts.length !== 4;
  for (const [i, part] of parts.entries()) {
    const number = readNumber(part);
    if (number === undefined) return undefined;
    isOdd ||= number.isOdd;
    const isLast = i === parts.length - 1;
    if (!isLast && number.value > 255) return undefined;
    const room = isLast ? 4 - i : 1;
    if (number.value >= 256 ** room) return overflowing(number.value);
    value += isLast ? number.value : number.value * 256 ** (3 - i);
  }
  return { value, isOdd };
}

/** Some parsers take a number beyond 32 bits by its lower ones. */
function overflowing(value: number): { readonly value: number; readonly isOdd: boolean } | undefined {
  return value < 2 ** 40 ? { value: value % 2 ** 32, isOdd: true } : undefined;
}

function readNumber(part: string): { readonly value: number; readonly isOdd: boolean } | undefined {
  if (/^0x[0-9a-f]{1,10}$/.test(part)) return { value: Number.parseInt(part.slice(2), 16), isOdd: true };
  if (/^0[0-7]{1,14}$/.test(part)) return { value: Number.parseInt(part, 8), isOdd: true };
  return /^[0-9]{1,12}$/.test(part) ? { value: Number(part), isOdd: false } : undefined;
}

function ipv4Facts(host: string): HostFacts | undefined {
  const read = readIpv4(host);
  return read ? { kind: ipv4Kind(read.value), isOdd: read.isOdd, isAddress: true } : undefined;
}

function ipv4Kind(value: number): HostKind {
  const first = Math.floor(value / 2 ** 24);
  const second = Math.floor(value / 2 ** 16) % 256;
  if (value === 0) return 'unspecified';
  if (first === 0 || first >= 224) return 'reserved';
  if (first === 127) return 'loopback';
  if (value === 0xa9fea9fe || value === 0x646464c8 || value === 0xa9feaa02 || value === 0xc0000_0c0)
    return 'metadata';
  if (first === 169 && second === 254) return 'link_local';
  if (first === 10 || (first === 192 && second === 168)) return 'private';
  if ((first === 172 && second >= 16 && second < 32) || (first === 100 && second >= 64 && second < 128))
    return 'private';
  return 'public';
}

function ipv6Facts(host: string): HostFacts | undefined {
  const inner = host.slice(1, host.endsWith(']') ? -1 : undefined).replace(/%.*$/, '');
  if (!/^[0-9a-f:.]{2,45}$/.test(inner)) return undefined;
  const groups = expandIpv6(inner);
  if (!groups) return undefined;
  return embeddedFacts(groups) ?? { kind: ipv6Kind(groups), isOdd: false, isAddress: true };
}

/** IPv4 inside IPv6: mapped, compatible, and behind NAT64. */
function embeddedFacts(groups: readonly number[]): HostFacts | undefined {
  const low = lowOf(groups);
  const isHead = groups.slice(0, 5).every((group) => group === 0);
  const isMapped = isHead && (groups[5] === 0xffff || (groups[5] === 0 && low > 1));
  const isNat = groups[0] === 0x64 && groups[1] === 0xff9b;
  return isMapped || isNat ? { kind: ipv4Kind(low), isOdd: true, isAddress: true } : undefined;
}

function lowOf(groups: readonly number[]): number {
  return (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
}

function ipv6Kind(groups: readonly number[]): HostKind {
  const first = groups[0] ?? 0;
  if (groups.slice(0, 7).every((group) => group === 0)) return groups[7] === 0 ? 'unspecified' : 'loopback';
  if (first === 0xfd00 && groups[1] === 0xec2) return 'metadata';
  if ((first & 0xfe00) === 0xfc00) return 'private';
  return (first & 0xffc0) === 0xfe80 ? 'link_local' : 'public';
}

function expandIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 0 : missing !== 0) return undefined;
  return [...head, ...Array.from({ length: Math.max(0, missing) }, () => 0), ...tail];
}

function groupsOf(text: string): number[] | undefined {
  const groups: number[] = [];
  for (const part of text === '' ? [] : text.split(':')) {
    const mapped = part.includes('.') ? readIpv4(part) : undefined;
    if (mapped) groups.push(Math.floor(mapped.value / 65_536), mapped.value % 65_536);
    else if (/^[0-9a-f]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
