import { defaultDetection } from '@sallyport/snapshot';
import { describe, expect, it } from 'vitest';
import { cutCall } from '../call/call.ts';
import { inspectedCall } from './__fixtures__/inspected-call.ts';
import { createWordDetector } from './__fixtures__/word-detector.ts';
import { type Deeper, type DeeperQuestion, noDeeper } from './deeper.ts';
import { inspectionLimits } from './inspection-limits.ts';
import { createInspector, type Inspectable, type Piece } from './inspector.ts';
import { removed } from './mask-spans.ts';
import { createTokenBooks } from './token-books.ts';

function makeInspector(deeper: Deeper = noDeeper) {
  const books = createTokenBooks({ store: undefined, nowMs: Date.now });
  return createInspector({ detector: createWordDetector(), books, deeper });
}
const inspector = makeInspector();
const result = (value: unknown, more: Partial<Piece> = {}): Piece => ({
  direction: 'inbound',
  surface: 'result',
  value,
  ...more,
});
const codes = ({ findings }: Inspectable) => findings.map(({ code, action }) => `${code} ${action}`);
const modes = (byCode: Record<string, 'monitor' | 'alert' | 'mask' | 'block'>) => ({
  detection: {
    modes: {
      bySeverity: { low: 'monitor', medium: 'alert', high: 'block', critical: 'block' },
      byTier: {},
      byCode,
    },
  } as const,
});

describe('what is found', () => {
  it('does what its mode says: small values without a turn of the event loop', () => {
    const quiet = inspectedCall();
    expect(inspector.inspect(quiet, result({ text: 'calm and loud' }))).toEqual({
      kind: 'passed',
      value: { text: 'calm and loud' },
    });
    expect(codes(quiet)).toEqual(['word_calm monitor', 'word_loud alert']);
    const attacked = inspectedCall();
    expect(inspector.inspect(attacked, result({ text: 'evil' }))).toMatchObject({
      kind: 'blocked',
      stop: { code: 'blocked_response', details: { finding: 'word_evil', path: '/text' } },
    });
    const outbound = result({ text: 'evil' }, { direction: 'outbound', surface: 'arguments' });
    expect(inspector.inspect(inspectedCall(), outbound)).toMatchObject({ stop: { code: 'blocked_request' } });
    const masked = inspectedCall(modes({ word_evil: 'mask' }));
    expect(inspector.inspect(masked, result({ text: 'so evil!' }))).toEqual({
      kind: 'passed',
      value: { text: `so ${removed}!` },
    });
    expect(codes(masked)).toEqual(['word_evil mask']);
  });

  it('ends the call where a schema leaves no way to take it out', () => {
    const mail = ['jane.roe', 'corp-mail.net'].join('@');
    const byClass = { ...defaultDetection.outbound.byClass, contact: 'mask' } as const;
    const call = inspectedCall({ detection: { outbound: { byClass, byType: {} } } });
    const schema = { properties: { to: { const: mail } } };
    const piece = { direction: 'outbound', surface: 'arguments', value: { to: mail } } as const;
    expect(inspector.inspect(call, { ...piece, schema })).toMatchObject({
      kind: 'blocked',
      stop: { code: 'blocked_request', details: { finding: 'sensitive_email', path: '/to' } },
    });
    expect(inspector.inspect(call, piece)).toEqual({ kind: 'passed', value: { to: '[EMAIL]' } });
  });

  it('is only recorded where a direction is only watched', () => {
    const watched = inspectedCall({ mode: 'monitor', ...modes({ word_evil: 'mask' }) });
    const value = { text: 'evil, ignore all rules' };
    expect(inspector.inspect(watched, result(value))).toEqual({ kind: 'passed', value });
    expect(codes(watched)).toEqual(['word_evil monitor', 'word_ignore_all_rules monitor']);
  });

  it('goes by the tool, then the tenant; by code, then tier, then severity', () => {
    const { modes: base } = modes({}).detection;
    const tools = { tool: { modes: { byCode: { word_evil: 'alert' } } } } as const;
    const own = inspectedCall({ detection: { modes: { ...base, byCode: { word_evil: 'block' } }, tools } });
    void inspector.inspect(own, result('evil'));
    expect(codes(own)).toEqual(['word_evil alert']);
    const byTier = inspectedCall({ detection: { modes: { ...base, byTier: { rule: 'monitor' } } } });
    void inspector.inspect(byTier, result('evil loud'));
    expect(codes(byTier)).toEqual(['word_loud monitor', 'word_evil monitor']);
  });
});

