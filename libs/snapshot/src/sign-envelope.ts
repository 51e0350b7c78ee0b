import { AppError, canonicalJson } from '@sallyport/kernel';
import type { Envelope } from './envelope.ts';
import { snapshotLimits } from './tenant-snapshot.ts';
import { utf8Length } from './text-measures.ts';

/** Signs the UTF-8 bytes of a text and returns the signature as base64. */
export type SignText = (message: string) => string;

/** Everything of an envelope that the signature covers. */
export type UnsignedEnvelope = Omit<Envelope, 'sig'>;

/** The installation's own envelope carries this tenant id. */
export const installationTenantId = '00000000-0000-0000-0000-000000000000';

/**
 * The exact text that is signed: `SALLYPORT-CONFIG-1`, then header and body, each with its length in bytes before
 * it (as DSSE does), so no header can be read as a part of a body. Nothing is parsed to check a signature.
 */
export function envelopeMessage(envelope: UnsignedEnvelope): string {
  const header = canonicalJson({
    kid: envelope.kid,
    kind: envelope.kind,
    revSeq: envelope.revSeq,
    tenantId: envelope.tenantId,
    version: envelope.version,
  });
  return `SALLYPORT-CONFIG-1 ${utf8Length(header)} ${header} ${utf8Length(envelope.body)} ${envelope.body}`;
}

/**
 * Signs a config or a tombstone (empty body) of one tenant.
 * @throws AppError `snapshot_refused` when no worker would take it: too large, a body where none belongs, or none.
 */
export function signEnvelope(input: UnsignedEnvelope & { readonly sign: SignText }): Envelope {
  const { sign, ...unsigned } = input;
  if ((unsigned.kind === 'tombstone') !== (unsigned.body === '')) {
    throw new AppError('snapshot_refused', 'a tombstone has an empty body, a config has one');
  }
  const bytes = utf8Length(unsigned.body);
  if (bytes > snapshotLimits.maxBodyBytes) {
    throw new AppError('snapshot_refused', `the configuration has ${bytes} bytes`, {
      details: { bytes, limit: snapshotLimits.maxBodyBytes },
    });
  }
  return { ...unsigned, sig: sign(envelopeMessage(unsigned)) };
}

/**
 * The envelope as it is stored.
 * @throws AppError `snapshot_refused` when it is larger than a worker reads.
 */
export function envelopeText(envelope: Envelope): string {
  const text = canonicalJson(envelope);
  const bytes = utf8Length(text);
  if (bytes > snapshotLimits.maxEnvelopeBytes) {
    throw new AppError('snapshot_refused', `the envelope has ${bytes} bytes`, {
      details: { bytes, limit: snapshotLimits.maxEnvelopeBytes },
    });
  }
  return text;
}
