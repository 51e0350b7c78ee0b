import { hash } from 'node:crypto';
import type { LoadedConfig } from '../config/loaded-config.ts';
import { type Call, grant, stop } from './call.ts';
import type { Stage } from './pipeline.ts';

const scheme = 'bearer ';

/**
 * Stage 2: whose key this is. Unknown tenant, unknown endpoint, foreign, expired and revoked key all take the same
 * steps and get the same answer.
 */
export function createIdentify(deps: {
  readonly config: Pick<LoadedConfig, 'tenantBySlug' | 'nobody'>;
  readonly nowMs: () => number;
}): Stage<'received', 'identified'> {
  const { config, nowMs } = deps;
  return (call) => {
    const digest = hash('sha256', readBearer(call.req.headers.authorization), 'hex');
    const tenant = config.tenantBySlug(call.tenantSlug) ?? config.nobody;
    const found = tenant.index.keyByHash(digest);
    const endpoint = tenant.index.endpointBySlug(call.endpointSlug);
    if (!found || !endpoint) return stop('unauthenticated');
    const { key, agent, customer } = found;
    const isMeant = key.endpointId === null || key.endpointId === endpoint.id;
    const isExpired = key.expiresAtMs !== null && key.expiresAtMs <= nowMs();
    const isRevoked = tenant.isRevoked('key', key.id, key.createdAtMs);
    if (!isMeant || isExpired || isRevoked) return stop('unauthenticated');
    call.tenant = tenant;
    call.endpoint = endpoint;
    call.principal = found;
    if (
      tenant.isSuspended() ||
      tenant.isRevoked('agent', agent.id) ||
      (customer !== null && tenant.isRevoked('customer', customer.id))
    ) {
      return stop('suspended');
    }
    return grant<'identified'>(call);
  };
}

/** Whether a call that was identified earlier would still be: asked again whenever a revocation arrives. */
export function isStillAllowed(call: Call<'identified'>): boolean {
  const { tenant, principal, tool } = call;
  const { key, agent, customer } = principal;
  return !(
    tenant.isSuspended() ||
    tenant.isRevoked('key', key.id, key.createdAtMs) ||
    tenant.isRevoked('agent', agent.id) ||
    (customer !== null && tenant.isRevoked('customer', customer.id)) ||
    (tool !== null && (tenant.isRevoked('server', tool.server.id) || tenant.isRevoked('tool', tool.tool.id)))
  );
}

function readBearer(header: string | undefined): string {
  if (header === undefined || header.length <= scheme.length) return '';
  return header.slice(0, scheme.length).toLowerCase() === scheme ? header.slice(scheme.length).trim() : '';
}
