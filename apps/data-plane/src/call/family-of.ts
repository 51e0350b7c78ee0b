import { listMethods } from './answer-list.ts';
import type { CallState } from './call.ts';
import { taskMethods } from './resolve-task.ts';
import { isToolSearch } from './search-tools.ts';
import type { Family } from './stages.ts';

const byMethod: ReadonlyMap<string, Family> = new Map<string, Family>([
  ['tools/call', 'call'],
  ...Object.keys(listMethods).map((method): [string, Family] => [method, 'list']),
  ['prompts/get', 'get'],
  ['resources/read', 'read'],
  ['completion/complete', 'complete'],
  ['resources/subscribe', 'subscribe'],
  ['resources/unsubscribe', 'subscribe'],
  ['subscriptions/listen', 'subscribe'],
  ...[...taskMethods].map((method): [string, Family] => [method, 'task']),
]);

/** Which stages a message passes after its head; what we do not know is answered by `discover`, which knows no more. */
export function familyOf(call: CallState): Family {
  if (call.isNotification) return 'discover';
  if (call.req.method === 'GET') return 'subscribe';
  const family = byMethod.get(call.method) ?? 'discover';
  return family === 'call' && isToolSearch(call) ? 'search' : family;
}
