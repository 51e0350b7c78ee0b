import { createHash } from 'node:crypto';
import {
  buildInstallation,
  type Envelope,
  envelopeText,
  installationTenantId,
  signEnvelope,
  snapshotBody,
} from '@sallyport/snapshot';
import type { PublishDeps, PublishedVersion } from './publish-tenant.ts';

/** Publishes what every worker needs whoever the tenant is: the operator's list of private origins. */
export class PublishInstallation {
  constructor(private readonly deps: Pick<PublishDeps, 'db' | 'sign' | 'kid'>) {}

  /** Publishes when the list differs from the newest version. */
  async execute(): Promise<PublishedVersion | undefined> {
    return this.deps.db.withSystem('publisher', async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('sallyport installation'))`;
      const origins = await tx.privateOrigin.findMany({ orderBy: { origin: 'asc' } });
      const privateOrigins = origins.map((row) => row.origin);
      const newest = await tx.installationVersion.findFirst({ orderBy: { version: 'desc' } });
      if (newest && isSame(newest.envelope, privateOrigins)) return undefined;
      const version = (newest?.version ?? 0) + 1;
      const body = snapshotBody(buildInstallation({ version, revSeq: 0, privateOrigins }));
      const { sign, kid } = this.deps;
      const envelope = {
        kid,
        tenantId: installationTenantId,
        version,
        revSeq: 0,
        kind: 'config' as const,
        body,
        sign,
      };
      const text = envelopeText(signEnvelope(envelope));
      const digest = createHash('sha256').update(body).digest('hex');
      await tx.installationVersion.createMany({ data: [{ version, digest, envelope: text }] });
      return { version, text };
    });
  }
}

function isSame(envelope: string, privateOrigins: readonly string[]): boolean {
  const { body } = JSON.parse(envelope) as Envelope;
  const before = (JSON.parse(body) as { privateOrigins: string[] }).privateOrigins;
  return JSON.stringify([...before].sort()) === JSON.stringify([...privateOrigins].sort());
}
