import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack.ts';
import { runManySessions } from './many-sessions.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ workers: 2 });
});
afterAll(() => stack?.stop());

/** `node e2e/faults/many-sessions.ts` does the same with ten thousand. */
it('a thousand sessions outlive the workers, and nobody hears another one', async () => {
  const figures = await runManySessions(stack, { sessions: 1_000, rounds: 3, killEveryMs: 2_500 });
  console.info(JSON.stringify(figures));
  expect(figures.kills).toBeGreaterThan(0);
  expect(figures).toMatchObject({ sessions: 1_000, lost: 0, foreign: 0, mixed: 0 });
  // A question that was open in a worker that died cannot be answered any more; everything else is.
  expect(figures.refused, figures.examples.join('\n')).toBeLessThan(50);
});
