import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from './scan-json.ts';
import { scanText } from './scan-text.ts';

/** Texts that make backtracking matchers and careless scanners take forever. */
const hostile: Readonly<Record<string, string>> = {
  'token prefixes': `${'ey'}J`,
  'key prefixes': `${'AK'}IA`,
  'dashed prefixes': `${'sk'}-`,
  'key headers': `-----${'BEGIN'} PRIVATE KEY-----`,
  'key headers with bodies': `-----${'BEGIN'} PRIVATE KEY-----\n${'A'.repeat(48)}`,
  'first steps': 'ignore ',
  'two steps': 'ignore previous ',
  'whole phrases': 'ignore previous instructions ',
  'white space': ' ',
  lines: '\n',
  'zero width': 'a​',
  'tag characters': '\u{e0041}',
  escapes: '\u001b[8m',
  'unfinished escapes': '\u001b[',
  'base64 runs': `${'A'.repeat(41)} `,
  'one base64 run': 'A',
  'mixed scripts': 'аb ',
  emoji: '👩‍👩‍👧',
  dots: 'a.',
  'at signs': '@',
  'lone surrogates': '\ud800',
  accents: 'e\u0301',
};

const repeatTo = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

describe('scan time', () => {
  it.each(Object.entries(hostile))('grows with the length alone: %s', (_name, unit) => {
    const perUnit = [20_000, 200_000].map((length) => {
      const meter = { steps: 0 };
      const findings = scanText(repeatTo(unit, length), 'tool_definition', { meter });
      expect(findings.length).toBeLessThan(60);
      return meter.steps / length;
    });
    expect(Math.max(...perUnit)).toBeLessThan(12);
    expect((perUnit[1] ?? 0) / (perUnit[0] ?? 1)).toBeLessThan(1.3);
  });

  it('looks at plain text about once', () => {
    const meter = { steps: 0 };
    scanText('The quick brown fox reports on flights. '.repeat(1000), 'result', { meter });
    expect(meter.steps).toBeLessThan(40_000 * 1.6);
  });

  it('never throws and never points outside the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const finding of scanText(text, 'tool_definition')) {
          expect(finding.start).toBeGreaterThanOrEqual(0);
          expect(finding.end).toBeGreaterThanOrEqual(finding.start);
          expect(finding.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (value) => void scanJson(value, 'arguments')));
  });
});
