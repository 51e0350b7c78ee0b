// Runs one server for the tests and ends it when its owner is gone, however the owner went.
// node supervise-child.ts <json>: { ownerPid, uid?, gid?, command, args, removeDir? }
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

interface Order {
  readonly ownerPid: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly command: string;
  readonly args: readonly string[];
  readonly removeDir?: string;
}

const order = JSON.parse(process.argv[2] ?? '') as Order;
const child = spawn(order.command, [...order.args], {
  stdio: ['ignore', 'ignore', 'ignore'],
  env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
  ...(order.uid === undefined ? {} : { uid: order.uid }),
  ...(order.gid === undefined ? {} : { gid: order.gid }),
});

let isStopping = false;

function stop(): void {
  if (isStopping) return;
  isStopping = true;
  child.kill('SIGINT'); // Postgres: fast shutdown; Redis: leave.
  setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
}

function leave(): void {
  if (order.removeDir !== undefined) rmSync(order.removeDir, { recursive: true, force: true });
  process.exit(0);
}

function isOwnerAlive(): boolean {
  try {
    process.kill(order.ownerPid, 0);
    return true;
  } catch {
    return false;
  }
}

child.on('exit', leave);
child.on('error', leave);
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
setInterval(() => {
  if (!isOwnerAlive()) stop();
}, 500);
