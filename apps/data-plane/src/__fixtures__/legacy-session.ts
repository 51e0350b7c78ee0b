import type { TestTenant } from './test-tenant.ts';
import { type RawRequest, type Seen, send } from './test-worker.ts';

/** A legacy client by hand. */
export interface LegacyClient {
  readonly handle: string;
  request(method: string, params?: unknown, id?: number): Promise<Seen>;
  raw(body: string, headers?: Record<string, string | undefined>): RawRequest;
}

export function legacyHeaders(
  tenant: Pick<TestTenant, 'key'>,
  change: Record<string, string | undefined> = {},
): Record<string, string> {
  const headers: Record<string, string | undefined> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    authorization: `Bearer ${tenant.key}`,
    ...change,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Opens a session in a version. */
export async function openLegacy(
  url: string,
  tenant: TestTenant,
  version = '2025-11-25',
  capabilities: object = {},
): Promise<LegacyClient> {
  const path = `/${tenant.slug}/main/key/mcp`;
  const params = {
    protocolVersion: version,
    capabilities,
    clientInfo: { name: 'legacy-test', version: '1' },
  };
  const opened = await send(url, {
    path,
    headers: legacyHeaders(tenant),
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }),
  });
  const handle = String(opened.headers['mcp-session-id']);
  const raw: LegacyClient['raw'] = (body, headers = {}) => ({
    path,
    body,
    headers: legacyHeaders(tenant, { 'mcp-session-id': handle, 'mcp-protocol-version': version, ...headers }),
  });
  return {
    handle,
    raw,
    request: (method, params, id = 2) =>
      send(url, raw(JSON.stringify({ jsonrpc: '2.0', id, method, params }))),
  };
}
