import { answers, approvals, blocking, changed, injection, oneToken, permitAll } from './stop-causes.ts';
import type { StopRow } from './stop-row.ts';
import type { TestTenant } from './test-tenant.ts';
import { modernRequest } from './test-worker.ts';

const get = (t: TestTenant, args: Record<string, unknown> = { who: 'Ada' }) =>
  modernRequest(t, 'prompts/get', { name: 'up__greet', arguments: args });
const reset: Pick<StopRow, 'prepare' | 'reaches'> = {
  reaches: true,
  prepare: (_t, _w, upstream) => upstream.behave({ kind: 'reset' }, { method: 'prompts/get' }),
};

/** Stops of lists and of `prompts/get`, in the order of the stages. */
export const promptStopRows: readonly StopRow[] = [
  {
    stage: 'authorize',
    code: 'malformed',
    why: 'a list with a foreign cursor',
    http: 200,
    request: (t) => modernRequest(t, 'prompts/list', { cursor: 'bm9uZQ' }),
  },
  {
    stage: 'admit',
    code: 'rate_limited',
    why: 'a second list',
    http: 429,
    ...oneToken,
    request: (t) => modernRequest(t, 'resources/list'),
  },

  {
    stage: 'resolve',
    code: 'unknown_prompt',
    why: 'a prompt that is not there',
    http: 200,
    request: (t) => modernRequest(t, 'prompts/get', { name: 'up__nope' }),
  },
  {
    stage: 'resolve',
    code: 'unknown_prompt',
    why: 'the name of a tool',
    http: 200,
    request: (t) => modernRequest(t, 'prompts/get', { name: 'up__echo' }),
  },
  {
    stage: 'admit',
    code: 'rate_limited',
    why: 'a second prompt',
    http: 429,
    ...oneToken,
    request: (t) => get(t),
  },
  {
    stage: 'verifyPin',
    code: 'tool_changed',
    why: 'a prompt with other words upstream',
    http: 200,
    ...changed('prompts/list', 'prompts', { name: 'greet', description: 'Now does more.' }),
    request: (t) => get(t),
  },
  {
    stage: 'verifyPin',
    code: 'invalid_arguments',
    why: 'a prompt without a required argument',
    http: 200,
    request: (t) => get(t, { tone: 'warm' }),
  },
  {
    stage: 'verifyPin',
    code: 'invalid_arguments',
    why: 'a prompt with an argument it does not know',
    http: 200,
    request: (t) => get(t, { who: 'Ada', admin: 'yes' }),
  },
  {
    stage: 'verifyPin',
    code: 'invalid_arguments',
    why: 'a prompt with a number',
    http: 200,
    request: (t) => get(t, { who: 5 }),
  },
  {
    stage: 'authorize',
    code: 'denied',
    why: 'a forbidden prompt',
    http: 200,
    tenant: { policies: [permitAll, 'forbid(principal, action, resource == Tool::"prompt:up__greet");'] },
    request: (t) => get(t),
  },
  {
    stage: 'authorize',
    code: 'denied',
    why: 'a grant for a tool of the name of the prompt',
    http: 200,
    tenant: { policies: ['permit(principal, action, resource == Tool::"up__greet");'] },
    request: (t) => get(t),
  },
  {
    stage: 'inspectRequest',
    code: 'blocked_request',
    why: 'a key in the arguments of a prompt',
    http: 200,
    tenant: { settings: { requestInspection: 'block' } },
    request: (t) => get(t, { who: `AKIA${'Q7ZT4WXN2PLM9K3V'}` }),
  },
  {
    stage: 'hold',
    code: 'approval_unavailable',
    why: 'a prompt with @approval',
    http: 200,
    tenant: approvals,
    request: (t) => get(t),
  },
  {
    stage: 'dispatch',
    code: 'upstream_unreachable',
    why: 'a prompt over a connection that is cut',
    http: 200,
    ...reset,
    request: (t) => get(t),
  },
  {
    stage: 'inspectResponse',
    code: 'blocked_response',
    why: 'instructions in a message',
    http: 200,
    reaches: true,
    tenant: blocking,
    ...answers('prompts/get', { messages: [{ role: 'user', content: { type: 'text', text: injection } }] }),
    request: (t) => get(t),
  },
  {
    stage: 'inspectResponse',
    code: 'upstream_protocol',
    why: 'a prompt without messages',
    http: 200,
    reaches: true,
    ...answers('prompts/get', { text: 'hello' }),
    request: (t) => get(t),
  },
];
