import { describe, expect, it } from 'vitest';
import { sampleRows, uuid } from './__fixtures__/sample-rows.ts';
import {
  buildSnapshot,
  defaultDetection,
  detectionLimits,
  detectionSettings,
  parseSnapshot,
  type SnapshotDetection,
  type StoredDetection,
  snapshotBody,
} from './index.ts';

const snapshot = buildSnapshot(sampleRows());
const parsed = (detection: object) => {
  const result = parseSnapshot(snapshotBody({ ...snapshot, detection: detection as SnapshotDetection }));
  return result.kind === 'ok' ? 'ok' : result.detail;
};
const withDetection = (change: object) => parsed({ ...snapshot.detection, ...change });
const rule = snapshot.detection.customRules[0];

describe('detection of a snapshot', () => {
  it('holds what differs from the defaults, tools that are in use, and rules that still apply', () => {
    const { detection } = snapshot;
    expect(detection.modes).toEqual({
      bySeverity: { low: 'monitor', medium: 'block', high: 'block', critical: 'block' },
      byTier: {},
      byCode: { hidden_text: 'mask' },
    });
    expect(detection.outbound).toEqual(defaultDetection.outbound);
    expect(detection.tools).toEqual({ [uuid(42)]: { roles: { '/n': 'identifier' }, tags: ['files'] } });
    // Rule 93 is for a tool that is not in use: it must not become one for every tool. Rule 94 is switched off.
    expect(detection.customRules.map(({ code, toolIds }) => [code, toolIds])).toEqual([
      ['custom_rule_91', null],
      ['custom_rule_92', [uuid(42)]],
    ]);
    expect(parsed(detection)).toBe('ok');
  });

  it('ignores what a later release stored', () => {
    const stored = { later: 1, modes: { bySeverity: { low: 'block', awful: 'block' } } } as StoredDetection;
    expect(detectionSettings(stored).modes.bySeverity).toEqual({
      ...defaultDetection.modes.bySeverity,
      low: 'block',
    });
  });

  it('is refused with anything that a worker does not know', () => {
    expect(withDetection({ later: true })).toContain('detection');
    expect(withDetection({ restoreTokens: 'sometimes' })).toContain('restoreTokens');
    const modes = (change: object) => withDetection({ modes: { ...snapshot.detection.modes, ...change } });
    expect(modes({ byCode: { hidden_text: 'explode' } })).toContain('modes');
    expect(modes({ byCode: { 'not a code': 'block' } })).toContain('modes');
    expect(modes({ byTier: { oracle: 'block' } })).toContain('modes');
    expect(modes({ bySeverity: { low: 'block' } })).toContain('modes');
    expect(withDetection({ inbound: { byClass: {}, byType: {} } })).toContain('inbound');
    const byType = { SHOE_SIZE: 'mask' };
    expect(withDetection({ inbound: { ...defaultDetection.inbound, byType } })).toContain('inbound');
    expect(withDetection({ tools: { nobody: {} } })).toContain('tools');
    expect(withDetection({ tools: { [uuid(42)]: { roles: { n: 'sql' } } } })).toContain('tools');
    expect(withDetection({ external: { ...snapshot.detection.external, url: 'ftp://x.test' } })).toContain(
      'external',
    );
  });

  it('is refused beyond its limits', () => {
    const rules = Array.from({ length: 10_001 }, (_, n) => ({ ...rule, code: `custom_${n}` }));
    expect(withDetection({ customRules: rules })).toContain('customRules');
    expect(withDetection({ customRules: rules.slice(0, detectionLimits.maxCustomRules) })).toBe('ok');
    const long = { ...rule, value: 'x'.repeat(detectionLimits.maxRuleValueLength + 1) };
    expect(withDetection({ customRules: [long] })).toContain('customRules');
    expect(withDetection({ customRules: [{ ...rule, code: 'hidden_text' }] })).toContain('customRules');
    const many = (count: number, entry: (n: number) => readonly [string, string]) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => entry(n)));
    const byCode = many(detectionLimits.maxEntries + 1, (n) => [`code_${n}`, 'alert']);
    expect(withDetection({ modes: { ...snapshot.detection.modes, byCode } })).toContain('modes');
    const roles = many(detectionLimits.maxRoles + 1, (n) => [`/a${n}`, 'sql']);
    expect(withDetection({ tools: { [uuid(42)]: { roles } } })).toContain('tools');
  });
});
