import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { commandLine } from './process-ids.mjs';
import { runCommand } from './run-command.mjs';
import { StopError } from './stop-error.mjs';
import { findProgram } from './system-packages.mjs';

/** True when we can listen on this loopback port now. */
export const isFree = (port) =>
  new Promise((done) => {
    const server = net.createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)));
  });

// Below every system's range for outgoing connections (Linux 32768+, macOS and Windows 49152+): a port from inside
// that range can be taken by anybody's connection between our look and the listening of the process it is meant for.
const FIRST_PORT = 15_000;
const PORTS = 17_000;

/** A loopback port nobody listens on; with `run`, the first of so many in a row. */
export const freePort = async (run = 1) => {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const first = FIRST_PORT + randomInt(PORTS - run);
    const free = await Promise.all(Array.from({ length: run }, (_, index) => isFree(first + index)));
    if (free.every(Boolean)) return first;
  }
  throw new StopError(
    `No free port between ${FIRST_PORT} and ${FIRST_PORT + PORTS}.`,
    'Stop what holds them, then try again.',
  );
};

/** The remembered port when it is still free, else a new one. */
export const rememberedPort = async (port) => (port && (await isFree(port)) ? port : freePort());

const listeningInodes = (port) => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => {
    try {
      return readFileSync(file, 'utf8').split('\n').slice(1);
    } catch {
      return [];
    }
  });
  return new Set(
    lines
      .map((line) => line.trim().split(/\s+/u))
      .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A')
      .map((fields) => `socket:[${fields[9]}]`),
  );
};

const holdsSocket = (pid, inodes) => {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
};

const holderFromProc = (port) => {
  const inodes = listeningInodes(port);
  if (inodes.size === 0) return undefined;
  const pid = readdirSync('/proc').find((name) => /^\d+$/u.test(name) && holdsSocket(name, inodes));
  if (!pid) return undefined;
  return `${commandLine(pid).slice(0, 60) || 'a process'} (pid ${pid})`;
};

/** Who listens on a port, in words; "another process" where the system does not tell us. */
export const portHolder = async (port) => {
  if (process.platform === 'linux') return holderFromProc(port) ?? 'another process';
  const lsof = findProgram('lsof');
  if (!lsof) return 'another process';
  const { stdout } = await runCommand(lsof, ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const pid = /^p(\d+)/mu.exec(stdout)?.[1];
  return pid ? `${/^c(.+)/mu.exec(stdout)?.[1]} (pid ${pid})` : 'another process';
};

/** The ports a person chooses, each with the variable that moves it. */
export const chosenPorts = ({ port, gatewayPort, demoPort, workerPortBase, workers }) => [
  { port, what: 'the console', variable: 'SALLYPORT_PORT' },
  { port: gatewayPort, what: 'the agent endpoint', variable: 'SALLYPORT_GATEWAY_PORT' },
  { port: demoPort, what: 'the demo server', variable: 'SALLYPORT_DEMO_PORT' },
  ...Array.from({ length: workers }, (_, index) => ({
    port: workerPortBase + index,
    what: `worker ${index + 1}`,
    variable: 'SALLYPORT_WORKER_PORT_BASE',
  })),
];

const nextFreeOffset = async (rows) => {
  for (let offset = 100; offset < 10_000; offset += 100) {
    const free = await Promise.all(rows.map((row) => isFree(row.port + offset)));
    if (free.every(Boolean)) return offset;
  }
  return 100;
};

/** Throws when a chosen port is taken; names the holder and a command line that works. */
export const checkPorts = async (settings) => {
  const rows = chosenPorts(settings);
  const taken = [];
  for (const row of rows) if (!(await isFree(row.port))) taken.push(row);
  if (taken.length === 0) return;
  const offset = await nextFreeOffset(rows);
  const variables = new Map(rows.toReversed().map((row) => [row.variable, row.port + offset]));
  const line = [...variables]
    .toReversed()
    .map(([name, port]) => `${name}=${port}`)
    .join(' ');
  const sentences = await Promise.all(
    taken.map(async (row) => `Port ${row.port} for ${row.what} is taken by ${await portHolder(row.port)}.`),
  );
  throw new StopError(
    sentences.join(' '),
    `Stop that process, or move Sallyport with ${[...new Set(taken.map((row) => row.variable))].join(', ')}, for example:\n${line} npm start`,
  );
};

/** Throws when nobody answers at the address of a person's own server. */
export const checkReachable = (variable, text) => {
  const { hostname, port, protocol } = new URL(text);
  const standard = protocol.startsWith('redis') ? 6379 : 5432;
  return new Promise((done, failed) => {
    const socket = net.connect({ host: hostname.replace(/^\[|\]$/gu, ''), port: Number(port) || standard });
    const refuse = (reason) => {
      socket.destroy();
      failed(
        new StopError(
          `Nobody answers at ${hostname}:${port || standard}, the address in ${variable} (${reason}).`,
          `Start that server, correct ${variable}, or unset it and Sallyport starts one of its own.`,
        ),
      );
    };
    socket.setTimeout(5000, () => refuse('no answer within 5 s'));
    socket.once('error', (error) => refuse(error.code ?? error.message));
    socket.once('connect', () => {
      socket.destroy();
      done();
    });
  });
};
