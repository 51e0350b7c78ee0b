/** A token bucket per key, in the memory of this worker. */
export interface RateLimiter {
  /** 0 when a token was taken, else how long to wait for the next one. */
  take(
    key: string,
    rule: { readonly ratePerMinute: number; readonly rateBurst: number },
    nowMs: number,
  ): number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

const maxBuckets = 50_000;

/** Makes the buckets; bounded, the oldest go first (a bucket that is gone is a full one). */
export function createRateLimiter(): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take(key, { ratePerMinute, rateBurst }, nowMs) {
      let bucket = buckets.get(key);
      if (!bucket) {
        const oldest = buckets.size >= maxBuckets ? buckets.keys().next().value : undefined;
        if (oldest !== undefined) buckets.delete(oldest);
        bucket = { tokens: rateBurst, atMs: nowMs };
        buckets.set(key, bucket);
      }
      const perMs = ratePerMinute / 60_000;
      bucket.tokens = Math.min(rateBurst, bucket.tokens + Math.max(0, nowMs - bucket.atMs) * perMs);
      bucket.atMs = nowMs;
      if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perMs));
      bucket.tokens -= 1;
      return 0;
    },
  };
}
