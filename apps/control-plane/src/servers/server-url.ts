import { isIP } from 'node:net';
import { AppError } from '@sallyport/kernel';

/** What the catalog needs to know of an upstream's address before anything is called. */
export interface UpstreamAddress {
  readonly url: string;
  /** `host:port`, as the operator's list writes it. */
  readonly origin: string;
  /** Plain http, a literal address or a name that only resolves inside: needs the operator's list. */
  readonly isPrivate: boolean;
}

const localNames = /(^|\.)(localhost|local|internal|lan|home\.arpa)$/;

/** `host:port` of a URL, the port always written. */
export function hostAndPort(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname.toLowerCase()}:${port}`;
}

/**
 * Reads the address of an upstream as an admin pasted it.
 * @throws AppError `invalid_input`, or `egress_denied` for one of our own ports
 */
export function readServerUrl(text: string, ownPorts: readonly number[]): UpstreamAddress {
  const fault = (reason: string): AppError =>
    new AppError('invalid_input', reason, { details: { field: 'url', reason } });
  if (text.length > 2000) throw fault('the URL is longer than 2000 characters');
  const url = URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol))
    throw fault('the URL must start with https:// or http://');
  if (url.username !== '' || url.password !== '')
    throw fault('the URL must not hold a user name or password');
  if (url.hash !== '') throw fault('the URL must not hold a fragment');
  const origin = hostAndPort(url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Invariant: our own ports are refused for any host, as `outbound` does: names and literals can hide a loopback.
  if (ownPorts.includes(Number(origin.split(':').at(-1)))) {
    throw new AppError('egress_denied', 'this is one of our own ports', { details: { origin } });
  }
  const isPrivate =
    url.protocol === 'http:' || isIP(host) !== 0 || localNames.test(host) || !host.includes('.');
  return { url: url.href, origin, isPrivate };
}
