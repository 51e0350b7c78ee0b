import type { Outbound } from '@sallyport/outbound';
import type { SnapshotServer } from '@sallyport/snapshot';
import type { LentCredential } from './lent-credential.ts';
import type { UpstreamHealth } from './upstream-health.ts';
import type { UpstreamLink } from './upstream-link.ts';
import type { Pins } from './watch-pins.ts';
import type { UpstreamHub } from './watch-upstream.ts';

/** One upstream server of one tenant, as this worker knows it. */
export interface Upstream {
  readonly server: SnapshotServer;
  readonly circuit: string;
  readonly link: UpstreamLink;
  readonly pins: Pins;
  readonly outbound: Outbound;
  readonly health: UpstreamHealth;
  readonly hub: UpstreamHub;
  /** Calls that hold a place now. */
  inFlight: number;
  /** Exchanges that wait for their client now. */
  parked: number;
  /** Opened once, kept in memory; `undefined` when it is missing. */
  credential(): LentCredential | undefined;
  /** Whether its breaker is open or the last look at its definitions failed. */
  isDown(): boolean;
}
