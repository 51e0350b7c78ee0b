import { describe, expect, it } from 'vitest';
import { type BreakerOutcome, createBreaker } from './breaker.ts';

function setUp() {
  let nowMs = 1_000_000;
  const breaker = createBreaker({ nowMs: () => nowMs }, () => 0.5);
  const call = (outcome: BreakerOutcome, key = 'a'): string => {
    const admission = breaker.admit(key);
    if (admission.kind === 'pass') admission.done(outcome);
    return admission.kind;
  };
  return { breaker, call, advance: (ms: number) => (nowMs += ms) };
}

describe('createBreaker', () => {
  it('opens at 20 calls with half of them failed, for that key alone', () => {
    const { call } = setUp();
    for (let i = 0; i < 10; i += 1) call('ok');
    for (let i = 0; i < 9; i += 1) call('failed');
    expect(call('failed')).toBe('pass');
    expect(call('ok')).toBe('open');
    expect(call('ok', 'b')).toBe('pass');
  });
  it('forgets what is older than the window', () => {
    const { call, advance } = setUp();
    for (let i = 0; i < 19; i += 1) call('failed');
    advance(11_000);
    call('failed');
    expect(call('ok')).toBe('pass');
  });
  it('opens after five connect failures in a row', () => {
    const { call } = setUp();
    for (let i = 0; i < 4; i += 1) call('connect_failed');
    call('ok');
    for (let i = 0; i < 5; i += 1) expect(call('connect_failed')).toBe('pass');
    expect(call('ok')).toBe('open');
  });
  it('lets one probe through, doubles to 60 s while it fails, and closes when it is answered', () => {
    const { breaker, call, advance } = setUp();
    for (let i = 0; i < 5; i += 1) call('connect_failed');
    for (const waitMs of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      advance(waitMs - 1);
      expect(call('ok')).toBe('open');
      advance(1);
      expect(call('failed')).toBe('pass');
    }
    advance(60_000);
    const probe = breaker.admit('a');
    expect(breaker.admit('a').kind).toBe('open');
    if (probe.kind === 'pass') probe.done('ok');
    expect(breaker.stateOf('a')).toBe('closed');
    expect(call('ok')).toBe('pass');
  });
  it('lets another call probe when the caller cancelled the probe', () => {
    const { call, advance } = setUp();
    for (let i = 0; i < 5; i += 1) call('connect_failed');
    advance(5_000);
    expect(call('ignored')).toBe('pass');
    expect(call('ok')).toBe('pass');
  });
  it('stays bounded', () => {
    const { call } = setUp();
    for (let i = 0; i < 10_050; i += 1) call('failed', `k${i}`);
    expect(call('ok', 'k0')).toBe('pass');
  });
});