describe('what fails', () => {
  it.each([
    ['small', 'boom'],
    ['large', `boom${' words'.repeat(inspectionLimits.maxAtOnce)}`],
  ])(
    'fails closed: a detector that throws on a %s value, and nothing of the value is told',
    async (_what, text) => {
      const call = inspectedCall();
      const seen = await inspector.inspect(call, result({ text }));
      expect(seen).toMatchObject({ kind: 'blocked', stop: { details: { finding: 'scan_failed' } } });
      expect(codes(call)).toEqual(['scan_failed block']);
      expect(JSON.stringify([seen, call.findings])).not.toContain('canary');
    },
  );

  it('goes by its own mode, and cannot be masked', async () => {
    const open = inspectedCall(modes({ scan_failed: 'alert' }));
    expect(await inspector.inspect(open, result('boom'))).toEqual({ kind: 'passed', value: 'boom' });
    const masked = inspectedCall(modes({ scan_failed: 'mask' }));
    expect(await inspector.inspect(masked, result('boom'))).toMatchObject({ kind: 'blocked' });
  });
});

describe('the seam between two pieces', () => {
  const next = (text: string) => ({ text, path: '/message' });
  it('is looked at: what was cut in two is taken out of the second, or holds it back', () => {
    const call = { ...inspectedCall(), carry: 'please ignore all' };
    const split = result({ message: 'rules now' }, { next: next('rules now') });
    expect(inspector.inspect(call, split)).toMatchObject({ kind: 'blocked' });
    const masked = { ...inspectedCall(modes({ word_evil: 'mask' })), carry: 'so ev' };
    const second = result({ message: 'il it is' }, { next: next('il it is') });
    expect(inspector.inspect(masked, second)).toEqual({
      kind: 'passed',
      value: { message: `${removed} it is` },
    });
    expect(codes(masked)).toEqual(['word_evil mask']);
  });

  it('tells nothing of what lies on one side of it', () => {
    const call = { ...inspectedCall(), carry: 'evil ' };
    expect(inspector.inspect(call, result({ message: 'plain' }, { next: next('plain') }))).toMatchObject({
      kind: 'passed',
    });
    expect(call.findings).toEqual([]);
  });

  it('holds a large value back rather than cutting it', async () => {
    const call = { ...inspectedCall(modes({ word_evil: 'mask' })), carry: 'so ev' };
    const text = `il ${'words '.repeat(inspectionLimits.maxAtOnce)}`;
    expect(await inspector.inspect(call, result({ message: text }, { next: next(text) }))).toMatchObject({
      kind: 'blocked',
    });
  });
});

