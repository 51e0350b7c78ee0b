import { hash } from 'node:crypto';
import { rpcCodes, type WireObject } from '@sallyport/mcp';
import type { ExposedItem } from '@sallyport/snapshot';
import type { TenantState } from '../config/tenant-state.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import { type Call, grant, type Stop, stop, type UpstreamRequest } from './call.ts';

/** What a stage found for the name that a caller gave. */
export interface Found {
  readonly item: ExposedItem;
  /** What policies and detectors look at. */
  readonly args: WireObject;
  /** The judged facts as JSON. */
  readonly argsText: string;
  readonly request: UpstreamRequest;
}

/** Longest name or URI that a receipt keeps of what a caller asked for. */
export const maxNameShown = 128;
export const noArguments: WireObject = Object.freeze({});

/** Puts what was found on the call: capability, server, policies, and what is to be sent. */
export function settle(call: Call<'read'>, found: Found, upstreams: Pick<Upstreams, 'of'>): Call<'resolved'> {
  const { tenant, principal } = call;
  const tool = found.item.context;
  call.item = found.item;
  call.tool = tool;
  call.upstream = upstreams.of(tenant, tool.server);
  call.slice = tenant.index.sliceFor(principal, tool);
  call.args = found.args;
  call.argsText = found.argsText;
  call.argsDigest = hash('sha256', found.argsText, 'hex');
  call.request = found.request;
  return grant<'resolved'>(call);
}

/** Whether a mark that outran the configuration takes the capability away. */
export function isTakenBack(tenant: TenantState, { context }: ExposedItem): boolean {
  return tenant.isRevoked('server', context.server.id) || tenant.isRevoked('tool', context.tool.id);
}

/** Params that are not what the method asks for. */
export function wrongParams(reason: string): Stop {
  return stop('malformed', { details: { reason }, rpc: rpcCodes.invalidParams, http: 200 });
}
