import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toWireId } from '@sallyport/kernel';
import { snapshotLimits } from '@sallyport/snapshot';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callTool, refusalCode } from '../agent-call.ts';
import { type ConsoleSession, signIn } from '../console-session.ts';
import { eventually } from '../eventually.ts';
import { query } from '../receipts.ts';
import { type Stack, startStack } from '../stack.ts';

let stack: Stack;
let redis: Redis;
let owner: ConsoleSession;
let tenantId: string;

beforeAll(async () => {
  stack = await startStack();
  redis = new Redis(stack.redisUrl, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {});
  owner = await signIn(stack.consoleUrl, await stack.loginLink());
  const [row] = await query<{ id: string }>(stack.adminUrl, "SELECT id FROM tenant WHERE slug = 'demo'");
  tenantId = row?.id ?? '';
});
afterAll(async () => {
  redis?.disconnect();
  await stack?.stop();
});

interface WireEnvelope {
  kid: string;
  tenantId: string;
  version: number;
  revSeq: number;
  kind: string;
  body: string;
  sig: string;
}

const envelopeKey = () => `sp:{cfg}:env:${tenantId}`;
const published = async () => JSON.parse((await redis.get(envelopeKey())) ?? '{}') as WireEnvelope;

/** Puts an envelope where the publisher puts them, with all the bells a worker listens to. */
async function plant(envelope: WireEnvelope | string, version: number): Promise<void> {
  const text = typeof envelope === 'string' ? envelope : JSON.stringify(envelope);
  await redis
    .multi()
    .set(envelopeKey(), text)
    .hset('sp:{cfg}:heads', tenantId, String(version))
    .xadd('sp:{cfg}:log', '*', 'tenant', tenantId, 'version', String(version))
    .publish('sp:{cfg}:wake', tenantId)
    .exec();
}

async function refusals(): Promise<readonly string[]> {
  const publication = await owner.run<{ refusals: { worker: string; reason: string }[] }>('publication');
  return publication.refusals.map((refusal) => refusal.reason);
}

const log = () => readFileSync(join(stack.home, 'logs/data-plane.log'), 'utf8');

async function everyWorkerServes(a: number): Promise<void> {
  for (const url of stack.workerUrls) {
    const reply = await callTool(`${url}/demo/main/key/mcp`, stack.key, 'demo__add', { a, b: 1 });
    expect(refusalCode(reply), JSON.stringify(reply.body)).toBeUndefined();
  }
}

describe('an envelope written straight into Redis', () => {
  const cases: readonly [
    string,
    string,
    (good: WireEnvelope) => { envelope: WireEnvelope | string; version: number },
  ][] = [
    [
      'forged with another key',
      'bad_signature',
      (good) => {
        const pem = createPrivateKey({ key: Buffer.from(forgedKey, 'base64'), format: 'der', type: 'pkcs8' });
        const version = good.version + 1;
        return {
          envelope: { ...good, version, sig: sign(null, Buffer.from(good.body), pem).toString('base64') },
          version,
        };
      },
    ],
    [
      'altered in its body',
      'bad_signature',
      (good) => ({
        envelope: {
          ...good,
          version: good.version + 2,
          body: good.body.replace('"slug":"demo"', '"slug":"evil"'),
        },
        version: good.version + 2,
      }),
    ],
    [
      'older than what is live',
      'older_version',
      (good) => ({ envelope: { ...good, version: good.version - 1 }, version: good.version + 3 }),
    ],
    [
      'larger than allowed',
      'oversized',
      (good) => ({
        envelope: JSON.stringify({ ...good, body: 'x'.repeat(snapshotLimits.maxEnvelopeBytes) }),
        version: good.version + 4,
      }),
    ],
    ['not JSON', 'unparsable', (good) => ({ envelope: '{"kid":', version: good.version + 5 })],
  ];
  // A valid Ed25519 key (all-zero seed) that nobody pinned.
  const forgedKey = 'MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

  it.each(cases)(
    '%s is refused by name (%s), and the old configuration stays',
    async (_what, reason, make) => {
      const good = await published();
      const { envelope, version } = make(good);
      const isNamed = (text: string) =>
        text.includes(reason) || (reason === 'older_version' && /bad_signature|older_version/.test(text));
      let plantedAt = 0;
      await eventually(`the console names ${reason}`, async () => {
        // The publisher heals Redis on its own, perhaps before a worker has looked: whoever writes there writes again.
        if (Date.now() - plantedAt > 1_000) {
          await plant(envelope, version);
          plantedAt = Date.now();
        }
        return (await refusals()).some(isNamed);
      });
      expect(isNamed(log())).toBe(true);
      await everyWorkerServes(version);
      await plant(good, good.version);
    },
  );
});

describe('revocation', () => {
  it('outlives Redis, the control plane and a kill -9 of the workers', async () => {
    const hash = createHash('sha256').update(stack.key).digest('hex');
    const [key] = await query<{ id: string }>(stack.adminUrl, 'SELECT id FROM api_key WHERE hash = $1', [
      hash,
    ]);
    const id = toWireId('apiKey', key?.id ?? '');
    const result = await owner.run<{ acked: number; total: number }>('revokeApiKey', { id });
    await eventually('every worker acknowledged', async () => {
      const publication = await owner.run<{ workersLive: number; workersTotal: number }>('publication');
      return result.acked === result.total || publication.workersLive === publication.workersTotal;
    });
    const refusedEverywhere = async () => {
      for (const url of stack.workerUrls) {
        const reply = await callTool(`${url}/demo/main/key/mcp`, stack.key, 'demo__add', {
          a: 4_242,
          b: 4_242,
        });
        expect(reply.status).toBe(401);
      }
    };
    await refusedEverywhere();
    const pids = stack.pids();
    process.kill(pids.redis ?? 0, 'SIGSTOP');
    process.kill(pids['control-plane'] ?? 0, 'SIGSTOP');
    try {
      for (const url of stack.workerUrls) {
        const { pid } = (await (await fetch(`${url}/healthz`)).json()) as { pid: number };
        process.kill(pid, 'SIGKILL');
        await eventually(
          'another process serves',
          async () => {
            const health = (await (await fetch(`${url}/healthz`)).json()) as { pid: number };
            return health.pid !== pid && (await fetch(`${url}/readyz`)).ok;
          },
          30_000,
        );
      }
      await refusedEverywhere();
    } finally {
      process.kill(pids.redis ?? 0, 'SIGCONT');
      process.kill(pids['control-plane'] ?? 0, 'SIGCONT');
    }
    const history = JSON.stringify(await (await fetch(`${stack.demoUrl}/history`)).json());
    expect(history).not.toContain('4242');
  });
});
