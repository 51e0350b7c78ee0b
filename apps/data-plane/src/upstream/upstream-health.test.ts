import { AppError } from '@sallyport/kernel';
import { describe, expect, it } from 'vitest';
import { createHealth } from './upstream-health.ts';

describe('createHealth', () => {
  it('counts calls and errors, and tells the median of the last answers', () => {
    let now = 1;
    const health = createHealth(() => now);
    for (let ms = 1; ms <= 200; ms += 1) health.ok(ms);
    now = 2;
    health.failed(new AppError('timeout'));
    health.failed(new Error('no code'));
    expect(health.read()).toEqual({
      lastOkAt: 1,
      lastFailAt: 2,
      lastError: 'internal_error',
      p50Ms: 169,
      calls: 202,
      errors: 2,
      oddities: 0,
    });
  });

  it('takes no caller that went away for a failure', () => {
    const health = createHealth(() => 1);
    health.failed(new AppError('timeout', undefined, { details: { reason: 'cancelled' } }));
    expect(health.read()).toMatchObject({ calls: 0, errors: 0, lastFailAt: null, p50Ms: null });
  });
});
