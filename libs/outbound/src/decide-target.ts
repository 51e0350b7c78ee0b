import { isIP } from 'node:net';
import { classifyAddress } from './address-rules.ts';

/** What may be called; both lists belong to the operator. */
export interface TargetPolicy {
  /** Exact `host:port` origins that may be private or plain http. */
  readonly privateOrigins: readonly string[];
  /** Sallyport's own ports: never called, whatever the other list says. */
  readonly ownPorts: readonly number[];
}

export interface Target {
  readonly kind: 'allow';
  /** `scheme://host:port`, the key of pools and limits. */
  readonly origin: string;
  readonly isTls: boolean;
  /** Host name or bare IP address to connect to. */
  readonly hostname: string;
  readonly port: number;
  /** Value of the Host header. */
  readonly host: string;
  readonly path: string;
  /** On the operator's list: private addresses are fine. */
  readonly isListed: boolean;
}

export type EgressDenial = {
  readonly kind: 'deny';
  readonly reason:
    | 'not_a_url'
    | 'scheme'
    | 'userinfo'
    | 'port'
    | 'own_port'
    | 'private_address'
    | 'forbidden_address';
};

const publicPorts: ReadonlySet<number> = new Set([443, 8443]);

/**
 * Decides whether a URL may be called, before any name is resolved. The URL parser has already turned
 * decimal, octal, hexadecimal and full-width hosts into plain addresses. The answer for a name is
 * provisional: `resolveTarget` judges the addresses behind it.
 */
export function decideTarget(url: string, policy: TargetPolicy): Target | EgressDenial {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || parsed.hostname === '') return deny('not_a_url');
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return deny('scheme');
  const isTls = parsed.protocol === 'https:';
  const port = Number(parsed.port || (isTls ? 443 : 80));
  const isListed = policy.privateOrigins.includes(`${parsed.hostname}:${port}`);
  const hostname = bareHost(parsed.hostname);
  const fault = originFault(parsed, port, isListed, policy.ownPorts) ?? literalFault(hostname, isListed);
  if (fault) return deny(fault);
  return {
    kind: 'allow',
    origin: `${parsed.protocol}//${parsed.hostname}:${port}`,
    isTls,
    hostname,
    port,
    host: parsed.host,
    path: `${parsed.pathname}${parsed.search}`,
    isListed,
  };
}

function originFault(
  url: URL,
  port: number,
  isListed: boolean,
  ownPorts: readonly number[],
): EgressDenial['reason'] | undefined {
  if (url.username !== '' || url.password !== '') return 'userinfo';
  // Invariant: nobody reaches Sallyport through Sallyport, whatever the host name is.
  if (port === 0 || ownPorts.includes(port)) return 'own_port';
  if (isListed) return undefined;
  if (url.protocol !== 'https:') return 'scheme';
  return publicPorts.has(port) ? undefined : 'port';
}

function literalFault(hostname: string, isListed: boolean): EgressDenial['reason'] | undefined {
  return isIP(hostname) === 0 ? undefined : addressFault(hostname, isListed);
}

/** Why an address may not be called; `undefined` when it may. */
export function addressFault(
  address: string,
  isListed: boolean,
): 'private_address' | 'forbidden_address' | undefined {
  const found = classifyAddress(address);
  if (found === 'public') return undefined;
  if (found === 'private') return isListed ? undefined : 'private_address';
  return 'forbidden_address';
}

function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function deny(reason: EgressDenial['reason']): EgressDenial {
  return { kind: 'deny', reason };
}
