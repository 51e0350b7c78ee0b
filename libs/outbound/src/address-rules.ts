import ipaddr from 'ipaddr.js';

/** What kind of place an IP address is, after every embedded IPv4 address is decoded. */
export type AddressClass =
  /** Global unicast: the public internet. */
  | 'public'
  /** Loopback, private, carrier-grade or unique local: only for origins on the operator's list. */
  | 'private'
  /** Never called: metadata services, link-local, multicast, reserved, unspecified, unreadable. */
  | 'forbidden';

const privateRanges: ReadonlySet<string> = new Set(['loopback', 'private', 'carrierGradeNat', 'uniqueLocal']);

/** Metadata and host services of clouds that live in otherwise callable ranges. */
const forbiddenAddresses: ReadonlySet<string> = new Set([
  '168.63.129.16',
  '100.100.100.200',
  'fd00:ec2::254',
]);

/** Classifies one IP address; text that is no address is `forbidden`. */
export function classifyAddress(text: string): AddressClass {
  if (text.includes('%') || !ipaddr.isValid(text)) return 'forbidden';
  const address = ipaddr.parse(text);
  return address.kind() === 'ipv4' ? classifyV4(address as ipaddr.IPv4) : classifyV6(address as ipaddr.IPv6);
}

function classifyV4(address: ipaddr.IPv4): AddressClass {
  if (forbiddenAddresses.has(address.toString())) return 'forbidden';
  const range = address.range();
  if (range === 'unicast') return 'public';
  return privateRanges.has(range) ? 'private' : 'forbidden';
}

function classifyV6(address: ipaddr.IPv6): AddressClass {
  const range = address.range();
  if (range === 'ipv4Mapped') return classifyV4(address.toIPv4Address());
  // NAT64 (64:ff9b::/96) carries the IPv4 address in its last four bytes; the local-use prefix does not say where.
  if (range === 'rfc6052') return hasNat64Prefix(address) ? classifyV4(lastFourBytes(address)) : 'forbidden';
  if (forbiddenAddresses.has(address.toString())) return 'forbidden';
  if (privateRanges.has(range)) return 'private';
  // 6to4 and Teredo are not "unicast" here: a tunnel may end anywhere. Global unicast is 2000::/3 alone.
  const isGlobal = range === 'unicast' && ((address.parts[0] ?? 0) & 0xe000) === 0x2000;
  return isGlobal ? 'public' : 'forbidden';
}

function hasNat64Prefix(address: ipaddr.IPv6): boolean {
  return address.parts[0] === 0x64 && address.parts[1] === 0xff9b && address.parts[2] === 0;
}

function lastFourBytes(address: ipaddr.IPv6): ipaddr.IPv4 {
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

/** Whether two texts name the same address (a mapped IPv4 equals its plain form). */
export function isSameAddress(a: string, b: string): boolean {
  if (!ipaddr.isValid(a) || !ipaddr.isValid(b)) return false;
  return ipaddr.process(a).toString() === ipaddr.process(b).toString();
}
