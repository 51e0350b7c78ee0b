import { describe, expect, it } from 'vitest';
import { type CustomRule, compileRules, customLimits, ruleProblems, tryCustomRule } from './custom-rules.ts';
import { requiredLiteral } from './required-literal.ts';
import { scanJson } from './scan-json.ts';
import { scanText } from './scan-text.ts';

const rule = (kind: CustomRule['kind'], value: string, more: Partial<CustomRule> = {}): CustomRule => ({
  id: 'r1',
  code: 'custom_r1',
  title: 'Ours',
  kind,
  value,
  surfaces: ['result'],
  severity: 'high',
  ...more,
});

describe('compileRules', () => {
  it('finds keywords through case, accents, hidden characters and other scripts', () => {
    const rules = compileRules([rule('keywords', 'Projekt Adler\nсекретный план\nCASE-*\n内部资料')]);
    for (const text of [
      'das PROJEKT  adler',
      'proj\u200bekt adler',
      'Ｐrojekt Ädler',
      'Секретный План',
      'case-77',
      '这是内部资料。',
    ])
      expect(rules.find(text, 'result'), text).toHaveLength(1);
    for (const text of ['projektadler', 'projekt adlers', 'showcase-'])
      expect(rules.find(text, 'result'), text).toEqual([]);
  });

  it('runs only where the rule is for', () => {
    const rules = compileRules([rule('keywords', 'alpha')]);
    expect(rules.find('alpha', 'arguments')).toEqual([]);
    const [finding] = scanText('see alpha here', 'result', { customRules: rules });
    expect(finding).toMatchObject({ code: 'custom_r1', tier: 'custom', severity: 'high', start: 4, end: 9 });
  });

  it.each([
    ['(?=x)', 'syntax'],
    ['(x)\\1', 'escape'],
    ['a{1000}{1000}', 'repetition'],
    ['[', 'missing'],
    ['x*', 'empty text'],
    ['(?:abcdefghij){900}', 'repeat|instructions'],
    ['a'.repeat(customLimits.patternLength + 1), 'characters'],
    ['', 'no pattern'],
  ])('refuses the pattern %j and says why', (value, why) => {
    expect(ruleProblems({ kind: 'pattern', value })[0]?.toLowerCase()).toMatch(new RegExp(why));
    const compiled = compileRules([rule('pattern', value)]);
    expect(compiled).toMatchObject({ size: 0, faults: [{ id: 'r1' }] });
    expect(compiled.find('xxxx', 'result')).toEqual([]);
  });

  it('refuses too many rules and keywords', () => {
    expect(ruleProblems({ kind: 'keywords', value: ' \n*' })).toEqual(['no keyword']);
    expect(ruleProblems({ kind: 'keywords', value: 'x\n'.repeat(customLimits.keywords + 1) })).toHaveLength(
      1,
    );
    const many = Array.from({ length: customLimits.rules + 2 }, (_, i) =>
      rule('keywords', `word${i}`, { id: `${i}` }),
    );
    expect(compileRules(many)).toMatchObject({ size: customLimits.rules, faults: [{}, {}] });
  });

  it('takes time in the length of the text, also for patterns that ruin other engines', () => {
    for (const value of [
      '(a+)+$b',
      '(a|a)*b',
      '(a|aa)+b',
      '(.*)*x{3}',
      '([a-z]+)*1',
      '(x+x+)+y',
      '^(\\w+\\s?)*1$',
      '(.*a){20}b',
    ]) {
      if (ruleProblems({ kind: 'pattern', value }).length > 0) continue;
      const rules = compileRules([rule('pattern', value)]);
      const steps = [5_000, 10_000].map((length) => {
        const meter = { steps: 0 };
        rules.find('a'.repeat(length), 'result', meter);
        return meter.steps;
      });
      expect((steps[1] ?? 0) / (steps[0] ?? 1), value).toBeLessThanOrEqual(2.05);
    }
  });

  it('stops at the work of one text, and says so', () => {
    const rules = compileRules([rule('pattern', '(?:[a-f][0-9]){200}x')]);
    const hits = rules.find('a'.repeat(200_000), 'result');
    expect(hits.map(({ facts }) => facts.code)).toEqual(['scan_truncated']);
  });

  it('works no more for many texts of one scan than for one', () => {
    const rules = compileRules(
      Array.from({ length: 20 }, (_, i) =>
        rule('pattern', `(?:a?){180}[a-z]{200}\\d{${1 + (i % 9)}}|zq${i}`, { id: `${i}` }),
      ),
    );
    expect(rules.faults).toEqual([]);
    const meter = { steps: 0 };
    const found = scanJson(
      Array.from({ length: 500 }, () => 'a'.repeat(200)),
      'result',
      { customRules: rules, meter },
    );
    expect(found.map(({ code }) => code)).toContain('scan_truncated');
    expect(meter.steps).toBeLessThan(customLimits.work * 1.2);
  });

  it('counts that each match may be looked for up to the end', () => {
    const meter = { steps: 0 };
    const rules = compileRules([rule('pattern', '(?s)a(?:.*b)?')]);
    expect(rules.find('a'.repeat(1_000), 'result', meter)).toHaveLength(customLimits.hitsPerRule);
    expect(meter.steps).toBeGreaterThan(4 * 1_000 * customLimits.hitsPerRule);
  });

  it('tries a rule that is not saved', () => {
    expect(tryCustomRule({ kind: 'pattern', value: 'ACME-[0-9]{4}' }, 'ref ACME-1234')).toMatchObject({
      problems: [],
      hits: [{ start: 4, end: 13 }],
    });
    expect(tryCustomRule({ kind: 'pattern', value: '(' }, 'x').problems).toHaveLength(1);
  });
});

describe('requiredLiteral', () => {
  it.each([
    ['ACME-[0-9]+', 'ACME-'],
    ['foo?bar', 'bar'],
    ['(abc)def', 'def'],
    ['\\bproject\\s+falcon\\b', 'project'],
    ['x{0,3}secret', 'secret'],
    ['a|b', undefined],
    ['(?i)secret', undefined],
    ['\\Qa|b\\Ec', undefined],
    ['[abc]+', undefined],
  ])('of %s is %s', (pattern, literal) => {
    expect(requiredLiteral(pattern)).toBe(literal);
  });
});
