import { AppError } from '@sallyport/kernel';
import { detectionLimits } from '@sallyport/snapshot';
import { z } from 'zod';
import { readServerUrl } from '../servers/server-url.ts';

/** How an admin describes the tenant's own classifier. */
export interface ClassifierInput {
  readonly url: string;
  readonly enabled: boolean;
  readonly budgetMs: number;
  readonly perMinute: number;
  readonly onFailure: 'PASS' | 'BLOCK';
  /** Absent: keep the one stored. */
  readonly token?: string | null;
}

export interface CheckedClassifier {
  readonly url: string;
  readonly enabled: boolean;
  readonly budgetMs: number;
  readonly perMinute: number;
  readonly onFailure: 'pass' | 'block';
  readonly token: string | null;
}

const limits = detectionLimits;
const schema = z.object({
  budgetMs: z.int().min(10).max(limits.maxBudgetMs),
  perMinute: z.int().min(1).max(limits.maxPerMinute),
  token: z
    .string()
    .max(4_096)
    .regex(/^[\x21-\x7e]+$/)
    .nullable(),
});

interface Surroundings {
  readonly ownPorts: readonly number[];
  /** Exact `host:port` that operators allow to be private or plain http. */
  readonly privateOrigins: readonly string[];
}

/**
 * Checks the settings. What is asked sees text of calls: it is reached over https, or it is on the operators' list.
 * @throws AppError `invalid_input`, `egress_denied`
 */
export function readClassifier(input: ClassifierInput, around: Surroundings): CheckedClassifier {
  const address = readServerUrl(input.url, around.ownPorts);
  if (address.isPrivate && !around.privateOrigins.includes(address.origin)) {
    throw new AppError('egress_denied', 'a private or plain http address must be allowed by an operator', {
      details: { origin: address.origin },
    });
  }
  const { budgetMs, perMinute } = input;
  const token = input.token === '' ? null : (input.token ?? null);
  const parsed = schema.safeParse({ budgetMs, perMinute, token });
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'input';
    throw new AppError('invalid_input', `${field} is out of range`, { details: { field } });
  }
  const onFailure = input.onFailure === 'BLOCK' ? 'block' : 'pass';
  return { url: address.url, enabled: input.enabled, ...parsed.data, onFailure };
}
