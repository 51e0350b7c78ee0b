import { openBox } from '@sallyport/vault';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  callTool,
  type InspectionGround,
  onlyTypes,
  outcomeOf,
  said,
  startInspectionGround,
  text,
  tokenise,
} from './__fixtures__/inspection-ground.ts';
import { codeOf } from './__fixtures__/test-worker.ts';

let ground: InspectionGround;
beforeAll(async () => {
  ground = await startInspectionGround();
});
afterAll(() => ground.close());
beforeEach(() => {
  ground.answers.mail = () => text('well');
  ground.answers.crm = () => text('well');
});

const names = Array.from({ length: 100 }, (_, at) => `t${at}`).values();
const slug = () => names.next().value ?? '';
const ada = 'ada.lovelace@analytical.example.org';
const bob = 'bob.babbage@difference.example.org';
const emails = { inbound: tokenise('EMAIL') } as const;
const sent = () => ground.mail.posted('tools/call').at(-1)?.params.arguments;
const codes = (findings: readonly { code: string; action?: string }[]) =>
  findings.map(({ code, action }) => `${code} ${action}`);
/** Made here: no repository holds a live-looking one. */
const secret = () => `gh${'p_'}${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`;

describe('tokens of a session', () => {
  it('an address that the model sees as a token goes back as itself, on any worker', async () => {
    const tenant = ground.tenant(slug(), emails);
    ground.answers.mail = (args) => text(`Contact: ${args.to ?? ada}.`);
    const looked = await callTool(ground.workers[0], tenant, 'mail__look', {});
    expect(said(looked)).toBe('Contact: <EMAIL_1>.');
    // The token fits no address: it is one again before the schema is asked.
    const answered = await callTool(ground.workers[1], tenant, 'mail__send', { to: '<EMAIL_1>', text: 'hi' });
    expect(sent()).toEqual({ to: ada, text: 'hi' });
    expect(said(answered)).toBe('Contact: <EMAIL_1>.');
    expect(codes(outcomeOf(ground.workers[0], tenant).findings)).toEqual(['sensitive_email tokenise']);
  });

  it('two tenants side by side never see what the tokens of the other stand for', async () => {
    const [acme, other] = [ground.tenant(slug(), emails), ground.tenant(slug(), emails)];
    const values = new Map([
      [acme, ada],
      [other, bob],
    ]);
    const seen: string[] = [];
    for (const [tenant, value] of values) {
      ground.answers.mail = () => text(value);
      seen.push(said(await callTool(ground.workers[0], tenant, 'mail__look', {})));
    }
    expect(seen).toEqual(['<EMAIL_1>', '<EMAIL_1>']);
    ground.answers.mail = () => text('well');
    for (const [tenant, value] of values) {
      await callTool(ground.workers[1], tenant, 'mail__send', { to: '<EMAIL_1>' });
      expect(sent()).toEqual({ to: value });
    }
  });

  it('a token of one server stays a token for another, unless the tenant allows it', async () => {
    const strict = ground.tenant(slug(), emails);
    const open = ground.tenant(slug(), { ...emails, restoreTokens: 'always' });
    ground.answers.mail = () => text(ada);
    for (const tenant of [strict, open]) await callTool(ground.workers[0], tenant, 'mail__look', {});
    const asked = () => ground.crm.posted('tools/call').at(-1)?.params.arguments;
    await callTool(ground.workers[1], strict, 'crm__look', { who: 'of <EMAIL_1>' });
    expect(asked()).toEqual({ who: 'of <EMAIL_1>' });
    expect(codes(outcomeOf(ground.workers[1], strict).findings)).toEqual(['token_withheld monitor']);
    await callTool(ground.workers[1], open, 'crm__look', { who: 'of <EMAIL_1>' });
    expect(asked()).toEqual({ who: `of ${ada}` });
  });

  it('policies judge what leaves, not the token', async () => {
    const policies = [
      'permit(principal, action, resource);',
      `@reason("not him") forbid(principal, action, resource) when { context.args has to && context.args.to == "${ada}" };`,
    ];
    const tenant = ground.tenant(slug(), emails, { policies });
    ground.answers.mail = () => text(ada);
    await callTool(ground.workers[0], tenant, 'mail__look', {});
    const before = ground.mail.posted('tools/call').length;
    expect(codeOf(await callTool(ground.workers[1], tenant, 'mail__send', { to: '<EMAIL_1>' }))).toBe(
      'denied',
    );
    expect(ground.mail.posted('tools/call')).toHaveLength(before);
  });

  it('with Redis emptied a token is unknown: it stays as it is, and a finding says so', async () => {
    const tenant = ground.tenant(slug(), emails);
    ground.answers.mail = () => text(ada);
    await callTool(ground.workers[0], tenant, 'mail__look', {});
    const redis = ground.redis.connect();
    await redis.flushall();
    redis.disconnect();
    ground.answers.mail = () => text('well');
    for (const worker of ground.workers) {
      await callTool(worker, tenant, 'mail__look', { who: '<EMAIL_1>' });
      expect(sent()).toEqual({ who: '<EMAIL_1>' });
      expect(codes(outcomeOf(worker, tenant).findings)[0]).toBe('token_unknown monitor');
    }
  });

  it('without Redis what would become a token is masked', async () => {
    const tenant = ground.tenant(slug(), emails);
    ground.answers.mail = () => text(`Contact: ${ada}.`);
    const alone = await ground.startWorker({ redisUrl: undefined });
    try {
      alone.worker.config.offer(tenant.id, tenant.publish());
      const seen = said(await callTool(alone, tenant, 'mail__look', {}));
      expect(seen).not.toContain(ada);
      expect(seen).not.toContain('<EMAIL_1>');
      expect(codes(outcomeOf(alone, tenant).findings)).toEqual(['sensitive_email mask']);
    } finally {
      await alone.close();
    }
  });
});

