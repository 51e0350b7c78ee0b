import { Agent, request as send } from 'node:http';

/** One prepared request and what its reply must be for the run to count. */
export interface Shot {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly expect: 'ok' | 'denied' | 'invalid_arguments';
}

export interface LoadResult {
  /** Latency of every call that had to succeed, milliseconds, ascending. */
  readonly latenciesMs: Float64Array;
  readonly sent: number;
  readonly wallMs: number;
  /** Replies that were not what the shot expected, with the first few bodies. */
  readonly wrong: readonly string[];
}

function fire(agent: Agent, port: number, shot: Shot): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = send(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: shot.path,
        method: 'POST',
        headers: { ...shot.headers, 'content-length': Buffer.byteLength(shot.body) },
      },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => resolve(Buffer.concat(chunks).toString()));
        reply.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(shot.body);
  });
}

function isExpected(shot: Shot, reply: string): boolean {
  if (shot.expect === 'ok') return reply.includes('"result"') && !reply.includes('"isError":true');
  return reply.includes(shot.expect);
}

/** Sends `count` shots with `inFlight` at once (closed loop) and checks every reply. */
export async function runLoad(
  port: number,
  inFlight: number,
  count: number,
  next: () => Shot,
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const latencies: number[] = [];
  const wrong: string[] = [];
  let started = 0;
  const lane = async () => {
    while (started < count) {
      started += 1;
      const shot = next();
      const before = performance.now();
      const reply = await fire(agent, port, shot).catch((error: Error) => `transport: ${error.message}`);
      const took = performance.now() - before;
      if (!isExpected(shot, reply)) wrong.push(`${shot.expect}: ${reply.slice(0, 300)}`);
      else if (shot.expect === 'ok') latencies.push(took);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: inFlight }, lane));
  const wallMs = performance.now() - begin;
  agent.destroy();
  return { latenciesMs: Float64Array.from(latencies).sort(), sent: count, wallMs, wrong };
}
