import { describe, expect, it } from 'vitest';
import { libTable } from './layer-table.ts';
import { checkFile, checkLayers, checkManifests } from './layers.ts';

describe('the layer table', () => {
  it('has no arrow that points up or sideways into a cycle', () => {
    const order = (name: string) => {
      const layer = libTable[name]?.layer;
      return layer === 'test' ? 9 : (layer ?? -1);
    };
    for (const [name, { mayImport }] of Object.entries(libTable))
      for (const below of mayImport) {
        expect(order(below), `${name} → ${below}`).toBeLessThanOrEqual(order(name));
        expect(libTable[below]?.mayImport ?? [], `${below} → ${name}`).not.toContain(name);
      }
  });

  it('is kept by every package.json', () => {
    expect(checkManifests()).toEqual([]);
  });

  it('is kept by every file', () => {
    expect(checkLayers()).toEqual([]);
  });
});

describe('checkFile', () => {
  it.each([
    ['libs/mcp/src/x.ts', "import { readFileSync } from 'node:fs';", 'layers 0–2 know no Node'],
    ['libs/policy/src/x.ts', 'export const now = () => Date.now();', 'time comes in'],
    ['libs/kernel/src/x.ts', 'export const id = Math.random();', 'chance comes in'],
    ['libs/ledger/src/x.ts', 'export const n = Buffer.from("x");', 'Buffer is Node'],
    ['apps/data-plane/src/x.ts', "import type { PrismaClient } from '@prisma/client';", 'two doors'],
    ['apps/jobs/src/x.ts', "import { request } from 'undici';", 'only way to call a URL'],
    ['apps/jobs/src/x.ts', "import { Redis } from 'ioredis';", 'libs/bus'],
    [
      'apps/jobs/src/x.ts',
      "const { x } = await import('@sallyport/control-plane');",
      'apps are never imported',
    ],
    ['apps/jobs/src/x.ts', "import { x } from '@sallyport/testkit';", 'for tests'],
    ['libs/vault/src/x.ts', "export { x } from '../../kernel/src/ids.ts';", 'by its name'],
  ])('refuses in %s: %s', (path, text, reason) => {
    expect(checkFile(path, text).join()).toContain(reason);
  });

  it.each([
    ['libs/mcp/src/x.test.ts', "import { readFileSync } from 'node:fs';"],
    ['libs/policy/src/x.ts', '// Date.now() would not be pure\nexport const x = "Math.random()";'],
    ['libs/db/src/x.ts', "import { PrismaClient } from '@prisma/client';"],
    ['apps/jobs/src/x.int.test.ts', "import { x } from '@sallyport/testkit';"],
  ])('accepts in %s: %s', (path, text) => {
    expect(checkFile(path, text)).toEqual([]);
  });
});
