import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from '@sallyport/telemetry';

const resolutionMs = 10;

/** Measures how long the event loop was blocked at most since somebody looked last. @returns what ends it */
export function watchLoop(metrics: Metrics): () => void {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs });
  delays.enable();
  const help = 'Longest time since the last look in which this process served nobody.';
  const read = (): number => {
    // The sampler itself waits for its next turn.
    const longest = Math.max(0, delays.max / 1e6 - resolutionMs) / 1_000;
    delays.reset();
    return longest;
  };
  metrics.gaugeOf('sallyport_event_loop_block_seconds', {}, read, help);
  return () => void delays.disable();
}
