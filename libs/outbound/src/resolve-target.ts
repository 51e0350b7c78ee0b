import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AppError } from '@sallyport/kernel';
import { addressFault, type Target } from './decide-target.ts';

/** All addresses (A and AAAA) of a name. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

/** The system's resolver, all families. */
export const defaultLookup: Lookup = async (hostname) => {
  const found = await systemLookup(hostname, { all: true, order: 'verbatim' });
  return found.map((entry) => entry.address);
};

/**
 * Resolves a target once and judges every answer: one bad address refuses them all, so a name that
 * mixes public and private addresses gets no connection.
 * @throws AppError `egress_denied`, or `upstream_unreachable` when the name does not resolve.
 */
export async function resolveTarget(target: Target, lookup: Lookup): Promise<readonly string[]> {
  const addresses = isIP(target.hostname) === 0 ? await ask(target.hostname, lookup) : [target.hostname];
  for (const address of addresses) {
    const reason = addressFault(address, target.isListed);
    if (reason) throw egressDenied(reason);
  }
  return addresses;
}

async function ask(hostname: string, lookup: Lookup): Promise<readonly string[]> {
  try {
    const addresses = await lookup(hostname);
    if (addresses.length > 0) return addresses;
  } catch (cause) {
    throw new AppError('upstream_unreachable', 'the host name does not resolve', {
      details: { reason: 'name_not_found', sent: false },
      cause,
    });
  }
  throw new AppError('upstream_unreachable', 'the host name has no address', {
    details: { reason: 'name_not_found', sent: false },
  });
}

/** The error for a target that may not be called; `reason` is public. */
export function egressDenied(reason: string): AppError {
  return new AppError('egress_denied', `the address may not be called: ${reason}`, {
    details: { reason, sent: false },
  });
}
