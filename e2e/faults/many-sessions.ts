import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchKey, seedBench } from '../bench/seed.ts';
import { quantile } from '../bench/stats.ts';
import { type Stack, startStack } from '../stack.ts';
import { workerPids } from './bad-input/ground.ts';
import { type Heard, post, type SessionClient } from './session-client.ts';
import { startSessionUpstream } from './session-upstream.ts';

const plan = {
  tenants: 5,
  serversPerTenant: 1,
  toolsPerServer: 2,
  policiesPerTenant: 2,
  conditionalPolicies: 0,
  keys: 10,
};

export interface SessionFigures {
  sessions: number;
  calls: number;
  kills: number;
  /** Connections that a killed worker took with it; the call is made again. */
  cut: number;
  /** 404 for a session whose handle, upstream session and key are alive. */
  lost: number;
  /** Words of another client, in an answer, a notification or a question. */
  foreign: number;
  /** The same, as the upstream saw it. */
  mixed: number;
  /** Answers that were neither the right one nor one of the above. */
  refused: number;
  upstreamSessions: number;
  asked: number;
  p50Ms: number;
  p99Ms: number;
  readonly examples: string[];
}

const lanes = 48;

/** Runs `work` over all items, a few at a time. */
async function overAll<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < items.length; at = next++) await work(items[at] as T, at);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Kills a worker at a time, the hard way, and waits until another one stands in its place. */
function startKilling(stack: Stack, everyMs: number): { stop(): Promise<number> } {
  let isOver = false;
  let kills = 0;
  const loop = (async () => {
    while (!isOver) {
      await sleep(everyMs);
      const pids = await workerPids(stack).catch(() => []);
      const pid = pids[kills % 2];
      if (isOver || pid === undefined) continue;
      process.kill(pid, 'SIGKILL');
      kills += 1;
    }
  })();
  return {
    async stop() {
      isOver = true;
      await loop;
      return kills;
    },
  };
}

class Run {
  readonly figures: SessionFigures = {
    sessions: 0,
    calls: 0,
    kills: 0,
    cut: 0,
    lost: 0,
    foreign: 0,
    mixed: 0,
    refused: 0,
    upstreamSessions: 0,
    asked: 0,
    p50Ms: 0,
    p99Ms: 0,
    examples: [],
  };
  readonly tookMs: number[] = [];
  #sequence = 0;

  #example(text: string): void {
    if (this.figures.examples.length < 10) this.figures.examples.push(text.slice(0, 300));
  }

  /** Whatever carries words of somebody else is counted, wherever it came from. */
  #look(client: SessionClient, text: string): void {
    for (const [, owner] of text.matchAll(/(bench-\d+\/\d+\/\d+)#/g)) {
      if (owner === client.owner) continue;
      this.figures.foreign += 1;
      this.#example(`${client.owner} heard ${text}`);
    }
  }

  /** Posts until a living worker answers; a cut connection and a worker that is not ready yet are tried again. */
  async #heard(client: SessionClient, message: unknown, onAsk?: Parameters<typeof post>[2]): Promise<Heard> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const heard = await post(client, message, onAsk);
        if (heard.status !== 503 || attempt > 100) return heard;
      } catch (error) {
        this.figures.cut += 1;
        if (attempt > 20) throw error;
      }
      await sleep(50);
    }
  }

  async open(client: SessionClient): Promise<void> {
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
      clientInfo: { name: 'many', version: '1' },
    };
    const opened = await this.#heard(client, { jsonrpc: '2.0', id: 0, method: 'initialize', params });
    if (opened.status !== 200 || opened.handle === undefined)
      throw new Error(`no session: ${opened.status} ${opened.text}`);
    client.handle = opened.handle;
    this.figures.sessions += 1;
    await this.#heard(client, { jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  async call(client: SessionClient, verb: 'say' | 'tell' | 'ask'): Promise<void> {
    this.#sequence += 1;
    const id = this.#sequence;
    const text = `${verb} ${client.owner}#${id}`;
    const params = { name: 's0__tool_0', arguments: { id, text }, _meta: { progressToken: id } };
    const heard = await this.#heard(client, { jsonrpc: '2.0', id, method: 'tools/call', params }, (ask) => {
      this.figures.asked += 1;
      this.#look(client, ask.text);
      const result = { action: 'accept', content: { word: `word ${client.owner}#${id}` } };
      // Any worker may get the answer; a cut one is the call's own failure, which is made again.
      this.#heard(client, { jsonrpc: '2.0', id: ask.id, result }).then(
        (reply) => this.#look(client, reply.text),
        () => {},
      );
    });
    this.figures.calls += 1;
    this.tookMs.push(heard.tookMs);
    this.#look(client, heard.text);
    const wanted = verb === 'ask' ? `word ${client.owner}#` : text;
    if (heard.status === 404) this.figures.lost += 1;
    else if (heard.status !== 200 || !heard.text.includes(wanted) || heard.text.includes('"isError":true'))
      this.figures.refused += 1;
    else return;
    this.#example(`${client.owner} ${verb}: ${heard.status} ${heard.text}`);
  }
}

