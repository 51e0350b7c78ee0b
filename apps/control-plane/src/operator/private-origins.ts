import { appendOutbox } from '@sallyport/db';
import { AppError } from '@sallyport/kernel';
import type { Database } from '../platform/database.ts';
import type { AfterCommit } from '../platform/tenant-changes.ts';
import { hostAndPort } from '../servers/server-url.ts';

export interface PrivateOriginRow {
  readonly origin: string;
  readonly source: string;
}

/**
 * Reads `host:port`, or the URL of an upstream.
 * @throws AppError `invalid_input`
 */
export function readOrigin(text: string): string {
  const trimmed = text.trim();
  const url = URL.parse(trimmed.includes('://') ? trimmed : `http://${trimmed}`);
  const hasPort = trimmed.includes('://') || /:\d{1,5}$/.test(trimmed);
  const isBare = url !== null && url.username === '' && url.password === '' && /^https?:$/.test(url.protocol);
  if (isBare && hasPort && url.hostname !== '' && !url.hostname.includes('*')) return hostAndPort(url);
  throw new AppError('invalid_input', 'write host:port, for example 127.0.0.1:8080', {
    details: { field: 'origin' },
  });
}

/** The operator's list of exact private origins; every worker gets it signed. */
export class PrivateOrigins {
  constructor(
    private readonly db: Database,
    private readonly after: AfterCommit,
    private readonly ownPorts: readonly number[],
  ) {}

  list(): Promise<readonly PrivateOriginRow[]> {
    return this.db.withSystem('operator', (tx) => tx.privateOrigin.findMany({ orderBy: { origin: 'asc' } }));
  }

  /** @throws AppError `invalid_input`, `egress_denied` (one of our own ports) */
  async allow(text: string, source: 'seed' | 'operator', by: string | null): Promise<void> {
    const origin = readOrigin(text);
    // Invariant: our own ports are refused always.
    if (this.ownPorts.includes(Number(origin.split(':').at(-1)))) {
      throw new AppError('egress_denied', 'this is one of our own ports', { details: { origin } });
    }
    await this.db.withSystem('operator', async (tx) => {
      const known = await tx.privateOrigin.count({ where: { origin } });
      if (known > 0) return;
      await tx.privateOrigin.create({ data: { origin, source, addedBy: by } });
      await appendOutbox(tx, { tenantId: null, kind: 'installation', payload: { allowed: origin } });
    });
    this.after.wakePublisher();
  }

  async remove(text: string): Promise<void> {
    const origin = readOrigin(text);
    await this.db.withSystem('operator', async (tx) => {
      const done = await tx.privateOrigin.deleteMany({ where: { origin } });
      if (done.count === 0)
        throw new AppError('not_found', undefined, { details: { kind: 'privateOrigin' } });
      await appendOutbox(tx, { tenantId: null, kind: 'installation', payload: { removed: origin } });
    });
    this.after.wakePublisher();
  }
}
