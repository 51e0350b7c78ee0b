import type { Stack } from '../../stack.ts';

/** What a worker says of itself: how long it served nobody since the last look, and its memory. */
export async function lookAt(stack: Stack): Promise<{ blockedMs: number; residentMb: number; pid: number }> {
  const [metrics, health] = await Promise.all(
    ['metrics', 'healthz'].map(async (path) => (await fetch(`${stack.workerUrls[0]}/${path}`)).text()),
  );
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(metrics ?? '')?.[1]);
  return {
    blockedMs: value('sallyport_event_loop_block_seconds') * 1_000,
    residentMb: value('process_resident_memory_bytes') / 1024 / 1024,
    pid: (JSON.parse(health ?? '{}') as { pid: number }).pid,
  };
}
