import type { TenantId } from '@sallyport/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callFrames, slice, spool } from '../testing/frames.ts';
import { type Browser, startTestControlPlane, type TestControlPlane } from '../testing/test-control-plane.ts';

const finding = (code: string, extra: object = {}) => ({
  code,
  title: code,
  severity: 'high',
  surface: 'result',
  path: '/content/0/text',
  start: 4,
  end: 20,
  excerpt: 'ignore all previous rules',
  owasp: null,
  ...extra,
});

describe('findings of a tenant', () => {
  let plane: TestControlPlane;
  let tenantId: TenantId;
  let owner: Browser;
  beforeAll(async () => {
    plane = await startTestControlPlane();
    tenantId = await plane.createTenant('detect');
    owner = await plane.signIn({ email: 'o@detect.example', tenantId });
  });
  afterAll(() => plane.close());

  const ask = async (document: string, variables: object = {}, browser = owner) => {
    const answer = await plane.graphql(browser, document, variables);
    expect(answer.errors).toEqual([]);
    return answer.data;
  };
  const codeOf = async (document: string, variables: object = {}, browser = owner) =>
    (await plane.graphql(browser, document, variables)).errors[0]?.extensions.code;
  it('counts findings once however often their batch comes', async () => {
    const found = [
      finding('zero_width', { tier: 'rule', confidence: 0.8, action: 'block' }),
      finding('zero_width', { tier: 'rule', confidence: 0.8, action: 'block' }),
      finding('sensitive_email', { tier: 'rule', confidence: 0.9, action: 'mask', surface: 'arguments' }),
      finding('of_an_older_worker'),
      finding('NOT A CODE', { tier: 'x'.repeat(30), confidence: 0.1, action: 'monitor' }),
    ];
    const frames = Array.from({ length: 10 }, () => callFrames(tenantId, { findings: found }).outcome);
    const batch = spool('spool-detect', frames);
    await plane.ingest(slice(batch, 1, 6));
    await Promise.all([
      plane.ingest(slice(batch, 4, 10)),
      plane.ingest(slice(batch, 4, 10)),
      plane.ingest(batch),
    ]);
    const rows = await plane.database.admin<object>(
      `SELECT code, tier, direction, action, sum(count)::int AS count FROM detection_count
       WHERE tenant_id = $1 AND direction <> 'definition' GROUP BY 1, 2, 3, 4 ORDER BY 1`,
      [tenantId],
    );
    expect(rows).toEqual([
      { code: 'of_an_older_worker', tier: 'rule', direction: 'response', action: 'monitor', count: 10 },
      { code: 'sensitive_email', tier: 'rule', direction: 'request', action: 'mask', count: 10 },
      { code: 'unknown', tier: 'rule', direction: 'response', action: 'monitor', count: 10 },
      { code: 'zero_width', tier: 'rule', direction: 'response', action: 'block', count: 20 },
    ]);
    const { detection, detectionSeries } = await ask(
      `query($from: DateTime!, $to: DateTime!) { detection { rules { code counts7d { block } }
         sensitiveTypes { type counts7d { mask } } }
       detectionSeries(from: $from, to: $to, bucket: DAY) { at block mask monitor overridden } }`,
      { from: new Date(Date.now() - 86_400_000), to: new Date() },
    );
    expect(detection.rules).toContainEqual({ code: 'zero_width', counts7d: { block: 20 } });
    expect(detection.sensitiveTypes).toContainEqual({ type: 'EMAIL', counts7d: { mask: 10 } });
    const total = detectionSeries.reduce((sum: number, row: { block: number }) => sum + row.block, 0);
    expect(total).toBe(20);
  });

  it('takes verdicts, the last word counts, and says how precise a rule is', async () => {
    const found = [
      finding('secret_file', { tier: 'rule', confidence: 0.5, action: 'alert' }),
      finding('bidi_mark'),
    ];
    const { outcome } = callFrames(tenantId, { findings: found });
    await plane.ingest(spool('spool-verdict', [outcome]));
    const { calls } = await ask('{ calls(first: 1) { nodes { id } } }');
    const callId = calls.nodes[0].id;
    const give = 'mutation($i: VerdictInput!) { giveVerdict(input: $i) { id code tier verdict note by } }';
    const first = await ask(give, { i: { callId, findingIndex: 0, verdict: 'CONFIRMED' } });
    const again = await ask(give, {
      i: { callId, findingIndex: 0, verdict: 'OVERRIDDEN', note: ' a fixture ' },
    });
    expect(again.giveVerdict).toMatchObject({
      code: 'secret_file',
      verdict: 'OVERRIDDEN',
      note: 'a fixture',
    });
    expect(again.giveVerdict.id).toBe(first.giveVerdict.id);
    await ask(give, { i: { callId, findingIndex: 1, verdict: 'CONFIRMED' } });
    expect(await codeOf(give, { i: { callId, findingIndex: 2, verdict: 'CONFIRMED' } })).toBe('not_found');
    expect(await codeOf(give, { i: { callId, findingIndex: -1, verdict: 'CONFIRMED' } })).toBe('not_found');
    const { call, detection, detectionVerdicts } = await ask(
      `query($id: ID!) { call(id: $id) { findings { code tier confidence action verdict { verdict by } } }
        detection { rules { code confirmed overridden precision } }
        detectionVerdicts(filter: { verdict: OVERRIDDEN }) { nodes { callId code } } }`,
      { id: callId },
    );
    expect(call.findings[0]).toMatchObject({
      tier: 'RULE',
      confidence: 0.5,
      action: 'ALERT',
      verdict: { verdict: 'OVERRIDDEN' },
    });
    expect(call.findings[1]).toMatchObject({
      confidence: null,
      action: null,
      verdict: { verdict: 'CONFIRMED' },
    });
    expect(detection.rules).toContainEqual({ code: 'bidi_mark', confirmed: 1, overridden: 0, precision: 1 });
    expect(detection.rules).toContainEqual({
      code: 'secret_file',
      confirmed: 0,
      overridden: 1,
      precision: 0,
    });
    expect(detectionVerdicts.nodes).toEqual([{ callId, code: 'secret_file' }]);
    const viewer = await plane.signIn({ email: 'v@detect.example', tenantId, roles: ['viewer'] });
    expect(await codeOf(give, { i: { callId, findingIndex: 0, verdict: 'CONFIRMED' } }, viewer)).toBe(
      'forbidden',
    );
    const update = 'mutation { updateDetection(input: {}) { publication { version } } }';
    expect(await codeOf(update, {}, viewer)).toBe('forbidden');
  });
});
