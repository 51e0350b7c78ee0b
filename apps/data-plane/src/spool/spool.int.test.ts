import { randomBytes, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  decodeFrame,
  firstBrokenLink,
  firstChain,
  type IntentFrame,
  type SpooledFrame,
} from '@sallyport/ledger';
import { createLogger } from '@sallyport/telemetry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../__fixtures__/test-tenant.ts';
import { intentFrame } from './__fixtures__/intent-frame.ts';
import { recoverSpools, unknownOutcome } from './recover-spools.ts';
import { readSegment } from './segment-format.ts';
import { createSpool, type Spool } from './spool.ts';

const spoolKey = randomBytes(32);
const log = createLogger({ name: 'test', level: 'silent' });
const tenantId = randomUUID();
let root: string;
let spool: Spool;

const open = (limitBytes = 64 * 1024 * 1024): Spool =>
  createSpool({ root, spoolKey, limitBytes, syncEveryMs: 20, log });
const intent = (callId = randomUUID(), tenant = tenantId): IntentFrame =>
  intentFrame({ callId, tenantId: tenant, argNames: ['ä'] });
const segments = (): string[] => {
  const [directory = ''] = readdirSync(root).sort();
  return readdirSync(join(root, directory))
    .sort()
    .map((name) => join(root, directory, name));
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sallyport-spool-'));
  spool = open();
});
afterEach(async () => {
  await spool.close();
  rmSync(root, { recursive: true, force: true });
});

describe('the spool', () => {
  it('keeps frames encrypted, chained and in order', () => {
    const frames = [intent(), intent(), intent()];
    for (const frame of frames) spool.append(frame);
    const bytes = readFileSync(segments()[0] ?? '');
    expect(bytes.includes('up__echo')).toBe(false);
    expect(readSegment(bytes, spoolKey)?.frames.map(({ text }) => decodeFrame(text))).toEqual(frames);
    const shipped = spool
      .pending(10, 1e6)
      .map(({ seq, chain, text }) => ({ seq, chain, frame: decodeFrame(text) }) as SpooledFrame);
    expect(shipped.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(firstBrokenLink({ sha256, previous: firstChain, frames: shipped })).toBeUndefined();
    expect(readSegment(bytes, randomBytes(32))?.end).toBe('altered');
  });

  it('loses only the torn tail of a crash, and gives each cut call an unknown outcome', () => {
    const [done, cut, torn] = [intent(), intent(), intent()];
    spool.append(done);
    spool.append(cut);
    spool.append(unknownOutcome(done, 2));
    const [path = ''] = segments();
    const whole = readFileSync(path).length;
    spool.append(torn);
    truncateSync(path, whole + 20);
    const recovered = recoverSpools({ root, spoolKey, log });
    expect(recovered.unfinished.map(({ callId }) => callId)).toEqual([cut.callId]);
    expect(recovered.spools[0]?.pending(10, 1e6)).toHaveLength(3);
  });

  it('notices a changed byte and garbage at the end', () => {
    for (let at = 0; at < 3; at += 1) spool.append(intent());
    const [path = ''] = segments();
    const good = readFileSync(path);
    appendFileSync(path, randomBytes(40));
    expect(readSegment(readFileSync(path), spoolKey)).toMatchObject({ end: 'torn' });
    const bad = Buffer.from(good);
    bad.writeUInt8((bad.at(200) ?? 0) ^ 1, 200);
    writeFileSync(path, bad);
    expect(readSegment(bad, spoolKey)?.frames).toHaveLength(0);
  });

  it('frees a segment only when all in it is committed and no call of it is open', () => {
    spool.committed(0);
    const openCall = intent();
    spool.append(openCall);
    for (let at = 0; at < 40_000; at += 1) spool.append(unknownOutcome(intent(), 1));
    const before = segments().length;
    expect(before).toBeGreaterThan(3);
    spool.committed(40_001);
    expect(segments()).toHaveLength(before);
    spool.append(unknownOutcome(openCall, 2));
    spool.committed(40_002);
    expect(segments()).toHaveLength(1);
  });

  it('gives a tenant its share and the others theirs', () => {
    const small = open(1024 * 1024);
    while (small.roomFor(tenantId) === 'free') small.append(intent());
    expect(small.roomFor(tenantId)).toBe('tenant_share');
    expect(small.roomFor(randomUUID())).toBe('free');
    expect(small.pendingBytes).toBeLessThan(256 * 1024);
    small.committed(100);
    expect(small.roomFor(tenantId)).toBe('free');
  });

  it('waits for the disk where somebody asks', async () => {
    spool.append(intent());
    await spool.synced();
  });
});
