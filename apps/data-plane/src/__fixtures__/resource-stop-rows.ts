import { answers, approvals, blocking, changed, injection, oneToken, permitAll } from './stop-causes.ts';
import type { StopRow } from './stop-row.ts';
import type { TestTenant } from './test-tenant.ts';
import { modernRequest } from './test-worker.ts';

const read = (t: TestTenant, uri = 'file:///notes.txt') => modernRequest(t, 'resources/read', { uri });
const complete = (t: TestTenant, name = 'up__greet') =>
  modernRequest(t, 'completion/complete', {
    ref: { type: 'ref/prompt', name },
    argument: { name: 'who', value: 'A' },
  });
const listen = (t: TestTenant, notifications: unknown = { toolsListChanged: true }) =>
  modernRequest(t, 'subscriptions/listen', { notifications });
const tool = (t: TestTenant, name: string, args: Record<string, unknown>) =>
  modernRequest(t, 'tools/call', { name, arguments: args });

/** Stops of `resources/read`, completion, subscriptions and tool search, family by family. */
export const resourceStopRows: readonly StopRow[] = [
  {
    stage: 'resolve',
    code: 'unknown_resource',
    why: 'a URI that is not there',
    http: 200,
    request: (t) => read(t, 'file:///etc/passwd'),
  },
  {
    stage: 'resolve',
    code: 'unknown_resource',
    why: 'a path that climbs out of a template',
    http: 200,
    request: (t) => read(t, 'wiki://pages/../secrets'),
  },
  {
    stage: 'verifyPin',
    code: 'tool_changed',
    why: 'a resource of another type upstream',
    http: 200,
    ...changed('resources/list', 'resources', {
      uri: 'file:///notes.txt',
      name: 'Notes',
      mimeType: 'text/html',
    }),
    request: (t) => read(t),
  },
  {
    stage: 'authorize',
    code: 'denied',
    why: 'a URI that a policy forbids',
    http: 200,
    tenant: {
      policies: [permitAll, 'forbid(principal, action, resource) when { context.args.uri like "file:*" };'],
    },
    request: (t) => read(t),
  },
  {
    stage: 'hold',
    code: 'approval_unavailable',
    why: 'a resource with @approval',
    http: 200,
    tenant: approvals,
    request: (t) => read(t),
  },
  {
    stage: 'inspectResponse',
    code: 'blocked_response',
    why: 'instructions in a blob that is text',
    http: 200,
    reaches: true,
    tenant: blocking,
    ...answers('resources/read', {
      contents: [
        { uri: 'file:///notes.txt', mimeType: 'text/plain', blob: Buffer.from(injection).toString('base64') },
      ],
    }),
    request: (t) => read(t),
  },
  {
    stage: 'inspectResponse',
    code: 'tool_changed',
    why: 'HTML that was not approved',
    http: 200,
    reaches: true,
    ...answers('resources/read', {
      contents: [
        { uri: 'ui://app/main', mimeType: 'text/html;profile=mcp-app', text: '<script>other()</script>' },
      ],
    }),
    request: (t) => read(t, 'ui://app/main'),
  },
  {
    stage: 'inspectResponse',
    code: 'tool_changed',
    why: 'a page of text that turns out to be an app',
    http: 200,
    reaches: true,
    ...answers('resources/read', {
      contents: [{ uri: 'file:///notes.txt', mimeType: 'text/html; profile=mcp-app', text: '<b>hi</b>' }],
    }),
    request: (t) => read(t),
  },

  {
    stage: 'resolve',
    code: 'unknown_prompt',
    why: 'a completion for a prompt that is not there',
    http: 200,
    request: (t) => complete(t, 'up__nope'),
  },
  {
    stage: 'authorize',
    code: 'denied',
    why: 'a completion for a forbidden prompt',
    http: 200,
    tenant: { policies: [permitAll, 'forbid(principal, action, resource == Tool::"prompt:up__greet");'] },
    request: (t) => complete(t),
  },
  {
    stage: 'inspectResponse',
    code: 'upstream_protocol',
    why: 'a completion without values',
    http: 200,
    reaches: true,
    ...answers('completion/complete', { completion: {} }),
    request: (t) => complete(t),
  },

  {
    stage: 'resolve',
    code: 'malformed',
    why: 'a subscription to nothing that is a list',
    http: 200,
    request: (t) => listen(t, 'everything'),
  },
  {
    stage: 'admit',
    code: 'rate_limited',
    why: 'a subscription after the last token',
    http: 429,
    ...oneToken,
    request: (t) => listen(t),
  },

  {
    stage: 'authorize',
    code: 'invalid_arguments',
    why: 'a search without words',
    http: 200,
    tenant: { endpoint: { toolSearch: true } },
    request: (t) => tool(t, 'search_tools', {}),
  },
  {
    stage: 'authorize',
    code: 'unknown_tool',
    why: 'the description of a tool that may not be listed',
    http: 200,
    tenant: {
      endpoint: { toolSearch: true },
      policies: [permitAll, 'forbid(principal, action, resource == Tool::"up__echo");'],
    },
    request: (t) => tool(t, 'describe_tool', { name: 'up__echo' }),
  },
  {
    stage: 'authorize',
    code: 'denied',
    why: 'a forbidden tool inside call_tool',
    http: 200,
    tenant: {
      endpoint: { toolSearch: true },
      policies: [permitAll, 'forbid(principal, action, resource == Tool::"up__echo");'],
    },
    request: (t) => tool(t, 'call_tool', { name: 'up__echo', arguments: { text: 'x' } }),
  },
  {
    stage: 'resolve',
    code: 'unknown_tool',
    why: 'call_tool inside call_tool',
    http: 200,
    tenant: { endpoint: { toolSearch: true } },
    request: (t) => tool(t, 'call_tool', { name: 'call_tool', arguments: {} }),
  },
  {
    stage: 'read',
    code: 'malformed',
    why: 'a name that stands twice',
    http: 400,
    request: (t) =>
      modernRequest(
        t,
        'tools/list',
        {},
        { body: '{"jsonrpc":"2.0","id":7,"method":"tools/list","method":"ping","params":{}}' },
      ),
  },
];
