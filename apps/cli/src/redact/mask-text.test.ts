import { sensitiveTypes } from '@sallyport/detection';
import { makeSecret } from '@sallyport/detection/corpus/make-secrets.ts';
import { seededRandom } from '@sallyport/detection/corpus/seeded-random.ts';
import { describe, expect, it } from 'vitest';
import { maskText } from './mask-text.ts';

const types = new Set(sensitiveTypes);

describe('maskText', () => {
  it('finds in windows what it finds in one look, wherever the cuts fall', () => {
    const key = makeSecret('GITHUB_TOKEN', seededRandom(3)) ?? '';
    const line = `Write to jane.roe@example.com about the parcel, not to the shop. The key is ${key}.\n`;
    const text = line.repeat(700);
    const whole = maskText(text, { types });
    for (const window of [16_384, 20_011, 30_000]) {
      const cut = maskText(text, { types, window });
      expect(cut.spans).toEqual(whole.spans);
      expect(cut.text).toBe(whole.text);
    }
    expect(whole.spans).toHaveLength(1400);
    expect(whole.text).not.toContain(key);
  });
});
