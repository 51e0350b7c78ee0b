import { once } from 'node:events';
import { Agent, type IncomingMessage, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callTool, refusalCode } from '../../agent-call.ts';
import { eventually } from '../../eventually.ts';
import { rawHead } from '../../raw-http.ts';
import { type AgentKey, createAgentKey } from '../../tenant-setup.ts';
import { type Ground, workerPids } from './ground.ts';
import { callBody, callHeaders } from './modern-message.ts';

const version = '2025-11-25';

interface Stream {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  isOpen(): boolean;
  close(): void;
}

/** One request whose answer may stay open. */
async function open(
  agent: Pick<AgentKey, 'endpoint' | 'key'>,
  method: 'GET' | 'POST' | 'DELETE',
  session?: string,
  body?: string,
): Promise<Stream> {
  const outgoing = send(agent.endpoint, {
    agent: new Agent(),
    method,
    headers: {
      authorization: `Bearer ${agent.key}`,
      accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(session === undefined ? {} : { 'mcp-session-id': session, 'mcp-protocol-version': version }),
    },
  });
  outgoing.on('error', () => {});
  outgoing.end(body);
  const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
  let isOpen = true;
  reply.on('close', () => {
    isOpen = false;
  });
  reply.on('error', () => {});
  reply.resume();
  return {
    status: reply.statusCode ?? 0,
    headers: reply.headers,
    isOpen: () => isOpen,
    close: () => outgoing.destroy(),
  };
}

const opening = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: version, capabilities: {}, clientInfo: { name: 'streams', version: '1' } },
});

async function newSession(agent: AgentKey): Promise<string> {
  const reply = await open(agent, 'POST', undefined, opening);
  expect(reply.status).toBe(200);
  return String(reply.headers['mcp-session-id']);
}

/** Calls of the other tenant, one after the other, while something goes on; all of them must go well. */
async function besides(ground: Ground, work: () => Promise<void>): Promise<void> {
  let isOver = false;
  const took: number[] = [];
  const calls = (async () => {
    while (!isOver) {
      const begun = performance.now();
      const { agent } = ground.other;
      const reply = await callTool(agent.endpoint, agent.key, 'theirs__echo', { text: 'meanwhile' });
      expect(refusalCode(reply), JSON.stringify(reply.body)).toBeUndefined();
      took.push(performance.now() - begun);
      await sleep(20);
    }
  })();
  const ended = work().finally(() => {
    isOver = true;
  });
  await Promise.all([ended, calls]);
  const sorted = took.sort((a, b) => a - b);
  console.info(
    `the other tenant meanwhile: ${took.length} calls, median ${sorted[took.length >> 1]?.toFixed(1)} ms, slowest ${sorted.at(-1)?.toFixed(1)} ms`,
  );
  expect(took.length).toBeGreaterThan(0);
}

const sockets = 100;

async function openSockets(ground: Ground): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(ground.agent.endpoint);
  return Promise.all(
    Array.from({ length: sockets }, async () => {
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
      socket.on('error', () => {});
      await once(socket, 'connect');
      // They do not read either: what they are told does not make them leave.
      socket.pause();
      return socket;
    }),
  );
}

/** Streams of other people, and peers that are slow on purpose. */
export function describeStreams(ground: () => Ground): void {
  describe('streams', () => {
    it('nobody takes over the stream of a session, or ends it', async () => {
      const { agent, other, owner } = ground();
      const colleague = await createAgentKey(owner, 'Envious');
      const session = await newSession(agent);
      const own = await open(agent, 'GET', session);
      expect(own.status).toBe(200);
      for (const thief of [colleague, other.agent])
        for (const method of ['GET', 'DELETE'] as const) {
          const taken = await open(thief, method, session);
          expect(taken.status, `${method} of a stranger`).toBe(404);
        }
      expect(own.isOpen(), 'the stream of the owner').toBe(true);
      const ended = await open(agent, 'DELETE', session);
      expect(ended.status).toBeLessThan(300);
      await eventually('the end of the stream', async () => !own.isOpen());
      const after = await open(agent, 'GET', session);
      expect(after.status, 'a session that its client has ended').toBe(404);
    });

    it('ends with its key', async () => {
      const { owner } = ground();
      const leaver = await createAgentKey(owner, 'Leaver with a stream');
      const own = await open(leaver, 'GET', await newSession(leaver));
      expect(own.status).toBe(200);
      await owner.run('revokeApiKey', { id: leaver.keyId });
      const begun = performance.now();
      await eventually('the end of the stream', async () => !own.isOpen());
      console.info(`stream cut ${(performance.now() - begun).toFixed(0)} ms after the key was revoked`);
    });
  });

  describe('slow peers', () => {
    it('that send a byte at a time are let go, and the others are served meanwhile', async () => {
      const pids = await workerPids(ground().stack);
      await besides(ground(), async () => {
        const slow = await openSockets(ground());
        // A good head, too slow to be one.
        const head = rawHead(ground().agent.endpoint, callHeaders(ground().agent));
        let at = 0;
        const timer = setInterval(() => {
          for (const socket of slow) if (socket.writable) socket.write(head.charAt(at));
          at += 1;
        }, 500);
        await eventually(
          'the end of all',
          async () => slow.every((socket) => socket.destroyed),
          45_000,
        ).finally(() => clearInterval(timer));
      });
      expect(await workerPids(ground().stack)).toEqual(pids);
    });

    it('that read nothing keep nobody waiting', async () => {
      const pids = await workerPids(ground().stack);
      await besides(ground(), async () => {
        const slow = await openSockets(ground());
        const body = callBody({ params: { arguments: { text: 'x'.repeat(200_000) } } });
        const headers = [...callHeaders(ground().agent), ['Content-Length', String(body.length)] as const];
        for (const socket of slow) {
          socket.pause();
          socket.write(rawHead(ground().agent.endpoint, headers) + body);
        }
        await sleep(3_000);
        for (const socket of slow) socket.destroy();
      });
      expect(await workerPids(ground().stack)).toEqual(pids);
    });
  });
}
