import { call, type Prepare, type StopRow } from './stop-row.ts';
import type { TestTenant } from './test-tenant.ts';

const revoke =
  (kind: 'key' | 'agent' | 'tenant', subject: (tenant: TestTenant) => string): Prepare =>
  (tenant, { worker }) => {
    worker.config.revoke(tenant.revoke(kind, subject(tenant)).text);
  };
const asOther = (change: Partial<TestTenant>) => (tenant: TestTenant) => call({ ...tenant, ...change });

/** Stops before a method is known. */
export const headStopRows: readonly StopRow[] = [
  {
    stage: 'receive',
    code: 'method_not_allowed',
    why: 'GET',
    http: 405,
    anonymous: true,
    request: (t) => ({ ...call(t), method: 'GET' }),
  },
  {
    stage: 'receive',
    code: 'method_not_allowed',
    why: 'DELETE',
    http: 405,
    anonymous: true,
    request: (t) => ({ ...call(t), method: 'DELETE' }),
  },
  {
    stage: 'receive',
    code: 'forbidden_origin',
    why: 'a foreign Host',
    http: 403,
    anonymous: true,
    request: (t) => call(t, { headers: { host: 'evil.example' } }),
  },
  {
    stage: 'receive',
    code: 'forbidden_origin',
    why: 'a foreign Origin',
    http: 403,
    anonymous: true,
    request: (t) => call(t, { headers: { origin: 'https://evil.example' } }),
  },
  {
    stage: 'receive',
    code: 'not_acceptable',
    why: 'another Content-Type',
    http: 415,
    anonymous: true,
    request: (t) => call(t, { headers: { 'content-type': 'text/plain' } }),
  },
  {
    stage: 'receive',
    code: 'not_acceptable',
    why: 'an Accept that fits nothing',
    http: 406,
    anonymous: true,
    request: (t) => call(t, { headers: { accept: 'text/html' } }),
  },
  {
    stage: 'receive',
    code: 'too_large',
    why: 'a body announced as 100 MB',
    http: 413,
    anonymous: true,
    request: (t) => call(t, { headers: { 'content-length': '104857600' } }),
  },
  {
    stage: 'identify',
    code: 'unauthenticated',
    why: 'no key',
    http: 401,
    anonymous: true,
    request: (t) => call(t, { headers: { authorization: undefined } }),
  },
  {
    stage: 'identify',
    code: 'unauthenticated',
    why: 'an unknown tenant',
    http: 401,
    anonymous: true,
    request: asOther({ slug: 'nobody' }),
  },
  {
    stage: 'identify',
    code: 'unauthenticated',
    why: 'a foreign key',
    http: 401,
    anonymous: true,
    request: asOther({ key: 'sp_foreign' }),
  },
  {
    stage: 'identify',
    code: 'unauthenticated',
    why: 'an unknown endpoint',
    http: 401,
    anonymous: true,
    request: (t) => ({ ...call(t), path: '/acme/other/key/mcp' }),
  },
  {
    stage: 'identify',
    code: 'unauthenticated',
    why: 'an expired key',
    http: 401,
    anonymous: true,
    tenant: { keyExpiresAtMs: 1_000 },
  },
  {
    stage: 'identify',
    code: 'unauthenticated',
    why: 'a revoked key',
    http: 401,
    anonymous: true,
    prepare: revoke('key', (t) => t.keyId),
  },
  {
    stage: 'identify',
    code: 'suspended',
    why: 'a suspended agent',
    http: 403,
    prepare: revoke('agent', (t) => t.agentId),
  },
  {
    stage: 'identify',
    code: 'suspended',
    why: 'a suspended tenant',
    http: 403,
    prepare: revoke('tenant', (t) => t.id),
  },
  {
    stage: 'read',
    code: 'malformed',
    why: 'no JSON',
    http: 400,
    request: (t) => call(t, { body: '{"jsonrpc":' }),
  },
  {
    stage: 'read',
    code: 'malformed',
    why: 'bytes that are no UTF-8',
    http: 400,
    request: (t) => ({ ...call(t), body: Buffer.from([0x7b, 0xff, 0x7d]) }),
  },
  {
    stage: 'read',
    code: 'malformed',
    why: 'a depth bomb',
    http: 400,
    request: (t) => call(t, { body: '['.repeat(1_000_000) + ']'.repeat(1_000_000) }),
  },
  {
    stage: 'read',
    code: 'malformed',
    why: '__proto__',
    http: 400,
    request: (t) =>
      call(t, { body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"__proto__":{"a":1}}}' }),
  },
  {
    stage: 'read',
    code: 'malformed',
    why: 'wrong types',
    http: 400,
    request: (t) => call(t, { body: '{"jsonrpc":"2.0","id":{},"method":7}' }),
  },
  {
    stage: 'read',
    code: 'malformed',
    why: 'a missing envelope',
    http: 400,
    request: (t) => call(t, { body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' }),
  },
  {
    stage: 'read',
    code: 'too_large',
    why: 'a body of 5 MiB in chunks',
    http: 413,
    request: (t) => ({
      ...call(t),
      headers: { ...call(t).headers, 'transfer-encoding': 'chunked' },
      body: Buffer.alloc(5 * 1024 * 1024, 32),
    }),
  },
  {
    stage: 'read',
    code: 'header_mismatch',
    why: 'Mcp-Name that differs',
    http: 400,
    request: (t) => call(t, { headers: { 'mcp-name': 'up__other' } }),
  },
  {
    stage: 'read',
    code: 'unsupported_version',
    why: 'a version nobody speaks',
    http: 400,
    request: (t) => ({
      ...call(t, { headers: { 'mcp-protocol-version': '2099-01-01' } }),
      body: String(call(t).body).replace('2026-07-28', '2099-01-01'),
    }),
  },
  {
    stage: 'read',
    code: 'session_unknown',
    why: 'a session id of nobody',
    http: 404,
    request: (t) =>
      call(t, {
        headers: { 'mcp-protocol-version': '2025-11-25', 'mcp-session-id': 'x'.repeat(60) },
        body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      }),
  },
];
