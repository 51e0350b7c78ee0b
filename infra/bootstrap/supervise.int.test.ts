import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from './process-ids.mjs';
import { endLeftovers } from './supervise.mjs';
import { waitFor } from './wait-for.mjs';

let home: string;
let launcher: ChildProcess | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sallyport-supervise-'));
});
afterEach(() => {
  launcher?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const script = (url: string) => `
import { createSupervisor } from ${JSON.stringify(url)};
const home = process.argv[2];
const supervisor = createSupervisor({ logFolder: home + '/logs', runFolder: home + '/run', report: (line) => console.log(line) });
// It ignores every polite signal and its pipe: only the last resort ends it.
const stubborn = "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {}); setInterval(() => {}, 1000);";
const row = (name, code) => ({ name, command: process.execPath, args: ['-e', code], cwd: home, env: {}, isReady: async () => true });
await supervisor.start(row('patient', 'setInterval(() => {}, 1000)'));
await supervisor.start(row('stubborn', stubborn));
process.on('SIGTERM', async () => { await supervisor.stop(); process.exit(0); });
console.log('READY');
`;

const startLauncher = async (): Promise<readonly { name: string; pid: number }[]> => {
  const file = join(home, 'launcher.mjs');
  writeFileSync(file, script(new URL('supervise.mjs', import.meta.url).href));
  const child = spawn(process.execPath, [file, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  launcher = child;
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await waitFor(() => output.includes('READY'), 10_000);
  return recorded();
};

const recorded = () => JSON.parse(readFileSync(join(home, 'run', 'processes.json'), 'utf8'));
const allGone = (pids: readonly { pid: number }[]) => pids.every(({ pid }) => !isAlive(pid));

describe('the supervisor', () => {
  it('leaves no process behind when the launcher is killed with -9', { timeout: 40_000 }, async () => {
    const children = await startLauncher();
    expect(children).toHaveLength(2);
    expect(allGone(children)).toBe(false);
    launcher?.kill('SIGKILL');
    expect(await waitFor(() => allGone(children), 20_000)).toBe(true);
  });

  it('starts a child again that ended by itself', { timeout: 20_000 }, async () => {
    const [patient] = await startLauncher();
    process.kill(patient?.pid ?? 0, 'SIGKILL');
    const isBack = () =>
      recorded().some(
        ({ name, pid }: { name: string; pid: number }) => name === 'patient' && pid !== patient?.pid,
      );
    expect(await waitFor(isBack, 10_000)).toBe(true);
  });

  it('ends what an earlier launcher left, and never a stranger with the same id', {
    timeout: 20_000,
  }, async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
    const children = await startLauncher();
    const file = join(home, 'run', 'processes.json');
    const [first] = recorded();
    writeFileSync(
      file,
      JSON.stringify([
        { ...first, name: 'patient' },
        { name: 'x', pid: stranger.pid, mark: 'another start' },
      ]),
    );
    expect(await endLeftovers(join(home, 'run'))).toBe(true);
    expect(isAlive(children[0]?.pid)).toBe(false);
    expect(isAlive(stranger.pid)).toBe(true);
    stranger.kill('SIGKILL');
  });
});
