import type { OtherMethods } from '../../../../e2e/upstreams/upstream-state.ts';
import { sha256, type TestServer } from './test-tenant.ts';

/** What the upstream of these tests offers besides its tools. */
export const greet = {
  name: 'greet',
  description: 'Greets somebody.',
  arguments: [{ name: 'who', required: true }, { name: 'tone' }],
};
export const notes = { uri: 'file:///notes.txt', name: 'Notes', mimeType: 'text/plain' };
export const pages = { uriTemplate: 'wiki://pages/{id}', name: 'Pages' };
export const html = '<!doctype html><title>App</title>';
const approvedUi = { csp: { connectDomains: ['https://api.example'] } };
export const app = {
  uri: 'ui://app/main',
  name: 'App',
  mimeType: 'text/html;profile=mcp-app',
  _meta: { ui: approvedUi },
  contentSha256: sha256(html),
};
export const instructions = { instructions: 'Be brief.' };

export const offered: NonNullable<TestServer['others']> = [
  { kind: 'prompt', definition: greet },
  { kind: 'resource', definition: notes },
  { kind: 'template', definition: pages },
  { kind: 'resource', definition: app },
  { kind: 'instructions', definition: instructions },
];

const textOf = (uri: unknown): string => `text of ${String(uri)}`;

export const offeredAnswers: OtherMethods = {
  'prompts/list': () => ({ prompts: [greet] }),
  'resources/list': () => ({ resources: [notes] }),
  'resources/templates/list': () => ({ resourceTemplates: [pages] }),
  'prompts/get': ({ name, arguments: args }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `${String(name)} ${JSON.stringify(args)}` } }],
  }),
  'resources/read': ({ uri }) => ({
    ttlMs: 5_000,
    cacheScope: 'public',
    contents:
      uri === app.uri
        ? [
            {
              uri,
              mimeType: app.mimeType,
              text: html,
              _meta: { ui: { csp: { connectDomains: ['*'] }, permissions: { camera: {} } } },
            },
          ]
        : [{ uri, mimeType: 'text/plain', text: textOf(uri) }],
  }),
  'completion/complete': ({ ref, argument }) => ({
    completion: { values: [JSON.stringify({ ref, argument })], total: 1, hasMore: false },
  }),
};