const verbs = ['say', 'say', 'tell', 'say', 'ask'] as const;

/** Opens the sessions and talks in all of them, rounds long, while workers die. */
export async function runManySessions(
  stack: Stack,
  input: { readonly sessions: number; readonly rounds: number; readonly killEveryMs: number },
): Promise<SessionFigures> {
  const upstream = await startSessionUpstream();
  const run = new Run();
  try {
    const keys = await seedBench(stack.adminUrl, plan, upstream.port, 's0__tool_1');
    const clients = Array.from({ length: input.sessions }, (_, at) => clientOf(stack, keys, at));
    await untilServed(stack, keys);
    const killing = startKilling(stack, input.killEveryMs);
    await overAll(clients, (client) => run.open(client));
    for (let round = 0; round < input.rounds; round += 1)
      await overAll(clients, (client, at) => run.call(client, verbs[(at + round) % verbs.length] ?? 'say'));
    run.figures.kills = await killing.stop();
    await overAll(clients, (client) => run.call(client, 'say'));
    const sorted = Float64Array.from(run.tookMs).sort();
    run.figures.p50Ms = Math.round(quantile(sorted, 0.5) * 10) / 10;
    run.figures.p99Ms = Math.round(quantile(sorted, 0.99) * 10) / 10;
    run.figures.mixed = upstream.mixed.length;
    run.figures.examples.push(...upstream.mixed.slice(0, 3));
    run.figures.upstreamSessions = upstream.sessions();
    return run.figures;
  } finally {
    upstream.close();
  }
}

function clientOf(stack: Stack, keys: readonly BenchKey[], at: number): SessionClient {
  const key = keys[at % keys.length];
  if (!key) throw new Error('no keys were seeded');
  const owner = `${key.tenant}/${at % keys.length}/${at}`;
  return { gateway: stack.gatewayUrl, tenant: key.tenant, secret: key.secret, owner, handle: undefined };
}

/** Each tenant's first snapshot has reached each worker. */
async function untilServed(stack: Stack, keys: readonly BenchKey[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (const url of stack.workerUrls)
    for (const { tenant, secret } of keys) {
      const probe: SessionClient = { gateway: url, tenant, secret, owner: '', handle: undefined };
      const ping = {
        jsonrpc: '2.0',
        id: 0,
        method: 'initialize',
        params: {
          protocolVersion: '2025-11-25',
          capabilities: {},
          clientInfo: { name: 'probe', version: '1' },
        },
      };
      while ((await post(probe, ping)).status !== 200) {
        if (Date.now() > deadline) throw new Error(`${tenant} is not served by ${url}`);
        await sleep(100);
      }
    }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      sessions: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '5' },
      'kill-every-ms': { type: 'string', default: '3000' },
    },
  });
  const stack = await startStack({ workers: 2 });
  try {
    const figures = await runManySessions(stack, {
      sessions: Number(values.sessions),
      rounds: Number(values.rounds),
      killEveryMs: Number(values['kill-every-ms']),
    });
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    if (figures.lost + figures.foreign + figures.mixed > 0) process.exitCode = 1;
  } finally {
    await stack.stop();
  }
}
