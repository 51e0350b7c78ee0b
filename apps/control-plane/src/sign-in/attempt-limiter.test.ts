import { describe, expect, it } from 'vitest';
import { AttemptLimiter, sourcePrefix } from './attempt-limiter.ts';

describe('AttemptLimiter', () => {
  it('lets a burst pass, then refuses, then lets one pass after its share of a minute', () => {
    let now = 0;
    const limiter = new AttemptLimiter({ nowMs: () => now }, { burst: 3, perMinute: 6, maxKeys: 10 });
    for (let i = 0; i < 3; i += 1) limiter.take('a');
    expect(() => limiter.take('a')).toThrowError(
      expect.objectContaining({ code: 'rate_limited', details: { retryAfterMs: 10_000 } }),
    );
    limiter.take('b');
    now = 10_000;
    limiter.take('a');
    expect(() => limiter.take('a')).toThrow();
  });

  it('remembers a bounded number of keys', () => {
    const limiter = new AttemptLimiter({ nowMs: () => 0 }, { burst: 1, perMinute: 1, maxKeys: 2 });
    limiter.take('a');
    limiter.take('b');
    limiter.take('c');
    limiter.take('a');
    expect(() => limiter.take('c')).toThrow();
  });
});

describe('sourcePrefix', () => {
  it('cuts to /24 and /48', () => {
    expect(sourcePrefix('192.0.2.77')).toBe('192.0.2.0/24');
    expect(sourcePrefix('::ffff:127.0.0.1')).toBe('127.0.0.0/24');
    expect(sourcePrefix('2001:db8:aa:bb::1')).toBe('2001:db8:aa::/48');
  });
});
