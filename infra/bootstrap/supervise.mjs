import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { isAlive, isSameProcess, signalProcess, startMark } from './process-ids.mjs';
import { tail } from './run-command.mjs';
import { privateFolder, writePrivateFile } from './secrets.mjs';
import { StopError } from './stop-error.mjs';
import { waitFor } from './wait-for.mjs';
import { linkWatchdog } from './watchdog-link.mjs';

const graceMs = 10_000;
const firstDelayMs = 500;
const longestDelayMs = 30_000;
const steadyAfterMs = 30_000;
const keptLogBytes = 20_000_000;
/** They are stopped last: the others lean on them until their end. */
const services = new Set(['redis', 'postgres']);

const openLog = (file) => {
  const log = openSync(file, 'a', 0o600);
  if (fstatSync(log).size <= keptLogBytes) return log;
  closeSync(log);
  renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
};

const spawnRow = (row, logFile) => {
  const log = openLog(logFile);
  const hasPipe = row.isParentPipe !== false;
  const child = spawn(row.command, row.args, {
    cwd: row.cwd,
    env: hasPipe ? { ...row.env, SALLYPORT_PARENT_PIPE: '1' } : row.env,
    stdio: [hasPipe ? 'pipe' : 'ignore', log, log],
    detached: true,
    ...(row.uid === undefined ? {} : { uid: row.uid, gid: row.gid }),
  });
  closeSync(log);
  child.stdin?.on('error', () => {});
  return child;
};

/** What is known of a running child outside this process: enough to end it, and nothing else. */
const mark = ({ row, pid, mark: started }) => ({
  name: row.name,
  pid,
  mark: started,
  stopSignal: row.stopSignal,
  stopCommand: row.stopCommand,
});

const record = (state) =>
  writePrivateFile(
    join(state.runFolder, 'processes.json'),
    `${JSON.stringify([...state.children.values()].map(mark), null, 2)}\n`,
  );

/** Lets the calls of agents come first where the cores are scarce; where the system refuses, nothing is lost. */
const stepBack = (pid, niceness) => {
  try {
    setPriority(pid, niceness);
    // Linux may weigh whole sessions against each other, and each child of ours leads one.
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // Not allowed, or no such thing here.
  }
};

const logOf = (state, row) => join(state.logFolder, `${row.name}.log`);

/** Starts a child; `onEnd` hears once why it ended, unless we ended it. */
const launch = (state, row, onEnd) => {
  const spawned = spawnRow(row, logOf(state, row));
  const { pid } = spawned;
  const child = { row, spawned, pid, mark: pid && startMark(pid), since: performance.now() };
  let isGone = false;
  const ended = (words) => {
    if (isGone) return;
    isGone = true;
    if (pid) state.dog.forget(pid);
    state.children.delete(row.name);
    if (state.isStopping) return;
    record(state);
    onEnd(words, child);
  };
  spawned.on('error', (error) => ended(error.message));
  spawned.on('exit', (code, signal) => ended(signal ?? `code ${code}`));
  if (pid) {
    if (row.niceness) stepBack(pid, row.niceness);
    state.children.set(row.name, child);
    state.dog.watch(mark(child));
    record(state);
  }
  return child;
};

/** Starts a row again that ended by itself, later each time until it held for a while. */
const restart = (state, row, words, { since }, delayMs) => {
  const next = performance.now() - since > steadyAfterMs ? firstDelayMs : delayMs;
  state.report(
    `${row.name} ended (${words}); starting it again in ${next / 1000} s. Log: ${logOf(state, row)}`,
  );
  const timer = setTimeout(() => {
    state.timers.delete(timer);
    if (state.isStopping) return;
    const longer = Math.min(longestDelayMs, next * 2);
    launch(state, row, (why, child) => restart(state, row, why, child, longer));
  }, next);
  state.timers.add(timer);
};

const failure = (state, row, words) =>
  new StopError(
    `${row.name} did not start (${words}).`,
    `The end of ${logOf(state, row)}:\n${tail(readFileSync(logOf(state, row), 'utf8'), 12)}`,
  );

/** Starts a row and waits until it is ready; one that ends or stays unready before that is a fault, not restarted. */
const startAndWait = async (state, row) => {
  if (state.isStopping) throw new StopError('Stopped while starting.', '');
  const timeoutMs = row.startTimeoutMs ?? 60_000;
  let isUp = false;
  let early;
  const { pid } = launch(state, row, (words, child) => {
    if (isUp) restart(state, row, words, child, firstDelayMs);
    else early = words;
  });
  const isReady = await waitFor(
    async () => early !== undefined || state.isStopping || (await row.isReady(pid)),
    timeoutMs,
  );
  if (state.isStopping) throw new StopError('Stopped while starting.', '');
  if (early !== undefined) throw failure(state, row, early);
  if (!isReady) throw failure(state, row, `not ready after ${Math.round(timeoutMs / 1000)} s`);
  isUp = true;
};

const killGroup = (pid) => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
};

const endOne = async ({ row, pid, spawned }) => {
  signalProcess(pid, row.stopSignal ?? 'SIGTERM');
  spawned.stdin?.end();
  await waitFor(() => !isAlive(pid), graceMs);
  // What the leader left in its group goes with it.
  killGroup(pid);
  await waitFor(() => !isAlive(pid), 2000);
};

const stopAll = async (state) => {
  state.isStopping = true;
  for (const timer of state.timers) clearTimeout(timer);
  const all = [...state.children.values()];
  await Promise.all(all.filter(({ row }) => !services.has(row.name)).map(endOne));
  await Promise.all(all.filter(({ row }) => services.has(row.name)).map(endOne));
  state.dog.dismiss();
};

/**
 * Runs rows `{ name, command, args, env, cwd, isReady, … }` as children in process groups of their own, restarts one that
 * ends by itself, and ends them all. `report` prints a line for a person.
 */
export const createSupervisor = ({ logFolder, runFolder, report }) => {
  const state = {
    logFolder: privateFolder(logFolder),
    runFolder: privateFolder(runFolder),
    report,
    dog: linkWatchdog(),
    children: new Map(),
    timers: new Set(),
    isStopping: false,
  };
  return {
    start: (row) => startAndWait(state, row),
    stop: () => stopAll(state),
    isRunning: () => state.children.size > 0,
    killNow() {
      for (const { pid } of state.children.values()) killGroup(pid);
    },
  };
};

/** Ends what an earlier launcher recorded and left behind; true when there was something. */
export const endLeftovers = async (runFolder) => {
  let recorded = [];
  try {
    recorded = JSON.parse(readFileSync(join(runFolder, 'processes.json'), 'utf8'));
  } catch {}
  const left = recorded.filter(isSameProcess);
  for (const { pid, stopSignal } of left) signalProcess(pid, stopSignal ?? 'SIGTERM');
  await waitFor(() => left.every((entry) => !isSameProcess(entry)), 8000);
  for (const { pid } of left) killGroup(pid);
  return left.length > 0;
};
