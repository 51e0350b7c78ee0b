import { z } from 'zod';
import type { Envelope, EnvelopeRefusal } from './envelope.ts';
import { type ParsedBody, parseInstallation, parseSnapshot } from './parse-snapshot.ts';
import { envelopeMessage, installationTenantId } from './sign-envelope.ts';
import { type InstallationSnapshot, snapshotLimits, type TenantSnapshot } from './tenant-snapshot.ts';

/** Checks a base64 signature over the UTF-8 bytes of a text. */
export type VerifyText = (
  kid: string,
  message: string,
  signature: string,
) => 'valid' | 'unknown_key' | 'bad_signature';

export interface VerifyEnvelopeInput {
  /** The envelope as it was stored (JSON text). */
  readonly text: string;
  readonly verify: VerifyText;
  /** Whose envelope is expected here. */
  readonly tenantId: string;
  /** Highest version ever accepted for this tenant; 0 for none. The same version is accepted again. */
  readonly highWater: number;
}

export type VerifiedEnvelope<T> =
  | { readonly kind: 'config'; readonly envelope: Envelope; readonly snapshot: T }
  | { readonly kind: 'tombstone'; readonly envelope: Envelope }
  | {
      readonly kind: 'refused';
      readonly reason: EnvelopeRefusal;
      /** For operators: what exactly was wrong; holds nothing of the body. */
      readonly detail: string;
      /** The version it claims, where it could be read. */
      readonly version: number | null;
    };

const envelopeSchema = z.strictObject({
  kid: z.string().min(1).max(100),
  tenantId: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  version: z.int().positive(),
  revSeq: z.int().nonnegative(),
  kind: z.enum(['config', 'tombstone']),
  body: z.string(),
  sig: z.string().min(1).max(200),
});

/** Verifies a tenant's envelope: size, shape, tenant, signature over the exact bytes, version, then its content. */
export function verifyEnvelope(input: VerifyEnvelopeInput): VerifiedEnvelope<TenantSnapshot> {
  return verifyWith(input, (envelope) => {
    const parsed = parseSnapshot(envelope.body);
    if (parsed.kind === 'ok' && parsed.snapshot.tenantId !== envelope.tenantId) {
      return { kind: 'invalid', reason: 'invalid_content', detail: 'the body names another tenant' };
    }
    return parsed;
  });
}

/** Verifies the installation's envelope. */
export function verifyInstallation(
  input: Omit<VerifyEnvelopeInput, 'tenantId'>,
): VerifiedEnvelope<InstallationSnapshot> {
  return verifyWith({ ...input, tenantId: installationTenantId }, (envelope) =>
    parseInstallation(envelope.body),
  );
}

interface Versioned {
  readonly version: number;
  readonly revSeq: number;
}

function verifyWith<T extends Versioned>(
  input: VerifyEnvelopeInput,
  parse: (envelope: Envelope) => ParsedBody<T>,
): VerifiedEnvelope<T> {
  const envelope = readEnvelope(input.text);
  if ('reason' in envelope) return envelope;
  const { version } = envelope;
  const refuse = (reason: EnvelopeRefusal, detail: string): VerifiedEnvelope<T> => ({
    kind: 'refused',
    reason,
    detail,
    version,
  });

  // Invariant: T09, nothing of the body is parsed before the signature over its exact bytes is valid.
  const verdict = input.verify(envelope.kid, envelopeMessage(envelope), envelope.sig);
  if (verdict !== 'valid') return refuse(verdict, `key ${envelope.kid}`);
  if (envelope.tenantId !== input.tenantId)
    return refuse('wrong_tenant', `it belongs to ${envelope.tenantId}`);
  if (version < input.highWater)
    return refuse('older_version', `version ${version} after ${input.highWater}`);
  if (envelope.kind === 'tombstone') {
    return envelope.body === ''
      ? { kind: 'tombstone', envelope }
      : refuse('invalid_content', 'a tombstone has a body');
  }
  const parsed = parse(envelope);
  if (parsed.kind === 'invalid') return refuse(parsed.reason, parsed.detail);
  const { snapshot } = parsed;
  if (snapshot.version !== version || snapshot.revSeq !== envelope.revSeq) {
    return refuse('invalid_content', 'header and body name different versions');
  }
  return { kind: 'config', envelope, snapshot };
}

type Refused = Extract<VerifiedEnvelope<never>, { readonly kind: 'refused' }>;

function readEnvelope(text: string): Envelope | Refused {
  const refuse = (reason: EnvelopeRefusal, detail: string): Refused => ({
    kind: 'refused',
    reason,
    detail,
    version: null,
  });
  // UTF-8 never takes fewer bytes than UTF-16 units: enough of a bound to read on.
  if (text.length > snapshotLimits.maxEnvelopeBytes) {
    return refuse('oversized', `the envelope is larger than ${snapshotLimits.maxEnvelopeBytes} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('unparsable', 'the envelope is not JSON');
  }
  const result = envelopeSchema.safeParse(value);
  if (!result.success)
    return refuse('unparsable', `not an envelope: ${result.error.issues[0]?.path.join('.') ?? ''}`);
  // Two different lone surrogates have the same UTF-8 bytes, so they could change under a valid signature.
  if (!result.data.body.isWellFormed() || !result.data.kid.isWellFormed())
    return refuse('unparsable', 'the envelope is not well-formed Unicode');
  return result.data;
}
