import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cruise, unseenBy } from './boundaries.ts';
import { root } from './source-files.ts';

const planted = {
  'libs/kernel/src/upward.ts': "import type { X } from '../../snapshot/src/x.ts';\nexport type Y = X;\n",
  'libs/kernel/src/impure.ts': "export { readFileSync } from 'node:fs';\n",
  'libs/snapshot/src/x.ts': "export type X = 1;\nimport './x.test.ts';\n",
  'libs/snapshot/src/x.test.ts': 'export {};\n',
  'apps/jobs/src/a.ts': "export { b } from '../../data-plane/src/b.ts';\n",
  'apps/data-plane/src/b.ts': "import { c } from './c.ts';\nexport const b = c;\n",
  'apps/data-plane/src/c.ts': "import { b } from './b.ts';\nexport const c = (): unknown => b;\n",
};

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sallyport-boundaries-')));
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'));
  for (const [path, text] of Object.entries(planted)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the boundaries', () => {
  it('find every planted violation, type-only imports included, and every file', { timeout: 30_000 }, () => {
    const result = cruise(folder, ['apps', 'libs']);
    expect(unseenBy(result, Object.keys(planted))).toEqual([]);
    const rules = new Set(result.violations.map((line) => line.split(':')[0]));
    expect([...rules].sort()).toEqual([
      'apps-stand-alone',
      'layer-kernel',
      'no-cycle',
      'pure-libs-know-no-node',
      'tests-only-from-tests',
    ]);
  });

  it('count a file that was not cruised as a fault', () => {
    expect(unseenBy({ seen: new Set(), violations: [] }, ['libs/kernel/src/ids.ts'])).toHaveLength(1);
  });
});
