import type { SessionReport } from '@sallyport/bus';
import type { CallState } from '../call/call.ts';
import { createLru } from '../wire/lru.ts';

/** Legacy sessions that spoke lately, for people who look; no call ever asks. */
export interface RecentSessions {
  /** A message of a session arrived. */
  note(id: string, call: CallState): void;
  ofTenant(tenantId: string): readonly SessionReport[];
}

interface Seen {
  readonly tenantId: string;
  readonly report: { -readonly [K in keyof SessionReport]: SessionReport[K] };
}

const maxSeen = 2_000;
const shownForMs = 10 * 60_000;

/** Makes the bounded memory of one worker. */
export function createRecentSessions(nowMs: () => number): RecentSessions {
  const seen = createLru<string, Seen>(maxSeen);
  return {
    note(id, call) {
      const known = seen.get(id);
      const now = nowMs();
      if (known) {
        known.report.lastSeenAt = now;
        return;
      }
      const { tenant, endpoint, principal, client, version } = call;
      if (!tenant || !endpoint || !principal) return;
      const report = {
        id,
        endpointId: endpoint.id,
        keyId: principal.key.id,
        client,
        version,
        startedAt: now,
        lastSeenAt: now,
      };
      seen.set(id, { tenantId: tenant.id, report });
    },
    ofTenant: (tenantId) =>
      [...seen.values()]
        .filter((entry) => entry.tenantId === tenantId && nowMs() - entry.report.lastSeenAt < shownForMs)
        .map(({ report }) => report),
  };
}
