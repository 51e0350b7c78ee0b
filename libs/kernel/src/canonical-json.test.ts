import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonicalJson', () => {
  it('orders keys by UTF-16 code units and drops white space (RFC 8785 §3.2.3)', () => {
    expect(canonicalJson({ b: 1, a: [1e21, 0.1], '€': null, '\r': true })).toBe(
      '{"\\r":true,"a":[1e+21,0.1],"b":1,"€":null}',
    );
  });
  it('refuses what JSON cannot carry', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(/canonical/);
    expect(() => canonicalJson(undefined)).toThrow(/canonical/);
  });
});
