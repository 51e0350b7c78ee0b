import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { knownRules, modelRules } from './known-rules.ts';

const libs = fileURLToPath(new URL('../../../../libs/', import.meta.url));

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('__fixtures__'));
}

describe('knownRules', () => {
  it('names every rule of detection and vetting, and none that is gone', () => {
    const files = ['detection', 'vetting'].flatMap((lib) => sources(join(libs, lib, 'src')));
    const texts = files.map((path) => readFileSync(path, 'utf8'));
    const codes = texts.flatMap((text) =>
      [...text.matchAll(/(?:\bcode:|\b\w*[rR]ule\(|\btoken\()\s*'([a-z][a-z0-9_]+)'/g)].map(
        ([, code]) => code,
      ),
    );
    const known = new Set([...Object.keys(knownRules), ...Object.keys(modelRules)]);
    // `custom_…` is the tenant's own.
    const missing = codes.filter((code = '') => !known.has(code) && !code.startsWith('custom_'));
    expect([...new Set(missing)]).toEqual([]);
    const all = texts.join('\n');
    expect(Object.keys(knownRules).filter((code) => !all.includes(`'${code}'`))).toEqual([]);
  });
});
