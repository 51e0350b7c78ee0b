import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keys, publishEnvelope, publishRevocations, readAcks } from '@sallyport/bus';
import { type Frame, type IngestBatch, parseIngestBatch } from '@sallyport/ledger';
import { installationTenantId } from '@sallyport/snapshot';
import { findFreePort, startTestRedis, type TestRedis } from '@sallyport/testkit';
import { generateSealKeyPair } from '@sallyport/vault';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModernUpstream, startModernUpstream } from '../../../e2e/upstreams/modern-upstream.ts';
import { makeTenant, publicKeys, publishInstallation, sealKeys } from './__fixtures__/test-tenant.ts';
import { codeOf, modernRequest, send } from './__fixtures__/test-worker.ts';

const bodySeal = generateSealKeyPair();
let redis: TestRedis;
let upstream: ModernUpstream;
let ingest: { server: Server; url: string; batches: IngestBatch[]; isDown: boolean };
let stateDir: string;
let child: ChildProcess;
let output = '';
let ports: { shared: number; base: number };
const tenant = () => acme;
let acme: ReturnType<typeof makeTenant>;

async function startIngest() {
  const state = { batches: [] as IngestBatch[], isDown: false };
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    if (state.isDown) {
      res.writeHead(503).end();
      return;
    }
    const parsed = parseIngestBatch(JSON.parse(Buffer.concat(chunks).toString()));
    if (parsed.kind !== 'ok') {
      res.writeHead(400).end(parsed.reason);
      return;
    }
    state.batches.push(parsed.batch);
    res.writeHead(200).end(JSON.stringify({ committedSeq: parsed.batch.frames.at(-1)?.seq ?? 0 }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(state, {
    server,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/internal/ingest`,
  });
}

const secrets = { handle: randomBytes(32).toString('base64'), spool: randomBytes(32).toString('base64') };

function startPlane(): void {
  child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      DATA_PLANE_PORT: String(ports.shared),
      WORKERS: '2',
      WORKER_PORT_BASE: String(ports.base),
      STATE_DIR: stateDir,
      REDIS_URL: redis.url,
      INGEST_URL: ingest.url,
      INGEST_TOKEN: 'x'.repeat(40),
      SNAPSHOT_PUBLIC_KEYS: publicKeys,
      WORKER_SEAL_PRIVATE_KEY: sealKeys.privateKey,
      BODY_SEAL_PUBLIC_KEY: bodySeal.publicKey,
      SESSION_HANDLE_KEY: secrets.handle,
      SPOOL_KEY: secrets.spool,
      ALLOWED_HOSTS: `127.0.0.1:${ports.shared}`,
      DRAIN_MS: '1000',
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
}

async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe().catch(() => undefined);
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`not in time: ${what}\n${output.slice(-3_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const workerUrl = (index: number) => `http://127.0.0.1:${ports.base + index}`;
const health = async (index: number) =>
  (await (await fetch(`${workerUrl(index)}/healthz`)).json()) as { pid: number; isReady: boolean };
const call = (index: number, a: number) =>
  send(workerUrl(index), modernRequest(tenant(), 'tools/call', { name: 'up__add', arguments: { a, b: 1 } }));
/** Each frame once: a batch whose acknowledgement was lost comes again. */
const frames = (): Frame[] => {
  const items = ingest.batches.flatMap((batch) =>
    batch.frames.map((item): [string, Frame] => [`${batch.spoolId}/${item.seq}`, item.frame]),
  );
  return [...new Map(items).values()];
};

beforeAll(async () => {
  redis = await startTestRedis();
  upstream = await startModernUpstream();
  ingest = await startIngest();
  stateDir = mkdtempSync(join(tmpdir(), 'sallyport-plane-'));
  const shared = await findFreePort(3);
  ports = { shared, base: shared + 1 };
  acme = makeTenant({
    slug: 'acme',
    servers: [{ slug: 'up', url: upstream.url, tools: [addTool] }],
  });
  startPlane();
});
afterAll(async () => {
  child?.kill('SIGTERM');
  if (child && child.exitCode === null) await once(child, 'exit');
  await upstream?.close();
  ingest?.server.closeAllConnections();
  ingest?.server.close();
  await redis?.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const addTool = {
  name: 'add',
  description: 'Adds two numbers.',
  inputSchema: {
    type: 'object',
    properties: { a: { type: 'number' }, b: { type: 'number' } },
    required: ['a', 'b'],
  },
  annotations: { readOnlyHint: true },
};

describe('worker processes', () => {
  it('say 503 not_ready until a valid configuration is there, then both take it and acknowledge', async () => {
    await eventually('both listen', async () => (await health(0)).pid !== (await health(1)).pid);
    const early = await call(0, 1);
    expect([early.status, codeOf(early)]).toEqual([503, 'not_ready']);
    expect((await fetch(`${workerUrl(0)}/readyz`)).status).toBe(503);
    const client = redis.connect();
    const origins = [`127.0.0.1:${upstream.port}`];
    const publish = (tenantId: string, version: number, text: string) =>
      publishEnvelope(client, { tenantId, version, text });
    await publish(installationTenantId, 1, publishInstallation(origins));
    await publish(acme.id, 1, acme.publish());
    const acks = await eventually('two acknowledgements', async () => {
      const found = await readAcks(client, { nowMs: Date.now(), withinMs: 15_000 });
      return found.filter((ack) => ack.tenants.get(acme.id)?.v === 1).length === 2 && found;
    });
    expect(acks.every((ack) => ack.isReady)).toBe(true);
    for (const index of [0, 1]) expect((await call(index, 2)).json.result.content[0].text).toBe('3');
    const shared = await send(
      `http://127.0.0.1:${ports.shared}`,
      modernRequest(acme, 'tools/call', { name: 'up__add', arguments: { a: 5, b: 5 } }),
    );
    expect(shared.json.result.content[0].text).toBe('10');
    client.disconnect();
  });

  it('ship what they spooled, whole and in order', async () => {
    await eventually(
      'outcomes at ingest',
      async () => frames().filter((frame) => frame.kind === 'outcome').length >= 3,
    );
    const intents = frames().filter((frame) => frame.kind === 'intent');
    expect(intents).toHaveLength(3);
    for (const batch of ingest.batches) expect(batch.frames[0]?.seq).toBeGreaterThan(0);
  });

  it('refuse a forged envelope by name and keep the old one', async () => {
    const client = redis.connect();
    const good = JSON.parse((await client.get(keys.envelope(acme.id))) ?? '{}');
    const forged = JSON.stringify({ ...good, version: 9, body: good.body.replace('acme', 'evil') });
    await publishEnvelope(client, { tenantId: acme.id, version: 9, text: forged });
    await eventually('both refuse', async () => {
      const acks = await readAcks(client, { nowMs: Date.now(), withinMs: 15_000 });
      return (
        acks.filter((ack) => {
          const tenantAck = ack.tenants.get(acme.id);
          return tenantAck?.state === 'refused' && tenantAck.reason === 'bad_signature' && tenantAck.v === 1;
        }).length === 2
      );
    });
    expect(output).toContain('bad_signature');
    expect((await call(0, 3)).status).toBe(200);
    await publishEnvelope(client, { tenantId: acme.id, version: 2, text: acme.publish() });
    await eventually('the good one is live', async () => {
      const acks = await readAcks(client, { nowMs: Date.now(), withinMs: 15_000 });
      return acks.filter((ack) => ack.tenants.get(acme.id)?.state === 'live').length === 2;
    });
    client.disconnect();
  });

  it('close an intent that a kill -9 cut with an unknown outcome, and are back within two seconds', async () => {
    upstream.behave({ kind: 'hang' }, { method: 'tools/call', times: 1 });
    const { pid } = await health(0);
    const cut = call(0, 77).catch(() => 'cut');
    await eventually('the call is out', async () =>
      upstream.calls().some((seen) => JSON.stringify(seen.arguments).includes('77')),
    );
    ingest.isDown = true;
    process.kill(pid, 'SIGKILL');
    const killedAt = Date.now();
    expect(await cut).toBe('cut');
    await eventually('another process', async () => (await health(0)).pid !== pid);
    process.stdout.write(`replaced after ${Date.now() - killedAt} ms\n`);
    expect((await call(0, 4)).status).toBe(200);
    ingest.isDown = false;
    await eventually('the unknown outcome', async () =>
      frames().some((frame) => frame.kind === 'outcome' && frame.outcome === 'unknown'),
    );
    await eventually('one outcome for each intent', async () => {
      const intents = frames().filter((frame) => frame.kind === 'intent');
      const outcomes = frames().filter((frame) => frame.kind === 'outcome');
      return intents.every(
        ({ callId }) => outcomes.filter((outcome) => outcome.callId === callId).length === 1,
      );
    });
  });

  it('refuse a revoked key, also after Redis is gone and the worker was killed', async () => {
    const client = redis.connect();
    const { text } = acme.revoke('key', acme.keyId);
    const startedAt = Date.now();
    await publishRevocations(client, { tenantId: acme.id, active: [text], appended: [text] });
    await eventually('both acknowledged', async () => {
      const acks = await readAcks(client, { nowMs: Date.now(), withinMs: 15_000 });
      return acks.filter((ack) => (ack.tenants.get(acme.id)?.rev ?? 0) >= 1).length === 2;
    });
    process.stdout.write(`acknowledged after ${Date.now() - startedAt} ms\n`);
    for (const index of [0, 1]) expect((await call(index, 9)).status).toBe(401);
    client.disconnect();
    await redis.stop();
    for (const index of [0, 1]) {
      const { pid } = await health(index);
      process.kill(pid, 'SIGKILL');
      await eventually(
        'another process',
        async () => (await health(index)).pid !== pid && (await health(index)).isReady,
      );
      expect((await call(index, 10)).status).toBe(401);
    }
  });
});
