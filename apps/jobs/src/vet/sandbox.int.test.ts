import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, startTestRedis, type TestDatabase, type TestRedis } from '@sallyport/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeSandbox, type Sandbox } from './sandbox.ts';

const hostileProbe = fileURLToPath(new URL('./child/__fixtures__/hostile-probe.ts', import.meta.url));

interface Found {
  readonly environment: readonly string[];
  readonly secretFile: { readonly ok: boolean; readonly what: string };
  readonly secretFolder: { readonly ok: boolean };
  readonly passwords: { readonly ok: boolean };
  readonly parentEnvironment: { readonly ok: boolean };
  readonly ownCode: { readonly ok: boolean };
  readonly shell: { readonly ok: boolean };
  readonly dials: readonly { readonly ok: boolean; readonly what: string }[];
  readonly internet: { readonly ok: boolean; readonly what: string };
}

let home: string;
let redis: TestRedis;
let database: TestDatabase;
let ports: number[];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'sallyport-home-'));
  mkdirSync(join(home, '.sallyport'), { mode: 0o700 });
  writeFileSync(join(home, '.sallyport', 'secrets.json'), '{"kek":"not for children"}', { mode: 0o644 });
  redis = await startTestRedis();
  database = await createTestDatabase();
  ports = [redis.port, Number(new URL(database.adminUrl).port)];
});

afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await redis.close();
  await database.close();
});

function probe(sandbox: Sandbox, keep: (arg: string) => boolean = () => true): Promise<Found> {
  const { command, args } = sandbox.command(hostileProbe, 128);
  const child = spawn(command, args.filter(keep), { env: {}, stdio: ['pipe', 'pipe', 'inherit'] });
  const wishes = { secretFile: join(home, '.sallyport', 'secrets.json'), ports };
  child.stdin.write(`${JSON.stringify(wishes)}\n`);
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out) as Found);
      else reject(new Error(`the probe ended with ${code}`));
    });
  });
}

function expectNoFiles(found: Found): void {
  expect(found.environment).toEqual([]);
  expect(found.secretFile.ok, found.secretFile.what).toBe(false);
  expect(found.secretFolder.ok).toBe(false);
  expect(found.passwords.ok).toBe(false);
  expect(found.ownCode.ok).toBe(false);
  expect(found.shell.ok).toBe(false);
}

function expectNoNetwork(found: Found): void {
  // Refused or unreachable, not merely unauthenticated: there is nobody on that loopback interface.
  for (const dial of found.dials) expect(dial).toEqual({ ok: false, what: 'ECONNREFUSED' });
  expect(found.internet).toEqual({ ok: false, what: 'ENETUNREACH' });
}

const sandbox = await probeSandbox('auto');

describe.runIf(sandbox.facts.kind === 'bubblewrap')('a taken-over child in bubblewrap', () => {
  it('reads no secret and no environment, starts nothing, and reaches neither Redis nor Postgres', async () => {
    const found = await probe(sandbox);
    expectNoFiles(found);
    expect(found.parentEnvironment.ok).toBe(false);
    expectNoNetwork(found);
  });

  it('is held by bubblewrap alone, without the permission model of Node', async () => {
    const found = await probe(sandbox, (arg) => arg !== '--permission' && !arg.startsWith('--allow-fs-read'));
    expectNoFiles(found);
    expectNoNetwork(found);
  });
});

describe('a taken-over child under the permission model', () => {
  it('reads no secret and no environment and starts nothing; the facts say that its network is not cut', async () => {
    const fallback = await probeSandbox('permission_model');
    expect(fallback.facts).toEqual({ kind: 'permission_model', network: 'not_cut' });
    expectNoFiles(await probe(fallback));
  });
});
