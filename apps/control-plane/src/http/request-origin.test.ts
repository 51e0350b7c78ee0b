import { describe, expect, it } from 'vitest';
import { allowedHosts, isAllowedHost, isAllowedOrigin } from './request-origin.ts';

const allowed = allowedHosts('http://127.0.0.1:4400', 4400);

describe('isAllowedHost', () => {
  it('takes its own names and refuses a rebound one', () => {
    expect(isAllowedHost(allowed, '127.0.0.1:4400')).toBe(true);
    expect(isAllowedHost(allowed, 'LOCALHOST:4400')).toBe(true);
    for (const host of [
      undefined,
      '',
      'evil.example:4400',
      '127.0.0.1',
      '127.0.0.1:4401',
      '127.0.0.1:4400.evil',
    ]) {
      expect(isAllowedHost(allowed, host)).toBe(false);
    }
  });
});

describe('isAllowedOrigin', () => {
  it('refuses foreign origins and null, and a missing one where it is required', () => {
    expect(isAllowedOrigin(allowed, 'http://127.0.0.1:4400', true)).toBe(true);
    expect(isAllowedOrigin(allowed, undefined, false)).toBe(true);
    for (const origin of [undefined, 'null', 'http://evil.example', 'https://127.0.0.1:4400']) {
      expect(isAllowedOrigin(allowed, origin, true)).toBe(false);
    }
  });

  it('does not accept loopback origins when the console lives elsewhere', () => {
    const hosted = allowedHosts('https://console.example', 4400);
    expect(isAllowedOrigin(hosted, 'http://localhost:4400', true)).toBe(false);
    expect(isAllowedOrigin(hosted, 'https://console.example', true)).toBe(true);
  });
});
