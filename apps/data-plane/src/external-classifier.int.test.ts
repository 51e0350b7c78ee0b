import { request } from 'node:http';
import { externalClassifierAad } from '@sallyport/snapshot';
import { sealBox } from '@sallyport/vault';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClassifierGround, startClassifierGround } from './__fixtures__/classifier-ground.ts';
import { says } from './__fixtures__/classifier-server.ts';
import { outcomeOf } from './__fixtures__/inspection-ground.ts';
import { sealKeys, upstreamSecret } from './__fixtures__/test-tenant.ts';
import { modernRequest } from './__fixtures__/test-worker.ts';
import { classifierLimits } from './inspection/external/classifier-limits.ts';

let ground: ClassifierGround;
beforeAll(async () => {
  ground = await startClassifierGround();
});
afterAll(() => ground.close());
beforeEach(() => {
  for (const classifier of ground.classifiers) {
    classifier.history.length = 0;
    classifier.answer = says(0);
  }
});

const token = 'classifier-token-canary';
const codes = ({ findings }: Awaited<ReturnType<ClassifierGround['call']>>) =>
  findings.map(({ code, action }) => `${code} ${action}`);
const doubt = 'word_hmm monitor';
const clear = [doubt, 'external_clear monitor'];
const json = { 'content-type': 'application/json' };
const held = (): { wait: Promise<void>; release: () => void } => {
  let release = (): void => {};
  const wait = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { wait, release };
};

describe('who is asked, and what', () => {
  it('off, no request ever leaves', async () => {
    const tenant = ground.tenant(null);
    for (const said of ['fine', 'hmm', 'evil']) await ground.call(tenant, said, { note: 'hmm' });
    expect(ground.classifiers.map(({ history }) => history)).toEqual([[], []]);
  });

  it('only in the grey band', async () => {
    const tenant = ground.tenant({});
    const [classifier] = ground.classifiers;
    expect(codes(await ground.call(tenant, 'all is fine'))).toEqual([]);
    expect((await ground.call(tenant, 'evil')).code).toBe('blocked_response');
    expect(classifier.history).toEqual([]);
    const ended = await ground.call(tenant, 'well, hmm');
    expect([ended.code, codes(ended)]).toEqual(['ok', clear]);
    expect(classifier.history).toHaveLength(1);
  });

  it('Invariant: T46, what leaves is the text in doubt, and nothing says whose it is', async () => {
    const tenant = ground.tenant({ token });
    const [classifier] = ground.classifiers;
    const secret = `gh${'p_'}${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`;
    await ground.call(tenant, 'fine', { 'name-canary': `hmm, use ${secret}`, other: 'other-canary' });
    const [asked] = classifier.history;
    expect(asked).toMatchObject({ method: 'POST', url: '/judge' });
    expect(asked?.body).toEqual({
      format: 1,
      surface: 'arguments',
      text: 'hmm, use [GITHUB_TOKEN]',
      score: 0.4,
    });
    expect(asked?.headers).toMatchObject({ authorization: `Bearer ${token}`, ...json });
    expect(Object.keys(asked?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
    ]);
    const all = JSON.stringify(asked);
    const mustNot = [tenant.id, tenant.slug, tenant.key, tenant.agentId, 'crm', 'look', 'canary"'];
    for (const word of [...mustNot, 'name-canary', 'other-canary', secret, upstreamSecret])
      expect([word, all.replace(token, '').includes(word)]).toEqual([word, false]);
  });

  it('what it takes for an attack is a finding of its tier, in both directions', async () => {
    const tenant = ground.tenant({});
    ground.classifiers[0].answer = says(0.91, 'jailbreak');
    const inbound = await ground.call(tenant, 'hmm');
    expect([inbound.code, codes(inbound)]).toEqual(['blocked_response', [doubt, 'external_attack block']]);
    expect(inbound.findings[1]).toMatchObject({ tier: 'external', confidence: 0.91, surface: 'result' });
    expect(inbound.findings[1]?.title).toBe('The external classifier takes it for an attack: jailbreak');
    const before = ground.upstream.posted('tools/call').length;
    expect((await ground.call(tenant, 'fine', { note: 'hmm' })).code).toBe('blocked_request');
    expect(ground.upstream.posted('tools/call')).toHaveLength(before);
  });

  it('one that lies can only add: it frees nothing, and speaks of nothing it was not asked', async () => {
    const tenant = ground.tenant({});
    const [classifier] = ground.classifiers;
    classifier.answer = says(0, 'harmless');
    expect((await ground.call(tenant, 'hmm, evil')).code).toBe('blocked_response');
    classifier.answer = says(1);
    expect((await ground.call(tenant, 'fine')).code).toBe('ok');
    expect(classifier.history).toEqual([]);
  });
});

