const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const heartbeatMs = 10_000;

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Lines of work with their elapsed time. On a terminal the running steps share one moving line;
 * in a log each step prints when it starts to take long and when it ends.
 */
export const createProgress = ({ out = process.stdout, now = () => performance.now() } = {}) => {
  const isTerminal = Boolean(out.isTTY) && !process.env.CI;
  const running = new Map();
  let frame = 0;
  let isLineDirty = false;
  let isQuiet = false;

  const clearLine = () => {
    if (isTerminal && isLineDirty) out.write('\r\x1b[2K');
    isLineDirty = false;
  };
  const print = (line) => {
    clearLine();
    out.write(`${line}\n`);
  };
  const spin = () => {
    if (running.size === 0) return;
    const text = [...running].map(([name, { since }]) => `${name} ${seconds(now() - since)}`).join(' · ');
    frame = (frame + 1) % frames.length;
    out.write(`\r\x1b[2K  ${frames[frame]} ${text.slice(0, Math.max(20, (out.columns ?? 80) - 6))}`);
    isLineDirty = true;
  };
  const beat = () => {
    for (const [name, step] of running) {
      if (now() - step.since > heartbeatMs) print(`  … ${name} (${seconds(now() - step.since)})`);
    }
  };
  const timer = isTerminal ? setInterval(spin, 120) : setInterval(beat, heartbeatMs);
  timer.unref();

  return {
    print,
    /** Runs one step; `work` may return a word that is printed behind the step's name. */
    async step(name, work) {
      const since = now();
      running.set(name, { since });
      try {
        const result = await work();
        const remark = typeof result === 'string' ? ` (${result})` : '';
        running.delete(name);
        print(`  ✓ ${`${name}${remark}`.padEnd(58)} ${seconds(now() - since).padStart(8)}`);
        return result;
      } catch (error) {
        running.delete(name);
        if (!isQuiet) print(`  ✗ ${name.padEnd(58)} ${seconds(now() - since).padStart(8)}`);
        throw error;
      }
    },
    /** From now on a step that ends is not news: we are stopping. */
    quieten() {
      isQuiet = true;
      running.clear();
    },
    end() {
      clearInterval(timer);
      clearLine();
    },
  };
};
