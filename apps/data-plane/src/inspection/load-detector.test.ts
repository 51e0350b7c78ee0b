import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadDetector } from './load-detector.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('loadDetector', () => {
  it('reads the model that ships with it', () => {
    const { score } = loadDetector().judgePayload({ text: 'A plain sentence.' }, 'result');
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThan(1);
  });

  it.each([
    ['is not there', undefined, /cannot be read/],
    ['is empty', Buffer.alloc(0), /damaged or of another version/],
    ['is something else', Buffer.from('#!/bin/sh'), /damaged or of another version/],
  ])('refuses a model that %s, and says which file', (_what, bytes, message) => {
    const file = join(folder, 'model.bin');
    if (bytes) writeFileSync(file, bytes);
    expect(() => loadDetector(file)).toThrow(message);
    expect(() => loadDetector(file)).toThrow(file);
  });
});
