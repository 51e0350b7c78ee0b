import type { ServerResponse } from 'node:http';
import type { Metrics } from '@sallyport/telemetry';
import type { OwnRoutes } from './http-listener.ts';

export interface WorkerHealth {
  readonly workerId: string;
  readonly isReady: boolean;
  readonly isDraining: boolean;
  readonly tenants: number;
  readonly pendingFrames: number;
}

/** Health and metrics of one worker, on its loopback port only. */
export function createOwnRoutes(input: {
  readonly metrics: Metrics;
  readonly health: () => WorkerHealth;
}): OwnRoutes {
  const { metrics, health } = input;
  const help = 'What the operating system says of this process.';
  metrics.gaugeOf('process_cpu_seconds_total', {}, cpuSeconds, help);
  metrics.gaugeOf('process_resident_memory_bytes', {}, () => process.memoryUsage.rss(), help);
  return (req, res) => {
    if (req.method !== 'GET') return false;
    switch (req.url) {
      case '/healthz':
        send(res, 200, { ok: true, pid: process.pid, ...health() });
        return true;
      case '/readyz': {
        const { isReady, isDraining } = health();
        send(res, isReady && !isDraining ? 200 : 503, { ready: isReady && !isDraining });
        return true;
      }
      case '/metrics':
        res.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(metrics.render());
        return true;
      default:
        return false;
    }
  };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
