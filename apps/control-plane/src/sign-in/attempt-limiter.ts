import { AppError, type Clock } from '@sallyport/kernel';

interface Bucket {
  tokens: number;
  atMs: number;
}

export interface AttemptLimits {
  readonly burst: number;
  readonly perMinute: number;
  /** Buckets remembered at once; beyond it the oldest go. */
  readonly maxKeys: number;
}

const defaultLimits: AttemptLimits = { burst: 40, perMinute: 40, maxKeys: 10_000 };

/** A token bucket per key (source prefix, token hash): what a guesser of links runs into. */
export class AttemptLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: AttemptLimits = defaultLimits,
  ) {}

  /**
   * Takes one token of a key.
   * @throws AppError `rate_limited` with `retryAfterMs`
   */
  take(key: string): void {
    const now = this.clock.nowMs();
    const bucket = this.buckets.get(key) ?? { tokens: this.limits.burst, atMs: now };
    const refill = ((now - bucket.atMs) / 60_000) * this.limits.perMinute;
    const tokens = Math.min(this.limits.burst, bucket.tokens + refill);
    this.buckets.delete(key);
    this.buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, atMs: now });
    this.forgetOldest();
    if (tokens >= 1) return;
    const retryAfterMs = Math.ceil(((1 - tokens) / this.limits.perMinute) * 60_000);
    throw new AppError('rate_limited', 'too many attempts', { details: { retryAfterMs } });
  }

  private forgetOldest(): void {
    for (const key of this.buckets.keys()) {
      if (this.buckets.size <= this.limits.maxKeys) return;
      this.buckets.delete(key);
    }
  }
}

/** The /24 (IPv4) or /48 (IPv6) of a source address: one guesser often holds a whole one. */
export function sourcePrefix(address: string): string {
  const plain = address.replace(/^::ffff:/, '');
  if (plain.includes('.')) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  return `${plain.split(':').slice(0, 3).join(':')}::/48`;
}
