import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@sallyport/telemetry';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openConfigStore } from './config-store.ts';

const log = createLogger({ name: 'test', level: 'silent' });
let stateDir: string;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'sallyport-config-'));
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

it('reads what it wrote, and passes over a folder that bears the name of a file', async () => {
  const store = openConfigStore(stateDir, log);
  const tenantId = randomUUID();
  await store.writeEnvelope(tenantId, 'envelope');
  for (const folder of ['config', 'revocations']) mkdirSync(join(stateDir, folder, `${randomUUID()}.json`));
  expect([...store.readEnvelopes()]).toEqual([[tenantId, 'envelope']]);
  expect(store.readMarks().size).toBe(0);
});
