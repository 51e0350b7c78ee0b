import { canonicalJson } from '@sallyport/kernel';
import { z } from 'zod';
import type { Revocation } from './revocation.ts';
import type { SignText } from './sign-envelope.ts';
import type { VerifyText } from './verify-envelope.ts';

export type UnsignedRevocation = Omit<Revocation, 'sig'>;

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

const revocationSchema = z.strictObject({
  kid: z.string().min(1).max(100),
  tenantId: uuid,
  seq: z.int().positive(),
  kind: z.enum(['tenant', 'agent', 'customer', 'key', 'server', 'tool', 'restore']),
  subject: uuid,
  notBeforeMs: z.int().nonnegative(),
  sig: z.string().min(1).max(200),
});

const maxTextLength = 2_000;

/** The exact text that is signed; its first word keeps it apart from every other signature of the same key. */
export function revocationMessage(revocation: UnsignedRevocation): string {
  const { kid, tenantId, seq, kind, subject, notBeforeMs } = revocation;
  return `SALLYPORT-REVOCATION-1 ${canonicalJson({ kid, kind, notBeforeMs, seq, subject, tenantId })}`;
}

/** Signs one not-before mark. */
export function signRevocation(input: UnsignedRevocation & { readonly sign: SignText }): Revocation {
  const { sign, ...unsigned } = input;
  return { ...unsigned, sig: sign(revocationMessage(unsigned)) };
}

/** The mark as it travels and lies on disk. */
export function revocationText(revocation: Revocation): string {
  return canonicalJson(revocation);
}

export type VerifiedRevocation =
  | { readonly kind: 'ok'; readonly revocation: Revocation }
  | {
      readonly kind: 'refused';
      readonly reason: 'unparsable' | 'unknown_key' | 'bad_signature';
      readonly detail: string;
    };

/** Reads and verifies one mark; whatever is not exactly a signed mark is refused. */
export function verifyRevocation(input: {
  readonly text: string;
  readonly verify: VerifyText;
}): VerifiedRevocation {
  const value = parseJson(input.text);
  const result = revocationSchema.safeParse(value);
  if (!result.success || !result.data.kid.isWellFormed()) {
    return { kind: 'refused', reason: 'unparsable', detail: 'not a revocation' };
  }
  const revocation = result.data;
  const verdict = input.verify(revocation.kid, revocationMessage(revocation), revocation.sig);
  if (verdict === 'valid') return { kind: 'ok', revocation };
  return { kind: 'refused', reason: verdict, detail: `key ${revocation.kid}, sequence ${revocation.seq}` };
}

function parseJson(text: string): unknown {
  if (text.length > maxTextLength) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