describe('what is kept of a call', () => {
  it('shows neither what was caught nor what a token stood for', async () => {
    const policy = { ...emails, outbound: onlyTypes({ GITHUB_TOKEN: 'alert' }) };
    const modes = {
      bySeverity: { low: 'monitor', medium: 'monitor', high: 'monitor', critical: 'monitor' },
      byTier: {},
      byCode: {},
    } as const;
    const tenant = ground.tenant(slug(), { ...policy, modes }, { settings: { keepBodies: true } });
    ground.answers.mail = () => text(`Contact: ${ada}.`);
    const [worker] = ground.workers;
    await callTool(worker, tenant, 'mail__look', {});
    const key = secret();
    await callTool(worker, tenant, 'mail__look', { who: '<EMAIL_1>', note: `use ${key}` });
    expect(sent()).toEqual({ who: ada, note: `use ${key}` });
    const frames = worker.frames().filter((frame) => 'tenantId' in frame && frame.tenantId === tenant.id);
    const bodies = frames.flatMap((frame) => {
      if (frame.kind !== 'outcome' || !frame.bodies) return [];
      const open = (box: string | null, part: string) =>
        box === null
          ? ''
          : Buffer.from(
              openBox({
                privateKey: ground.bodyPrivateKey,
                box,
                aad: `${tenant.id}|${frame.callId}|${part}`,
              }),
            ).toString();
      return [open(frame.bodies.args, 'args'), open(frame.bodies.result, 'result')];
    });
    expect(bodies).toHaveLength(4);
    expect(bodies[2]).toContain('<EMAIL_1>');
    const kept = JSON.stringify([frames, bodies]);
    expect(kept).not.toContain(ada);
    expect(kept).not.toContain(key);
    expect(codes(outcomeOf(worker, tenant).findings)).toContain('sensitive_github_token alert');
  });
});

describe('redaction', () => {
  it('takes out of arguments what must not leave, and the digest is of what left', async () => {
    const tenant = ground.tenant(slug(), { outbound: onlyTypes({ EMAIL: 'mask' }) });
    const plain = { note: 'write to nobody' };
    await callTool(ground.workers[0], tenant, 'mail__look', plain);
    await callTool(ground.workers[0], tenant, 'mail__look', { note: `write to ${ada}` });
    expect(JSON.stringify(sent())).not.toContain(ada);
    expect(sent().note).toContain('write to');
    const { argsDigest } = outcomeOf(ground.workers[0], tenant);
    const { hash } = await import('node:crypto');
    expect(argsDigest).toBe(hash('sha256', JSON.stringify(sent()), 'hex'));
  });

  it('blocks where the tenant says so, naming the type and never the value', async () => {
    const tenant = ground.tenant(slug(), { outbound: onlyTypes({ EMAIL: 'block' }) });
    const before = ground.mail.posted('tools/call').length;
    const seen = await callTool(ground.workers[0], tenant, 'mail__look', { note: `write to ${ada}` });
    expect(codeOf(seen)).toBe('blocked_request');
    expect(seen.text).toContain('sensitive_email');
    expect(seen.text).not.toContain(ada);
    expect(ground.mail.posted('tools/call')).toHaveLength(before);
    expect(JSON.stringify(outcomeOf(ground.workers[0], tenant))).not.toContain(ada);
  });

  it('arguments that would not fit their schema any more do not leave', async () => {
    const tenant = ground.tenant(slug(), { outbound: tokenise('EMAIL') });
    const before = ground.mail.posted('tools/call').length;
    const seen = await callTool(ground.workers[0], tenant, 'mail__send', { to: ada });
    const [reached] = ground.mail.posted('tools/call').slice(before);
    // The lib may leave the value for its schema's sake and say so, or the stage refuses; the value never leaves.
    if (reached) expect(reached.params.arguments.to).not.toContain(ada);
    else expect(codeOf(seen)).toBe('blocked_request');
  });

  it('reaches structured content, embedded text and blobs of text', async () => {
    const tenant = ground.tenant(slug(), { inbound: onlyTypes({ EMAIL: 'mask' }) });
    const blob = Buffer.from(`Contact: ${ada}`).toString('base64');
    ground.answers.mail = () => ({
      content: [
        { type: 'text', text: `Contact: ${ada}` },
        { type: 'resource', resource: { uri: 'file:///a', mimeType: 'text/plain', blob } },
        { type: 'resource', resource: { uri: 'file:///b', text: `Contact: ${ada}` } },
      ],
      structuredContent: { people: [{ email: ada, age: 36 }] },
    });
    const { json, text: whole } = await callTool(ground.workers[0], tenant, 'mail__look', {});
    expect(whole).not.toContain(ada);
    expect(whole).not.toContain(blob);
    const { resource } = json.result.content[1];
    expect(Buffer.from(resource.blob, 'base64').toString()).toMatch(/^Contact: /);
    expect(json.result.structuredContent.people[0].age).toBe(36);
  });

  it('reaches errors of the upstream', async () => {
    const tenant = ground.tenant(slug(), { inbound: onlyTypes({ EMAIL: 'mask' }) });
    ground.answers.mail = () => ({
      error: { code: -32_000, message: `no such user ${ada}`, data: { who: ada } },
    });
    const { json, text: whole } = await callTool(ground.workers[0], tenant, 'mail__look', {});
    expect(json.error).toMatchObject({ code: -32_000 });
    expect(whole).not.toContain(ada);
  });
});

