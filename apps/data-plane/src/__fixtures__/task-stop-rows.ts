import { createHandleSealer } from '@sallyport/vault';
import type { Call } from '../call/call.ts';
import { createTaskHandles } from '../call/task-handles.ts';
import { answers, blocking, injection, oneToken } from './stop-causes.ts';
import type { Prepare, StopRow } from './stop-row.ts';
import type { TestTenant } from './test-tenant.ts';
import { modernRequest, type RawRequest, type TestWorker } from './test-worker.ts';

const upstreamTaskId = 'task-1';
const ttlMs = 60_000;
/** Long ago, for a task that was forgotten. */
const longAgoMs = 48 * 3_600_000;
let taskId = '';

/** Gives the task of the tool to the tenant's key, as a call would have. */
const given =
  (more: { readonly ageMs?: number; readonly key?: string } = {}): Prepare =>
  (tenant, worker) => {
    taskId = sealed(tenant, worker, more);
  };

function sealed(
  tenant: TestTenant,
  { keys }: TestWorker,
  { ageMs = 0, key = tenant.keyId }: { readonly ageMs?: number; readonly key?: string },
): string {
  const { endpoints, tools } = tenant.snapshot();
  const sealer = createHandleSealer(keys.sessionHandleKey);
  const handles = createTaskHandles({ sealer, nowMs: () => Date.now() - ageMs });
  const call = {
    tenant: { id: tenant.id },
    endpoint: { id: endpoints[0]?.id },
    principal: { key: { id: key } },
    tool: { tool: { id: tools.find(({ kind }) => kind === 'tool')?.id } },
  };
  return handles.seal(call as unknown as Call<'resolved'>, upstreamTaskId, ttlMs);
}

const _meta = {
  'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
};
const ask = (tenant: TestTenant, method = 'tasks/get', more: object = {}): RawRequest =>
  modernRequest(tenant, method, { taskId, ...more, _meta });
const after = (first: Prepare, then: Prepare | undefined): Prepare => {
  return async (tenant, worker, upstream) => {
    await first(tenant, worker, upstream);
    await then?.(tenant, worker, upstream);
  };
};
const working = { taskId: upstreamTaskId, status: 'working', ttlMs };
const answersWith = (result: object): Prepare =>
  after(given(), answers('tasks/get', { ...working, ...result }).prepare);

/** Stops of `tasks/*`, in the order of the stages. */
export const taskStopRows: readonly StopRow[] = [
  {
    stage: 'resolve',
    code: 'malformed',
    why: 'a task id that is no text',
    http: 200,
    prepare: given(),
    request: (t) => modernRequest(t, 'tasks/get', { taskId: 5, _meta }, { headers: { 'mcp-name': '5' } }),
  },
  {
    stage: 'resolve',
    code: 'malformed',
    why: 'answers for a task that are no object',
    http: 200,
    prepare: given(),
    request: (t) => ask(t, 'tasks/update', { inputResponses: ['yes'] }),
  },
  {
    stage: 'resolve',
    code: 'capability_missing',
    why: 'a task for a client that does not know the extension',
    http: 400,
    prepare: given(),
    request: (t) => modernRequest(t, 'tasks/get', { taskId }),
  },
  {
    stage: 'resolve',
    code: 'unknown_method',
    why: 'a list of tasks',
    http: 404,
    request: (t) => modernRequest(t, 'tasks/list', { _meta }),
  },
  {
    stage: 'resolve',
    code: 'unknown_task',
    why: 'the name that the upstream has for it',
    http: 200,
    request: (t) => modernRequest(t, 'tasks/get', { taskId: upstreamTaskId, _meta }),
  },
  {
    stage: 'resolve',
    code: 'unknown_task',
    why: 'the task of another key',
    http: 200,
    prepare: given({ key: 'somebody' }),
    request: (t) => ask(t),
  },
  {
    stage: 'resolve',
    code: 'unknown_task',
    why: 'a task of the day before yesterday',
    http: 200,
    prepare: given({ ageMs: longAgoMs }),
    request: (t) => ask(t),
  },
  {
    stage: 'resolve',
    code: 'unknown_task',
    why: 'a task of a tool that was taken back',
    http: 200,
    prepare: after(given(), (tenant, { worker }) => {
      const tool = tenant.snapshot().tools.find(({ kind }) => kind === 'tool');
      worker.config.revoke(tenant.revoke('tool', String(tool?.id)).text);
    }),
    request: (t) => ask(t),
  },
  {
    stage: 'admit',
    code: 'rate_limited',
    why: 'a question about a task after the bucket of one',
    http: 429,
    ...oneToken,
    prepare: after(given(), oneToken.prepare),
    request: (t) => ask(t),
  },
  {
    stage: 'verifyPin',
    code: 'tool_changed',
    why: 'a task of a tool that does more now',
    http: 200,
    tenant: { settings: { pinMaxAgeMs: 0 } },
    prepare: after(given(), (_t, _w, upstream) => upstream.changeTool('echo', { description: 'More.' })),
    request: (t) => ask(t),
  },
  {
    stage: 'authorize',
    code: 'denied',
    why: 'a task of a tool that a policy hides',
    http: 200,
    tenant: { policies: [] },
    prepare: given(),
    request: (t) => ask(t),
  },
  {
    stage: 'inspectRequest',
    code: 'blocked_request',
    why: 'a key in what a task is answered',
    http: 200,
    tenant: { settings: { requestInspection: 'block' } },
    prepare: given(),
    request: (t) =>
      ask(t, 'tasks/update', {
        inputResponses: { a: { action: 'accept', content: { b: `AKIA${'Q7ZT4WXN2PLM9K3V'}` } } },
      }),
  },
  {
    stage: 'dispatch',
    code: 'upstream_unreachable',
    why: 'a question about a task over a connection that is cut',
    http: 200,
    reaches: true,
    prepare: after(given(), (_t, _w, upstream) =>
      upstream.behave({ kind: 'reset' }, { method: 'tasks/get' }),
    ),
    request: (t) => ask(t),
  },
  {
    stage: 'inspectResponse',
    code: 'upstream_protocol',
    why: "an answer about somebody else's task",
    http: 200,
    reaches: true,
    prepare: answersWith({ taskId: 'task-2' }),
    request: (t) => ask(t),
  },
  {
    stage: 'inspectResponse',
    code: 'upstream_protocol',
    why: 'a task that asks for what its client did not offer',
    http: 200,
    reaches: true,
    prepare: answersWith({ status: 'input_required', inputRequests: { a: { method: 'roots/list' } } }),
    request: (t) => ask(t),
  },
  {
    stage: 'inspectResponse',
    code: 'blocked_response',
    why: 'instructions in the result of a task',
    http: 200,
    reaches: true,
    tenant: blocking,
    prepare: answersWith({ status: 'completed', result: { content: [{ type: 'text', text: injection }] } }),
    request: (t) => ask(t),
  },
];
