import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** True while a process of this id exists and is not a zombie. */
export const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) [ZX] /su.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
};

/** When a process started, in a form that only its own id and start share; a reused id gives another one. */
export const startMark = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return process.platform === 'linux' ? undefined : psField(pid, 'lstart=') || undefined;
  }
};

/** True while exactly the process that was recorded runs; never true for a stranger with a reused id. */
export const isSameProcess = ({ pid, mark }) => isAlive(pid) && startMark(pid) === mark;

/** Signals a whole process group, or the process alone when it leads none; a process that is gone is no fault. */
export const signalProcess = (pid, signal) => {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch {}
  }
};

/** The command line of a process, empty when it is gone. */
export const commandLine = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean).join(' ');
  } catch {
    return process.platform === 'linux' ? '' : psField(pid, 'command=');
  }
};

const psField = (pid, field) => {
  try {
    return execFileSync('ps', ['-o', field, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
};
