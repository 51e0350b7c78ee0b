import { errorTable } from '@sallyport/kernel';
import { useQuery } from '@tanstack/react-query';
import { ApiError, type ApiErrorCode } from '../../lib/api-error.ts';
import { asObject, asText, type Json, objectsOf } from './json-value.ts';
import { refusalOf } from './run-state.ts';
import { type InspectorMethod, sendMessage, type Target } from './send-message.ts';

export const kinds = ['tool', 'prompt', 'resource', 'template'] as const;
export type Kind = (typeof kinds)[number];

/** Something the agent can use on the endpoint. */
export interface Capability {
  readonly kind: Kind;
  /** Tool or prompt name, URI, or template. */
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly definition: Json;
}

const lists = {
  tool: { method: 'tools/list', field: 'tools', name: 'name' },
  prompt: { method: 'prompts/list', field: 'prompts', name: 'name' },
  resource: { method: 'resources/list', field: 'resources', name: 'uri' },
  template: { method: 'resources/templates/list', field: 'resourceTemplates', name: 'uriTemplate' },
} as const satisfies Record<Kind, { method: InspectorMethod; field: string; name: string }>;

const maxPages = 20;
const methodNotFound = -32601;
let listId = 1_000_000;

/** What the agent is shown, asked for as the agent asks: through the gateway, policies included. */
export function useCapabilities(target: Target | null, kind: Kind) {
  return useQuery<readonly Capability[], ApiError>({
    queryKey: ['inspector', target?.endpointId, target?.agentId, kind],
    queryFn: ({ signal }) => (target === null ? [] : readAll(target, kind, signal)),
    enabled: target !== null,
    meta: { touches: ['server', 'policy', 'publication'] },
    staleTime: 10_000,
    retry: false,
  });
}

async function readAll(target: Target, kind: Kind, signal: AbortSignal): Promise<readonly Capability[]> {
  const found: Capability[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const result: Json | null = await readPage(target, kind, cursor, signal);
    if (result === null) break;
    found.push(...objectsOf(result[lists[kind].field]).flatMap((each) => toCapability(kind, each) ?? []));
    cursor = asText(result.nextCursor);
    if (cursor === null) break;
  }
  return found;
}

/** One page; nothing where the endpoint does not even know the method, because it has nothing of the kind. */
async function readPage(
  target: Target,
  kind: Kind,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Json | null> {
  listId += 1;
  const params: Json = cursor === null ? {} : { cursor };
  const { method } = lists[kind];
  const { reply } = await sendMessage({ ...target, id: listId, method, params }, { signal });
  if (reply === null) throw new ApiError('upstream_protocol', 'no reply');
  if (reply.kind === 'result') return reply.result;
  if (reply.error.code === methodNotFound) return null;
  const refusal = refusalOf(reply);
  const code = refusal?.code ?? '';
  const known: ApiErrorCode = code in errorTable ? (code as ApiErrorCode) : 'denied';
  throw new ApiError(known, refusal?.text ?? 'refused', asObject(reply.error.data) ?? {});
}

function toCapability(kind: Kind, definition: Json): Capability | null {
  const name = asText(definition[lists[kind].name]);
  if (name === null) return null;
  const hasOwnName = kind === 'resource' || kind === 'template';
  const title = asText(definition.title) ?? (hasOwnName ? asText(definition.name) : null);
  return { kind, name, title, description: asText(definition.description), definition };
}