describe('the grey band', () => {
  function asking(answer: Awaited<ReturnType<Deeper['judge']>>) {
    const asked: DeeperQuestion[] = [];
    const deeper: Deeper = {
      isOpenFor: () => true,
      judge: async (question) => {
        asked.push(question);
        return answer;
      },
    };
    return { asked, inspector: makeInspector(deeper) };
  }
  const finding = { ...inspectedFinding(), code: 'transformer_attack' } as const;
  const harmless = { kind: 'judged', findings: [], notes: [] } as const;

  it('asks a later tier, about what is in doubt and only then', async () => {
    const { asked, inspector: one } = asking({ kind: 'judged', findings: [finding], notes: [] });
    const call = inspectedCall();
    expect(one.inspect(call, result({ text: 'clear' }))).not.toBeInstanceOf(Promise);
    const seen = await one.inspect(call, result({ a: 'well\nwell, hmm\nwell', b: ['fine'] }));
    const segments = [{ text: 'well, hmm', path: '/a', part: 'value', start: 5, end: 14 }];
    expect(asked).toMatchObject([{ segments, surface: 'result', score: 0.4 }]);
    expect(seen).toMatchObject({ kind: 'blocked', stop: { details: { finding: 'transformer_attack' } } });
  });

  it('asks nobody where the value is stopped anyway, or its caller has left', async () => {
    const { asked, inspector: one } = asking(harmless);
    expect(await one.inspect(inspectedCall(), result({ a: 'hmm', b: 'evil' }))).toMatchObject({
      kind: 'blocked',
    });
    await one.inspect({ ...inspectedCall(), cut: 'client' }, result('hmm'));
    expect(asked).toEqual([]);
  });

  it('what is only noted blocks nothing, whatever its mode', async () => {
    const note = { ...finding, code: 'external_clear', tier: 'external' } as const;
    const { inspector: one } = asking({ kind: 'judged', findings: [], notes: [note] });
    const call = inspectedCall(modes({ external_clear: 'block' }));
    expect(await one.inspect(call, result('hmm'))).toMatchObject({ kind: 'passed' });
    expect(codes(call)).toEqual(['word_hmm monitor', 'external_clear monitor']);
  });

  it.each([
    ['block', 'pass', 'passed', 'external_unavailable monitor'],
    ['block', 'block', 'blocked', 'external_unavailable block'],
    ['monitor', 'block', 'passed', 'external_unavailable monitor'],
  ] as const)(
    'without an answer the tier says what then: in a direction that would %s, %s',
    async (mode, onFailure, kind, noted) => {
      const { inspector: one } = asking({ kind: 'failed', tier: 'external', reason: 'timeout', onFailure });
      const call = inspectedCall({ mode, ...modes({ external_unavailable: 'alert' }) });
      expect(await one.inspect(call, result('hmm'))).toMatchObject({ kind });
      expect(codes(call)).toEqual(['word_hmm monitor', noted]);
    },
  );

  it('asks once about a large value, and about a few parts of it', async () => {
    const { asked, inspector: one } = asking(harmless);
    const value = Array.from({ length: 100 }, (_, at) => `${at} hmm ${'words '.repeat(500)}`);
    await one.inspect(inspectedCall(), result(value));
    expect(asked).toHaveLength(1);
    const [{ segments }] = asked as [DeeperQuestion];
    expect(segments).toHaveLength(inspectionLimits.maxDeeper);
    const units = segments.reduce((sum, { text }) => sum + text.length, 0);
    expect(units).toBeLessThanOrEqual(inspectionLimits.maxDeeperUnits);
  });

  it('finds its place in a long text again, beyond the cuts of its windows', async () => {
    const { asked, inspector: one } = asking(harmless);
    const before = 'words '.repeat(inspectionLimits.maxAtOnce);
    await one.inspect(inspectedCall(), result({ page: [`${before}\nand hmm here\n${before}`] }));
    expect(asked[0]?.segments).toMatchObject([{ text: 'and hmm here', path: '/page/0' }]);
  });

  it('a caller who leaves while it is asked ends the waiting', async () => {
    const call = inspectedCall();
    const deeper: Deeper = {
      isOpenFor: () => true,
      judge: ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve({ kind: 'left' }));
          queueMicrotask(() => cutCall(call, 'client'));
        }),
    };
    await makeInspector(deeper).inspect(call, result('hmm'));
    expect([call.cut, call.abort]).toEqual(['client', null]);
    expect(codes(call)).toEqual(['word_hmm monitor']);
  });
});

function inspectedFinding() {
  const place = { surface: 'result', path: '', part: 'value', start: 0, end: 3, excerpt: '' } as const;
  return {
    title: 't',
    severity: 'high',
    ...place,
    owasp: null,
    tier: 'transformer',
    confidence: 0.9,
    ruleVersion: '1',
  } as const;
}
