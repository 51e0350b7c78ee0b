import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@sallyport/telemetry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { intentFrame } from './__fixtures__/intent-frame.ts';
import { recoverSpools } from './recover-spools.ts';
import { createSpool } from './spool.ts';

const spoolKey = randomBytes(32);
const log = createLogger({ name: 'test', level: 'silent' });
let stateDir: string;
let root: string;

const spoolFolder = (): string => join(root, readdirSync(root).sort()[0] ?? '');
const segment = (): string => join(spoolFolder(), readdirSync(spoolFolder()).sort()[0] ?? '');
const kept = (): string[] => readdirSync(join(stateDir, 'quarantine'), { recursive: true }).map(String);

beforeEach(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'sallyport-recover-'));
  root = join(stateDir, 'spool');
  const spool = createSpool({ root, spoolKey, limitBytes: 1024 * 1024, syncEveryMs: 20, log });
  for (let at = 0; at < 3; at += 1) spool.append(intentFrame());
  await spool.close();
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

describe('recovery of spools', () => {
  it('keeps a spool that another key wrote', () => {
    const bytes = readFileSync(segment());
    expect(recoverSpools({ root, spoolKey: randomBytes(32), log }).spools).toHaveLength(0);
    expect(readdirSync(root)).toHaveLength(0);
    const path = kept().find((name) => name.includes('/')) ?? '';
    expect(readFileSync(join(stateDir, 'quarantine', path))).toEqual(bytes);
  });

  it('keeps a spool whose head is not good', () => {
    writeFileSync(segment(), 'nonsense');
    expect(recoverSpools({ root, spoolKey, log }).spools).toHaveLength(0);
    expect(kept()).toHaveLength(2);
  });

  it('ships what stands before the damage, then keeps the rest', () => {
    const bytes = readFileSync(segment());
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    writeFileSync(segment(), bytes);
    const [spool] = recoverSpools({ root, spoolKey, log }).spools;
    expect(spool?.pending(10, 1e6)).toHaveLength(1);
    spool?.committed(1);
    expect(spool?.isShipped).toBe(true);
    spool?.remove();
    expect(readdirSync(root)).toHaveLength(0);
    expect(kept()).toHaveLength(2);
  });

  it('passes over stray files and folders', () => {
    mkdirSync(join(spoolFolder(), 'folder'));
    writeFileSync(join(root, '.stray'), 'x');
    const { spools } = recoverSpools({ root, spoolKey, log });
    expect(spools.map((spool) => spool.pending(10, 1e6).length)).toEqual([3]);
  });

  it('deletes a whole spool once it is shipped', () => {
    recoverSpools({ root, spoolKey, log }).spools[0]?.remove();
    expect(readdirSync(stateDir)).toEqual(['spool']);
  });
});
