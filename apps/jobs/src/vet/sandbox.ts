import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SandboxFacts } from '@sallyport/vetting';

/** How a child is started on this machine, and what that is worth. */
export interface Sandbox {
  readonly facts: SandboxFacts;
  /** Why bubblewrap is not used, for the log. */
  readonly note: string | null;
  command(script: string, heapMb: number): SandboxCommand;
}

export interface SandboxCommand {
  readonly command: string;
  readonly args: readonly string[];
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** The code a child runs; nothing else of this checkout is there for it. */
const codePaths: readonly string[] = [
  'node_modules/.pnpm',
  'apps/jobs/package.json',
  'apps/jobs/src',
  'apps/jobs/node_modules',
  ...['kernel', 'mcp', 'detection', 'vetting'].map((lib) => `libs/${lib}`),
].map((path) => resolve(root, path));

/** Tries the real command line once; falls back to Node's permission model, which does not cut the network. */
export async function probeSandbox(choice: 'auto' | 'permission_model'): Promise<Sandbox> {
  if (choice === 'permission_model') return permissionModel('switched off by VET_SANDBOX');
  const problem = await tryBubblewrap();
  return problem === null ? bubblewrap : permissionModel(problem);
}

const bubblewrap: Sandbox = {
  facts: { kind: 'bubblewrap', network: 'cut' },
  note: null,
  command: (script, heapMb) => ({
    command: 'bwrap',
    args: [...bwrapArgs(), '--', ...nodeCommand(script, heapMb)],
  }),
};

function permissionModel(note: string): Sandbox {
  return {
    facts: { kind: 'permission_model', network: 'not_cut' },
    note,
    command: (script, heapMb) => {
      const [command = process.execPath, ...args] = nodeCommand(script, heapMb);
      return { command, args };
    },
  };
}

/** Node's own permission model holds inside bubblewrap too: no child processes, no add-ons, no other files. */
function nodeCommand(script: string, heapMb: number): readonly string[] {
  const readable = codePaths.map((path) => `--allow-fs-read=${path}`);
  return [
    process.execPath,
    '--permission',
    ...readable,
    `--max-old-space-size=${heapMb}`,
    '--disable-proto=delete',
    '--no-warnings',
    script,
  ];
}

function bwrapArgs(): readonly string[] {
  const code = codePaths.flatMap((path) => ['--ro-bind', path, path]);
  return [
    ...['--unshare-user', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts'],
    ...['--unshare-cgroup-try', '--die-with-parent', '--new-session'],
    ...['--ro-bind', '/usr/lib', '/usr/lib', '--ro-bind-try', '/usr/lib64', '/usr/lib64'],
    ...libraryLinks(),
    ...['--ro-bind-try', '/etc/ld.so.cache', '/etc/ld.so.cache'],
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp'],
    ...code,
    ...nodeBinary(),
    ...['--uid', '65534', '--gid', '65534', '--disable-userns', '--remount-ro', '/', '--chdir', '/tmp'],
    ...['--clearenv', '--cap-drop', 'ALL'],
  ];
}

/** `/lib` is a link into `/usr` on most systems, a folder on some. */
function libraryLinks(): readonly string[] {
  return ['/lib', '/lib64'].flatMap((path) => {
    if (!existsSync(path)) return [];
    return lstatSync(path).isSymbolicLink()
      ? ['--symlink', readlinkSync(path), path]
      : ['--ro-bind', path, path];
  });
}

function nodeBinary(): readonly string[] {
  const { execPath } = process;
  const isInside =
    codePaths.some((path) => execPath.startsWith(`${path}/`)) || execPath.startsWith('/usr/lib/');
  return isInside ? [] : ['--ro-bind', execPath, execPath];
}

const probeScript = fileURLToPath(new URL('./child/probe.ts', import.meta.url));
const probeMs = 10_000;

/** Runs a probe inside; `null` when it came back with nothing but a loopback interface. */
function tryBubblewrap(): Promise<string | null> {
  return new Promise((done) => {
    const { command, args } = bubblewrap.command(probeScript, 64);
    const child = spawn(command, args, { env: {}, stdio: ['ignore', 'pipe', 'pipe'], timeout: probeMs });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err = (err + chunk.toString()).slice(0, 500);
    });
    child.on('error', (cause: NodeJS.ErrnoException) =>
      done(cause.code === 'ENOENT' ? 'bubblewrap is not installed' : cause.message),
    );
    child.on('close', (code) =>
      done(code === 0 && out.trim() === 'sealed' ? null : err.trim() || `exit ${code}`),
    );
  });
}
