import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import type { Pipeline } from '../call/run-call.ts';
import { createAllowedHosts } from './allowed-hosts.ts';
import type { AnonymousCounter } from './anonymous-counter.ts';
import type { CallSinkDeps } from './call-sink.ts';
import { createDoors, type Doors } from './doors.ts';

let doors: Doors | undefined;
afterEach(() => {
  doors?.stopAccepting();
  doors?.closeAll();
});

it('T25: health and metrics answer to our own names only', async () => {
  doors = createDoors({
    pipeline: {} as Pipeline,
    anonymous: {} as AnonymousCounter,
    sinks: {} as CallSinkDeps,
    hosts: createAllowedHosts([]),
    own: (_req, res) => {
      res.end('ours');
      return true;
    },
  });
  const port = await doors.listenLoopback(0);
  const statusFor = async (host: string): Promise<number | undefined> => {
    const request = get({ host: '127.0.0.1', port, path: '/metrics', headers: { host }, agent: false });
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    reply.resume();
    return reply.statusCode;
  };
  expect(await statusFor(`127.0.0.1:${port}`)).toBe(200);
  expect(await statusFor(`evil.example:${port}`)).toBe(404);
});
