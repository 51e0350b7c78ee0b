import { type Call, grant, type Stop, stop } from './call.ts';
import type { Stage } from './pipeline.ts';
import type { RateLimiter } from './rate-limiter.ts';

export interface AdmitDeps {
  readonly limiter: RateLimiter;
  readonly nowMs: () => number;
}

/** Stage 5 of a call: the key's rate, and the places at this upstream. */
export function createAdmit(deps: AdmitDeps): Stage<'resolved', 'admitted'> {
  return (call) => {
    const limited = takeToken(call, deps);
    if (limited) return limited;
    const { upstream, tenant } = call;
    if (upstream.inFlight >= tenant.settings.upstreamConcurrency) {
      return stop('rate_limited', {
        details: {
          rule: 'upstream_concurrency',
          limit: tenant.settings.upstreamConcurrency,
          retryAfterMs: 100,
        },
      });
    }
    upstream.inFlight += 1;
    call.holdsSlot = true;
    return grant<'admitted'>(call);
  };
}

/** Stage 5 of what names no tool: the key's rate alone. */
export function createAdmitOwn(deps: AdmitDeps): Stage<'read', 'counted'> {
  return (call) => takeToken(call, deps) ?? grant<'counted'>(call);
}

function takeToken(call: Call<'read'>, { limiter, nowMs }: AdmitDeps): Stop | undefined {
  const { ratePerMinute, rateBurst } = call.tenant.settings;
  const retryAfterMs = limiter.take(call.principal.key.id, { ratePerMinute, rateBurst }, nowMs());
  if (retryAfterMs === 0) return undefined;
  return stop('rate_limited', { details: { rule: 'key_rate', limit: ratePerMinute, retryAfterMs } });
}
