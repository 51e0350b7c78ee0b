/**
 * Outlives a launcher that was killed and ends what it left: the launcher holds our stdin open, tells us on it which
 * processes are its own, and when the pipe closes without a goodbye we stop them. Runs in its own session.
 */
import { execFile } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSameProcess, signalProcess } from './process-ids.mjs';

const patienceMs = 8000;
const watched = new Map();
let isDismissed = false;

const obey = (line) => {
  const order = JSON.parse(line);
  if (order.watch) watched.set(order.watch.pid, order.watch);
  if (order.forget) watched.delete(order.forget);
  if (order.dismiss) isDismissed = true;
};

const alive = () => [...watched.values()].filter(isSameProcess);

const stopAll = async () => {
  const found = alive();
  for (const { pid, stopSignal, stopCommand } of found) {
    if (stopCommand) execFile(stopCommand[0], stopCommand.slice(1), () => {});
    signalProcess(pid, stopSignal ?? 'SIGTERM');
  }
  const end = performance.now() + patienceMs;
  while (alive().length > 0 && performance.now() < end) await sleep(100);
  for (const { pid } of found) killGroup(pid);
};

/** What a leader left in its group goes with it. */
const killGroup = (pid) => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {}
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
createInterface({ input: process.stdin })
  .on('line', obey)
  .on('close', async () => {
    if (!isDismissed) await stopAll();
    process.exit(0);
  });
