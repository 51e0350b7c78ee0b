import { readFileSync } from 'node:fs';
import { stageNames } from '@sallyport/ledger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestWorker, type TestWorker } from '../__fixtures__/test-worker.ts';
import { families, stageMatrix } from './stages.ts';

let running: TestWorker;
beforeAll(async () => {
  running = await startTestWorker();
});
afterAll(() => running?.close());

/** The matrix as the architecture page prints it. */
function printed(): string {
  const matrix = stageMatrix(running.worker.stages);
  const rows = stageNames.map(
    (stage, at) =>
      `| ${at + 1} | ${stage} | ${families.map((name) => (matrix[name]?.[stage] ? '●' : '')).join(' | ')} |`,
  );
  return [
    `| # | stage | ${families.join(' | ')} |`,
    `|---|---|${families.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

describe('the stages', () => {
  it('of a tools/call are all fifteen', () => {
    const { call } = stageMatrix(running.worker.stages);
    expect(stageNames.filter((stage) => call?.[stage] !== true)).toEqual([]);
  });
  it('stand in the architecture page as they are composed', () => {
    const page = readFileSync(new URL('../../../../docs/ARCHITECTURE.md', import.meta.url), 'utf8');
    expect(page).toContain(printed());
  });
});
