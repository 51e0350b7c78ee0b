import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';

/** Runs inside the sandbox in place of the real child and tries what a taken-over child would try. */
interface Wishes {
  readonly secretFile: string;
  readonly ports: readonly number[];
}

type Attempt = { readonly ok: boolean; readonly what: string };

function attempt(work: () => unknown): Attempt {
  try {
    return { ok: true, what: String(work()).slice(0, 200) };
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return { ok: false, what: code ?? message };
  }
}

function dial(port: number, host: string): Promise<Attempt> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const end = (found: Attempt): void => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(2_000, () => end({ ok: false, what: 'no answer' }));
    socket.on('connect', () => end({ ok: true, what: 'connected' }));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end({ ok: false, what: error.code ?? error.message }),
    );
  });
}

const chunks: Buffer[] = [];
process.stdin.on('data', (chunk: Buffer) => {
  chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  if (text.includes('\n')) void probe(JSON.parse(text) as Wishes);
});

async function probe({ secretFile, ports }: Wishes): Promise<void> {
  const dials = await Promise.all(ports.map((port) => dial(port, '127.0.0.1')));
  const found = {
    environment: Object.keys(process.env).filter((name) => name !== 'PWD'),
    secretFile: attempt(() => readFileSync(secretFile, 'utf8')),
    secretFolder: attempt(() => readdirSync(dirname(secretFile))),
    passwords: attempt(() => readFileSync('/etc/passwd', 'utf8')),
    parentEnvironment: attempt(() => readFileSync(`/proc/${process.ppid}/environ`, 'utf8').length > 0),
    ownCode: attempt(() => writeFileSync(new URL(import.meta.url), 'owned')),
    shell: attempt(() => {
      const { error } = spawnSync('/bin/sh', ['-c', 'id']);
      if (error) throw error;
      return 'ran';
    }),
    dials,
    internet: await dial(443, '192.0.2.1'),
  };
  process.stdout.write(`${JSON.stringify(found)}\n`, () => process.exit(0));
}
