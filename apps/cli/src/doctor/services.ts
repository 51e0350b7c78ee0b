import net from 'node:net';
import type { InstallationSecrets, InstallationState } from '../installation.ts';
import type { Finding } from './finding.ts';

const timeoutMs = 2000;
const startAdvice = 'start Sallyport with `npm start`; if it runs, see .sallyport/logs/';
/** The 8 bytes with which a client asks a Postgres server for TLS; only a Postgres answers N or S. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** Sends bytes to a loopback port and hands back the first answer that satisfies, or undefined. */
const probe = (
  port: number,
  bytes: Uint8Array | string,
  isEnough: (text: string) => boolean,
): Promise<string | undefined> =>
  new Promise((done) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    let text = '';
    const finish = (value: string | undefined) => {
      socket.destroy();
      done(value);
    };
    socket.setTimeout(timeoutMs, () => finish(undefined));
    socket.on('error', () => finish(undefined));
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (isEnough(text)) finish(text);
    });
  });

/** Our Postgres answers as a Postgres does; one's own server is left to the control plane's health. */
export const checkPostgres = async ({ ports }: InstallationState): Promise<Finding> => {
  const name = 'Postgres';
  if (ports.postgres === undefined) return { kind: 'well', name, detail: 'your own (DATABASE_URL)' };
  const answer = await probe(ports.postgres, sslRequest, (text) => text.length > 0);
  return answer?.[0] === 'N' || answer?.[0] === 'S'
    ? { kind: 'well', name, detail: `port ${ports.postgres}` }
    : { kind: 'broken', name, detail: `no answer on port ${ports.postgres}`, advice: startAdvice };
};

/** Our Redis lets the control plane's user in; the default user is off. */
export const checkRedis = async (
  { ports }: InstallationState,
  secrets: InstallationSecrets | undefined,
): Promise<Finding> => {
  const name = 'Redis';
  if (ports.redis === undefined) return { kind: 'well', name, detail: 'your own (REDIS_URL)' };
  const password = secrets?.redisPasswords.control ?? '';
  const isWhole = (text: string) => text.includes('PONG') || text.startsWith('-');
  const answer = await probe(ports.redis, `AUTH control ${password}\r\nPING\r\n`, isWhole);
  if (answer?.includes('PONG')) return { kind: 'well', name, detail: `port ${ports.redis}` };
  const detail =
    answer === undefined ? `no answer on port ${ports.redis}` : `refused: ${answer.split('\r\n')[0]}`;
  return { kind: 'broken', name, detail, advice: startAdvice };
};

/** A process of ours answers on its health address. */
export const checkHealth = async (name: string, url: string): Promise<Finding> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    if (response.ok) return { kind: 'well', name, detail: url };
    return {
      kind: 'broken',
      name,
      detail: `${url} answered ${response.status}`,
      advice: `see .sallyport/logs/`,
    };
  } catch {
    return { kind: 'broken', name, detail: `no answer at ${url}`, advice: startAdvice };
  }
};
