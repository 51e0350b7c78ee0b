import { afterEach } from 'vitest';
import { exchange } from '../exchange.ts';
import type { ExchangeInput, Turn } from '../turn.ts';
import { able, ableSession, type OneUpstream, oneUpstream } from './one-upstream.ts';
import { type RawScript, type RawUpstream, startRaw } from './raw-upstream.ts';

const cleanups: (() => Promise<unknown>)[] = [];
// Runs after each test of the file that imports this.
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
/** Closes a thing when its test is over. */
export const keep = <T extends { close(): Promise<unknown> }>(thing: T): T => {
  cleanups.push(() => thing.close());
  return thing;
};
/** One upstream at a URL, until the test is over. */
export const one = (url: string, options?: Parameters<typeof oneUpstream>[1]): OneUpstream =>
  keep(oneUpstream(url, options));
/** A server that says what a script says, until the test is over. */
export const raw = async (script: RawScript): Promise<RawUpstream> => keep(await startRaw(script));
/** Calls a tool as a client session that can be asked for everything. */
export const call = (
  to: OneUpstream,
  name: string,
  change: Partial<ExchangeInput> = {},
  args = {},
): Promise<Turn> =>
  exchange(
    to.input(
      'tools/call',
      { name, arguments: args },
      { scope: ableSession('a'), clientCapabilities: able, ...change },
    ),
  );
/** Waits, at most two seconds, until something is true. */
export const until = async (isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 200 && !isTrue(); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
};