describe('a tenant of its own mind', () => {
  const rule = {
    id: '00000000-0000-4000-8000-000000000001',
    code: 'custom_zeus',
    title: 'A project that nobody names outside',
    kind: 'keywords',
    value: 'project zeus',
    surfaces: ['arguments'],
    severity: 'high',
    toolIds: null,
  } as const;

  it('stops what its own rules name', async () => {
    const tenant = ground.tenant(slug(), { customRules: [rule] });
    const seen = await callTool(ground.workers[0], tenant, 'mail__look', { note: 'about Project Zeus' });
    expect(codeOf(seen)).toBe('blocked_request');
    expect(outcomeOf(ground.workers[0], tenant).findings).toMatchObject([
      { code: 'custom_zeus', tier: 'custom', action: 'block', path: '/note' },
    ]);
    ground.answers.mail = () => text('about project zeus');
    expect(said(await callTool(ground.workers[0], tenant, 'mail__look', {}))).toBe('about project zeus');
  });

  it('that only watches sees everything, and changes nothing', async () => {
    const settings = { requestInspection: 'monitor', responseInspection: 'monitor' } as const;
    const policies = { outbound: onlyTypes({ EMAIL: 'block' }), inbound: tokenise('EMAIL') };
    const tenant = ground.tenant(slug(), { ...policies, customRules: [rule] }, { settings });
    ground.answers.mail = () => text(`Contact: ${ada}`);
    const seen = await callTool(ground.workers[0], tenant, 'mail__look', { note: `project zeus, ${bob}` });
    expect(said(seen)).toBe(`Contact: ${ada}`);
    expect(sent()).toEqual({ note: `project zeus, ${bob}` });
    const outcome = outcomeOf(ground.workers[0], tenant);
    expect(codes(outcome.findings).sort()).toEqual([
      'custom_zeus monitor',
      'sensitive_email monitor',
      'sensitive_email monitor',
    ]);
    expect(JSON.stringify(outcome)).not.toContain('example.org');
  });

  it('takes out of a long result what it must, wherever it stands', async () => {
    const tenant = ground.tenant(slug(), { inbound: onlyTypes({ EMAIL: 'mask' }) });
    const page = 'plain words of a long page. '.repeat(3_000);
    ground.answers.mail = () => ({
      content: [{ type: 'text', text: `${page}${ada} ${page}` }],
      structuredContent: {
        rows: Array.from({ length: 2_000 }, (_, at) => ({ at, who: at === 1_777 ? bob : 'x' })),
      },
    });
    const { json, text: whole } = await callTool(ground.workers[0], tenant, 'mail__look', {});
    expect(whole).not.toContain('example.org');
    expect(json.result.content[0].text).toBe(`${page}[EMAIL] ${page}`);
    expect(json.result.structuredContent.rows[1_777]).toEqual({ at: 1_777, who: '[EMAIL]' });
    expect(json.result.structuredContent.rows).toHaveLength(2_000);
    expect(
      outcomeOf(ground.workers[0], tenant)
        .findings.map(({ path }) => path)
        .sort(),
    ).toEqual(['/content/0/text', '/structuredContent/rows/1777/who']);
  });
});
