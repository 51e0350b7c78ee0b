import type { Stack } from '../stack.ts';
import type { Shot } from './load.ts';
import type { Cell } from './stats.ts';

/** What a process has used until now. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssBytes: number;
}

/** What is measured against the others. */
export interface Target {
  readonly name: Cell['target'];
  readonly port: number;
  readonly next: () => Shot;
  readonly usage: () => Promise<Usage>;
}

export type Measure = (
  target: Target,
  inFlight: number,
  count: number,
) => Promise<{ readonly cell: Cell; readonly sent: number }>;

/** CPU and memory of the first worker, from its own metrics. */
export async function workerUsage(stack: Stack): Promise<Usage> {
  const page = await (await fetch(`${stack.workerUrls[0]}/metrics`)).text();
  const value = (name: string) => {
    const line = page.split('\n').find((row) => row.startsWith(`${name} `));
    if (line === undefined) throw new Error(`the worker's metrics lack ${name}`);
    return Number(line.slice(name.length + 1));
  };
  return {
    cpuUs: value('process_cpu_seconds_total') * 1e6,
    rssBytes: value('process_resident_memory_bytes'),
  };
}
