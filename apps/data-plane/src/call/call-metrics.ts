import type { Counter, Metrics } from '@sallyport/telemetry';
import type { CallState } from './call.ts';
import { elapsedUs } from './pipeline.ts';

export interface CallMetrics {
  count(call: CallState): void;
  /** A refusal of a tenant over its share of the spool, which is counted here and nowhere else. */
  dropped(): void;
}

/** Counts calls by how they ended; code and method family come from small fixed sets. */
export function createCallMetrics(metrics: Metrics): CallMetrics {
  const counters = new Map<string, Counter>();
  const help = 'Messages of agents by method and stable code of their end.';
  const seconds = metrics.histogram('sallyport_call_seconds', {}, { help: 'Time from head to answer.' });
  const gateway = metrics.histogram(
    'sallyport_gateway_seconds',
    {},
    { help: 'The same without the time at the upstream.' },
  );
  const dropped = metrics.counter(
    'sallyport_frames_dropped_total',
    {},
    'Refusals of tenants over their share.',
  );
  return {
    dropped: () => dropped.inc(),
    count(call) {
      const code = call.stopped?.code ?? 'ok';
      const method = families.has(call.method) ? call.method : 'other';
      const name = `${method} ${code}`;
      let counter = counters.get(name);
      if (!counter) {
        counter = metrics.counter('sallyport_calls_total', { method, code }, help);
        counters.set(name, counter);
      }
      counter.inc();
      const us = elapsedUs(call);
      seconds.observe(us / 1e6);
      gateway.observe((us - call.upstreamUs) / 1e6);
    },
  };
}

const families: ReadonlySet<string> = new Set([
  'initialize',
  'server/discover',
  'ping',
  'logging/setLevel',
  'tools/list',
  'tools/call',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'completion/complete',
  'subscriptions/listen',
]);
