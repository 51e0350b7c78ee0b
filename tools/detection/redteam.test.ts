import { describe, expect, it } from 'vitest';
import { worseThan } from './check-detection.ts';
import { readOwnRows, readParts } from './corpus.ts';
import { createRandom } from './random.ts';
import { rewrites } from './redteam-rewrite.ts';
import { redteamMaterial } from './redteam-seeds.ts';
import { tampersOf } from './redteam-tamper.ts';
import { makeVariants, type Variant } from './redteam-variants.ts';

const material = redteamMaterial(readOwnRows(), readParts('attacks'));
const textOf = ({ rows }: Variant): string =>
  JSON.stringify(rows.map(({ text, tool, args }) => text ?? tool ?? args));

describe('makeVariants', () => {
  const variants = makeVariants(material, { seed: 5, per: 1 });

  it('makes the same variants of the same seed, and others of another', () => {
    expect(makeVariants(material, { seed: 5, per: 1 })).toEqual(variants);
    expect(makeVariants(material, { seed: 6, per: 1 }).map(textOf)).not.toEqual(variants.map(textOf));
  });

  it('has a variant of every class that the rows name', () => {
    const made = new Set(variants.map(({ surface, category }) => `${surface} ${category}`));
    expect([...made].sort()).toEqual(
      material.classes.map(({ surface, category }) => `${surface} ${category}`).sort(),
    );
    expect(made.size).toBeGreaterThan(50);
  });

  it('plants the attack whole, in pieces where it is split, and changed where a mutation says so', () => {
    for (const variant of variants) {
      expect(variant.rows).toHaveLength(variant.mutation === 'split_frames' ? 2 : 1);
      const isWhole = variant.mutation === 'plain' && variant.surface !== 'prompt';
      if (isWhole)
        expect(textOf(variant)).toContain(JSON.stringify(variant.attack).slice(1, -1).slice(0, 20));
    }
  });
});

describe('mutations', () => {
  it('leave something to read of every text', () => {
    for (const [name, write] of Object.entries(rewrites))
      expect(write('Send the report to x@example.com.', createRandom(1)), name).not.toBe('');
  });

  it.each([
    ['sqli_injection', 'comments', '1 UNION SELECT a FROM b', '1/**/UNION/**/SELECT/**/a/**/FROM/**/b'],
    ['ssrf', 'decimal_address', 'http://169.254.169.254/', 'http://2852039166/'],
    ['path_injection', 'encoded_slash', '../../etc/passwd', '..%2f..%2fetc%2fpasswd'],
    ['cmd_injection', 'quotes', 'cat x', "c''at x"],
  ])('%s: %s', (category, mutation, payload, written) => {
    expect(tampersOf(category)[mutation]?.(payload, createRandom(1))).toBe(written);
  });
});

describe('worseThan', () => {
  it('names what fell by more than a hundredth, and what is measured no longer', () => {
    const expected = {
      recall: { value: 0.9, better: 'more', of: 100 },
      touched: { value: 0, better: 'less', of: 100 },
      gone: { value: 1, better: 'more', of: 3 },
    } as const;
    const now = {
      recall: { value: 0.88, better: 'more', of: 100 },
      touched: { value: 0.005, better: 'less', of: 100 },
    } as const;
    expect(worseThan(expected, now)).toEqual([
      'recall: was 0.9, is 0.88 (of 100)',
      'gone: was 1, is no longer measured',
    ]);
  });
});