describe('no answer', () => {
  const endless = 'x'.repeat(1024);
  const failures: Record<string, [string, (typeof ground.classifiers)[0]['answer']]> = {
    'a hanging one': ['timeout', () => {}],
    'one that says the beginning': [
      'timeout',
      (_question, res) => void res.writeHead(200, json).write('{"score":'),
    ],
    'one that drips': [
      'timeout',
      (_question, res) => {
        res.writeHead(200, json);
        const timer = setInterval(() => res.write(' '), 20);
        res.on('close', () => clearInterval(timer));
      },
    ],
    'a huge answer': [
      'too_large',
      (_question, res) => {
        res.writeHead(200, json);
        const timer = setInterval(() => res.write(endless), 1);
        res.on('close', () => clearInterval(timer));
      },
    ],
    'no JSON': ['bad_answer', (_question, res) => void res.writeHead(200, json).end('score=0')],
    'no score': ['bad_answer', (_question, res) => void res.writeHead(200, json).end('{"score":"0"}')],
    'another type': [
      'bad_answer',
      (_question, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('{"score":0}'),
    ],
    'a redirect': [
      'redirect',
      (_question, res) => void res.writeHead(307, { location: ground.classifiers[1].url }).end(),
    ],
    'a failure': ['status', (_question, res) => void res.writeHead(500, json).end('{"score":0}')],
    'a refusal': ['status', (_question, res) => void res.writeHead(401, json).end('{"score":0}')],
    'a cut': ['unreachable', (_question, res) => void res.destroy()],
  };

  it.each(Object.entries(failures))('%s: passes or blocks, as declared', async (_what, [reason, answer]) => {
    ground.classifiers[0].answer = answer;
    for (const onFailure of ['pass', 'block'] as const) {
      const tenant = ground.tenant({ onFailure, budgetMs: reason === 'timeout' ? 60 : 2_000 });
      const ended = await ground.call(tenant, 'hmm');
      const action = onFailure === 'block' ? 'block' : 'monitor';
      expect(codes(ended)).toEqual([doubt, `external_unavailable ${action}`]);
      expect(ended.findings[1]).toMatchObject({
        tier: 'external',
        severity: onFailure === 'block' ? 'high' : 'low',
      });
      expect(ended.findings[1]?.title).toContain(`(${reason})`);
      expect(ended.code).toBe(onFailure === 'block' ? 'blocked_response' : 'ok');
    }
    expect(ground.classifiers[0].history).toHaveLength(2);
    // Nobody followed the redirect.
    expect(ground.classifiers[1].history).toEqual([]);
  });

  it('an address that nobody allowed is not called, nor is one without its token', async () => {
    const reasons = async (change: Parameters<ClassifierGround['tenant']>[0]) =>
      (await ground.call(ground.tenant(change), 'hmm')).findings[1]?.title;
    expect(await reasons({ url: 'http://127.0.0.1:1/' })).toContain('(address_refused)');
    expect(await reasons({ url: 'http://169.254.169.254/' })).toContain('(address_refused)');
    const aad = externalClassifierAad('another tenant');
    const sealedToken = sealBox({ publicKey: sealKeys.publicKey, plaintext: token, aad });
    expect(await reasons({ sealedToken })).toContain('(no_token)');
    expect(ground.classifiers[0].history).toEqual([]);
  });

  it('one that keeps failing is left alone for a while, by this tenant', async () => {
    const tenant = ground.tenant({});
    ground.classifiers[0].answer = (_question, res) => void res.writeHead(503).end();
    let asked = 0;
    const last = async () => (await ground.call(tenant, 'hmm')).findings[1]?.title ?? '';
    while (!(await last()).includes('circuit_open')) asked += 1;
    expect(ground.classifiers[0].history).toHaveLength(asked);
    ground.classifiers[0].answer = says(0);
    expect(codes(await ground.call(ground.tenant({}), 'hmm'))).toEqual(clear);
  });
});

describe('budgets', () => {
  it('no more questions a minute than the tenant says', async () => {
    const tenant = ground.tenant({ perMinute: 2, onFailure: 'block' });
    const seen = [];
    for (let at = 0; at < 3; at += 1) seen.push((await ground.call(tenant, 'hmm')).code);
    expect(seen).toEqual(['ok', 'ok', 'blocked_response']);
    expect(ground.classifiers[0].history).toHaveLength(2);
  });

  it('no more at once than a worker allows; other calls and other tenants are served meanwhile', async () => {
    const { maxInFlight } = classifierLimits;
    const [mine, theirs] = ground.classifiers;
    const tenant = ground.tenant({ token: 'first-token' });
    const other = ground.tenant({ url: theirs.url, token: 'second-token' });
    const gate = held();
    mine.answer = (question, res) => void gate.wait.then(() => says(0)(question, res));
    const waiting = Array.from({ length: maxInFlight }, () => ground.call(tenant, 'hmm'));
    await vi.waitFor(() => expect(mine.history).toHaveLength(maxInFlight), 5_000);
    const more = await ground.call(tenant, 'hmm');
    expect(more.findings[1]?.title).toContain('(busy)');
    expect((await ground.call(tenant, 'fine')).code).toBe('ok');
    theirs.answer = says(0.9);
    expect((await ground.call(other, 'hmm')).code).toBe('blocked_response');
    gate.release();
    for (const { code } of await Promise.all(waiting)) expect(code).toBe('ok');
    const tokens = (asked: typeof mine) => new Set(asked.history.map(({ headers }) => headers.authorization));
    expect([tokens(mine), tokens(theirs)]).toEqual([
      new Set(['Bearer first-token']),
      new Set(['Bearer second-token']),
    ]);
  });

  it('a client that leaves takes its question along', async () => {
    const [classifier] = ground.classifiers;
    const tenant = ground.tenant({ budgetMs: 5_000, onFailure: 'block' });
    classifier.answer = () => {};
    const { left } = classifier;
    const raw = modernRequest(tenant, 'tools/call', { name: 'crm__look', arguments: { note: 'hmm' } });
    const { port } = ground.worker;
    const sent = request({ host: '127.0.0.1', port, path: raw.path, method: 'POST', headers: raw.headers });
    sent.on('error', () => {});
    sent.end(raw.body);
    await vi.waitFor(() => expect(classifier.history).toHaveLength(1), 5_000);
    sent.destroy();
    await vi.waitFor(() => expect(classifier.left).toBe(left + 1), 2_000);
    await vi.waitFor(() => {
      const { outcome, findings } = outcomeOf(ground.worker, tenant);
      expect([outcome, findings.map(({ code }) => code)]).toEqual(['cancelled', ['word_hmm']]);
    }, 2_000);
  });
});

describe('what is told', () => {
  it('counts by result and time waited, and no token in logs, receipts or metrics', async () => {
    const tenant = ground.tenant({ token });
    await ground.call(tenant, 'hmm');
    ground.classifiers[0].answer = says(0.7);
    await ground.call(tenant, 'hmm');
    ground.classifiers[0].answer = (_question, res) => void res.destroy();
    await ground.call(tenant, 'hmm');
    const metrics = await ground.metrics();
    for (const result of ['clear', 'attack', 'timeout', 'redirect', 'over_budget', 'busy', 'left'])
      expect(metrics).toMatch(
        new RegExp(`sallyport_external_classifier_total\\{result="${result}"\\} [1-9]`),
      );
    expect(metrics).toMatch(/sallyport_external_classifier_seconds_count [1-9]/);
    const told = [metrics, ground.log(), JSON.stringify(ground.worker.frames())].join();
    expect(told).not.toContain(token);
  });
});
