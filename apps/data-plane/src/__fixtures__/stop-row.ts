import type { StageName } from '@sallyport/ledger';
import type { ModernUpstream } from '../../../../e2e/upstreams/modern-upstream.ts';
import type { WorkerConfig } from '../worker.ts';
import type { makeTenant, TestTenant } from './test-tenant.ts';
import { modernRequest, type RawRequest, type TestWorker } from './test-worker.ts';

/** The one tool of the upstream in these tests. */
export const echo = {
  name: 'echo',
  description: 'Gives back the text.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
};
/** A call of it. */
export const call = (
  tenant: TestTenant,
  change: Parameters<typeof modernRequest>[3] = {},
  text = 'hello',
): RawRequest => modernRequest(tenant, 'tools/call', { name: 'up__echo', arguments: { text } }, change);

/** Makes the stop happen: on the tenant, the worker or the upstream. */
export type Prepare = (
  tenant: TestTenant,
  worker: TestWorker,
  upstream: ModernUpstream,
) => Promise<void> | void;

/** One way in which one stage stops a call. */
export interface StopRow {
  readonly stage: StageName;
  readonly code: string;
  readonly why: string;
  readonly http: number;
  /** Fields of the tenant. */
  readonly tenant?: Partial<Parameters<typeof makeTenant>[0]>;
  readonly worker?: Partial<WorkerConfig>;
  readonly prepare?: Prepare;
  readonly request?: (tenant: TestTenant) => RawRequest;
  /** Refusals of nobody known are counted, not receipted. */
  readonly anonymous?: true;
  /** The upstream may have seen the call (it failed there or its answer was refused). */
  readonly reaches?: true;
}
