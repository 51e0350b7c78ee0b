import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('watchdog.mjs', import.meta.url));

/** Starts the watchdog and keeps it running; it learns of every child, and again of all after a restart of its own. */
export const linkWatchdog = () => {
  const watched = new Map();
  let isDismissed = false;
  let dog;
  const tell = (order) => dog.stdin.write(`${JSON.stringify(order)}\n`);
  const start = () => {
    dog = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    dog.stdin.on('error', () => {});
    dog.unref();
    dog.on('exit', () => {
      if (!isDismissed) start();
    });
    for (const watch of watched.values()) tell({ watch });
  };
  start();
  return {
    watch(entry) {
      watched.set(entry.pid, entry);
      tell({ watch: entry });
    },
    forget(pid) {
      watched.delete(pid);
      tell({ forget: pid });
    },
    dismiss() {
      isDismissed = true;
      tell({ dismiss: true });
      dog.stdin.end();
    },
  };
};
